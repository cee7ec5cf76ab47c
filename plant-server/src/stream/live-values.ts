/** The newest value of each tag, and whether its source is silent. */
import type { LiveValue, Reading } from '@millwright/contract'

export interface LiveValues {
  /** Takes readings in; older ones than what is known are passed over. What changed. */
  update(readings: readonly Reading[]): LiveValue[]
  /** Marks tags whose agent or device fell silent. What changed. */
  markStale(tags: Iterable<string>): LiveValue[]
  /** After a restart: what the historian knows, stale until the agent speaks. */
  seed(values: Iterable<LiveValue>): void
  get(tag: string): LiveValue | undefined
  all(): LiveValue[]
}

export function createLiveValues(): LiveValues {
  const values = new Map<string, LiveValue>()
  return {
    update(readings) {
      const changed = new Map<string, LiveValue>()
      for (const { tag, t, value, quality } of readings) {
        const known = values.get(tag)
        if (known !== undefined && known.t > t) continue
        const next = { tag, t, value, quality, stale: false }
        values.set(tag, next)
        changed.set(tag, next)
      }
      return [...changed.values()]
    },
    markStale(tags) {
      const changed: LiveValue[] = []
      for (const tag of tags) {
        const known = values.get(tag)
        if (known === undefined || known.stale) continue
        const next = { ...known, stale: true }
        values.set(tag, next)
        changed.push(next)
      }
      return changed
    },
    seed(known) {
      for (const value of known) if (!values.has(value.tag)) values.set(value.tag, { ...value, stale: true })
    },
    get: tag => values.get(tag),
    all: () => [...values.values()].sort((a, b) => (a.tag < b.tag ? -1 : 1)),
  }
}
