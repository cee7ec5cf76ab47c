/**
 * Values of items as samples of tags, in the order in which they came. It remembers the last of each, for what stands still
 * through a cut.
 */
import type { Clock } from '@millwright/contract'
import { type ClientSession, type DataValue, promoteOpaqueStructure } from 'node-opcua'
import type { Sample } from '../source.ts'
import type { Subscribed } from './publishing.ts'
import { hasOpaque, toSample, type ValueForm } from './to-sample.ts'

export interface Item {
  readonly clientHandle: number
  readonly value: DataValue
}

export interface CollectorDeps {
  /** By handle. */
  readonly forms: readonly ValueForm[]
  readonly clock: Clock
  readonly onSamples: (samples: readonly Sample[]) => void
  /** The node is no longer there. */
  readonly onGone: (handle: number) => void
}

export interface Collector {
  /** A new connection; items of subscriptions that were kept bring what was sampled before it. */
  begin(session: ClientSession, kept: readonly Subscribed[]): void
  take(subscription: Subscribed, items: readonly Item[]): void
  /** All that the server had for the subscription is here: what has brought nothing for a while holds still. */
  caughtUp(subscription: Subscribed): void
  /** Values of these items were lost in the server: the next one says so. */
  missed(subscription: Subscribed): void
}

/** After so long what has brought nothing is said to hold still, ms. */
const SETTLE_MS = 1000
/** BadNodeIdInvalid, BadNodeIdUnknown: servers say either of a node that was deleted. */
const NODE_GONE: ReadonlySet<number> = new Set([0x8033_0000, 0x8034_0000])

export function createCollector({ forms, clock, onSamples, onGone }: CollectorDeps): Collector {
  const last: (Sample | undefined)[] = []
  const lost = new Set<number>()
  let session: ClientSession | undefined
  /** Kept subscriptions that have not caught up, with the items that have brought nothing yet. */
  let behind = new Map<Subscribed, Set<number>>()
  let resumedAt = 0
  /** Values behind a structure whose type is still asked for. */
  let chain: Promise<void> | undefined

  const collect = (subscription: Subscribed, items: readonly Item[]) => {
    const silent = behind.get(subscription)
    const samples: Sample[] = []
    for (const { clientHandle, value } of items) {
      const form = forms[clientHandle]
      if (form === undefined) continue
      if (NODE_GONE.has(value.statusCode.value)) onGone(clientHandle)
      const sample = toSample(form, value)
      // Some servers say the newest value once more to a session that comes back.
      if (silent !== undefined && isRepeated(last[clientHandle], sample)) continue
      last[clientHandle] = sample
      silent?.delete(clientHandle)
      const kept = silent !== undefined && sample.t !== undefined && sample.t < resumedAt
      const gap = lost.size > 0 && lost.delete(clientHandle)
      samples.push(kept || gap ? { ...sample, ...(kept ? { kept } : {}), ...(gap ? { lost: true } : {}) } : sample)
    }
    if (samples.length > 0) onSamples(samples)
  }

  const inOrder = (work: () => void | Promise<void>) => {
    const mine: Promise<void> = (chain ?? Promise.resolve())
      .then(work)
      .catch(() => {})
      .finally(() => {
        if (chain === mine) chain = undefined
      })
    chain = mine
  }

  return {
    begin(given, kept) {
      session = given
      resumedAt = clock.now()
      behind = new Map(kept.map(subscription => [subscription, new Set(subscription.items)]))
    },
    take(subscription, items) {
      const opaque = items.some(({ value }) => hasOpaque(value))
      if (chain === undefined && !opaque) return collect(subscription, items)
      const from = session
      inOrder(async () => {
        if (opaque && from)
          await promoteOpaqueStructure(
            from,
            items.map(({ value }) => value),
          )
        collect(subscription, items)
      })
    },
    caughtUp(subscription) {
      // What changes often speaks for itself in the meantime.
      if (!behind.has(subscription) || clock.now() - resumedAt < SETTLE_MS) return
      const say = () => {
        const silent = behind.get(subscription)
        behind.delete(subscription)
        const standing = [...(silent ?? [])].flatMap(handle => last[handle] ?? [])
        if (standing.length > 0) onSamples(standing.map(sample => ({ ...sample, t: undefined })))
      }
      if (chain === undefined) say()
      else inOrder(say)
    },
    missed(subscription) {
      for (const handle of subscription.items) lost.add(handle)
    },
  }
}

const isRepeated = (before: Sample | undefined, { t, value, quality }: Sample): boolean =>
  before !== undefined && t !== undefined && before.t === t && before.value === value && before.quality === quality
