/** The newest value of each tag on screen: an external store fed by the stream, filled first by HTTP. */
import type { LiveValue } from '@millwright/contract'
import type { StreamClient } from './stream-client.ts'

export interface LiveValues {
  get(tag: string): LiveValue | undefined
  /** Called when one of the tags changes; keeps them subscribed until the returned function is called. */
  watch(tags: readonly string[], listener: () => void): () => void
  /** Every value that arrives for the tag, in order, for trends that follow live. */
  follow(tags: readonly string[], listener: (value: LiveValue) => void): () => void
}

export interface LiveValuesDeps {
  /** Runs its argument with the next picture that the page can draw. */
  readonly picture: (draw: () => void) => void
  readonly stream: Pick<StreamClient, 'subscribe' | 'onMessage' | 'onResync' | 'seen'>
  fetchValues(tags: readonly string[]): Promise<readonly LiveValue[]>
}

export function createLiveValues({ stream, fetchValues, picture }: LiveValuesDeps): LiveValues {
  const values = new Map<string, LiveValue>()
  const watchers = new Map<string, Set<() => void>>()
  const followers = new Map<string, Set<(value: LiveValue) => void>>()
  let wanted = new Set<string>()

  let waiting = new Set<() => void>()
  let drawing = false
  /** Tells everybody once with the next picture, then the server, which sends no faster than pictures are drawn. */
  const tellSoon = () => {
    if (drawing) return
    drawing = true
    picture(() => {
      drawing = false
      const told = waiting
      waiting = new Set()
      for (const listener of told) listener()
      stream.seen()
    })
  }

  const take = (incoming: readonly LiveValue[]) => {
    for (const value of incoming) {
      const known = values.get(value.tag)
      if (known !== undefined && known.t > value.t) continue
      values.set(value.tag, value)
      for (const listener of watchers.get(value.tag) ?? []) waiting.add(listener)
      if (known === undefined || known.t < value.t)
        for (const listener of followers.get(value.tag) ?? []) listener(value)
    }
    tellSoon()
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
