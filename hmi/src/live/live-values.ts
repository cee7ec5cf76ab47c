/** The newest value of each tag on screen: an external store fed by the stream, filled first by HTTP. */
import type { Clock, LiveValue } from '@millwright/contract'
import type { StreamClient } from './stream-client.ts'

export interface LiveValues {
  get(tag: string): LiveValue | undefined
  /** Called when one of the tags changes; keeps them subscribed until the returned function is called. */
  watch(tags: readonly string[], listener: () => void): () => void
  /** Every value that arrives for the tag, in order, for trends that follow live. */
  follow(tags: readonly string[], listener: (value: LiveValue) => void): () => void
}

export interface LiveValuesDeps {
  readonly clock: Pick<Clock, 'sleep'>
  readonly stream: Pick<StreamClient, 'subscribe' | 'onMessage' | 'onResync'>
  fetchValues(tags: readonly string[]): Promise<readonly LiveValue[]>
}

/** Values come ten times a second; eyes and a slow panel PC are served by four pictures a second. */
const PICTURE_MS = 250

export function createLiveValues({ stream, fetchValues, clock }: LiveValuesDeps): LiveValues {
  const values = new Map<string, LiveValue>()
  const watchers = new Map<string, Set<() => void>>()
  const followers = new Map<string, Set<(value: LiveValue) => void>>()
  let wanted = new Set<string>()

  let waiting = new Set<() => void>()
  const tellSoon = () => {
    void clock.sleep(PICTURE_MS).then(() => {
      const told = waiting
      waiting = new Set()
      for (const listener of told) listener()
    })
  }

  const take = (incoming: readonly LiveValue[]) => {
    const idle = waiting.size === 0
    for (const value of incoming) {
      const known = values.get(value.tag)
      if (known !== undefined && known.t > value.t) continue
      values.set(value.tag, value)
      for (const listener of watchers.get(value.tag) ?? []) waiting.add(listener)
      if (known === undefined || known.t < value.t)
        for (const listener of followers.get(value.tag) ?? []) listener(value)
    }
    if (idle && waiting.size > 0) tellSoon()
  }

  /** One request for all tags that were asked for in the same turn. */
  const load = (tags: Iterable<string>) => {
    const first = wanted.size === 0
    for (const tag of tags) wanted.add(tag)
    if (!first || wanted.size === 0) return
    queueMicrotask(() => {
      const asked = [...wanted]
      wanted = new Set()
      // A failure leaves the values absent, which shows as "no value"; the next resync asks again.
      fetchValues(asked).then(take, () => {})
    })
  }

  const join = <L>(map: Map<string, Set<L>>, tags: readonly string[], listener: L) => {
    for (const tag of tags) {
      const set = map.get(tag) ?? new Set()
      map.set(tag, set.add(listener))
    }
    const leave = stream.subscribe(tags)
    load(tags.filter(tag => !values.has(tag)))
    return () => {
      leave()
      for (const tag of tags) {
        const set = map.get(tag)
        set?.delete(listener)
        if (set?.size === 0) map.delete(tag)
      }
      // What nobody watches grows old unseen: forget it.
      for (const tag of tags) if (!watchers.has(tag) && !followers.has(tag)) values.delete(tag)
    }
  }

  stream.onMessage(message => {
    if (message.type === 'values') take(message.values)
  })
  stream.onResync(() => load(new Set([...watchers.keys(), ...followers.keys()])))

  return {
    get: tag => values.get(tag),
    watch: (tags, listener) => join(watchers, tags, listener),
    follow: (tags, listener) => join(followers, tags, listener),
  }
}
