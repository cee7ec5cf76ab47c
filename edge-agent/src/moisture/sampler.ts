/**
 * Turns readings that come at their own pace into equally sampled columns, newest row last. A tag that reports by exception
 * keeps its value until a reading says otherwise: a lost source is told by a bad reading of each of its tags.
 */
import type { Reading } from '@millwright/contract'
import type { SampleTable } from './table.ts'

export interface Sampler {
  take(reading: Reading): void
  /** Closes the rows up to `now`: each row holds a tag's mean over its interval, NaN where no good value came. */
  advance(now: number): void
  table(): SampleTable
  /** Time of the newest closed row's end, ms; undefined before the first. */
  newestRowAt(): number | undefined
}

export interface SamplerOptions {
  readonly tags: readonly string[]
  readonly intervalMs: number
  /** Rows kept. */
  readonly depth: number
}

interface Held {
  sum: number
  count: number
  last: number
  lastAt: number
}

export function createSampler({ tags, intervalMs, depth }: SamplerOptions): Sampler {
  const held = new Map<string, Held>(
    tags.map(tag => [tag, { sum: 0, count: 0, last: Number.NaN, lastAt: Number.NEGATIVE_INFINITY }]),
  )
  const columns = new Map<string, number[]>(tags.map(tag => [tag, []]))
  let end: number | undefined

  const closeRow = () => {
    for (const [tag, entry] of held) {
      const column = columns.get(tag)!
      column.push(entry.count > 0 ? entry.sum / entry.count : entry.last)
      if (column.length > depth) column.shift()
      entry.sum = 0
      entry.count = 0
    }
  }

  return {
    take({ tag, t, value, quality }) {
      const entry = held.get(tag)
      if (entry === undefined || t < entry.lastAt) return
      const number = typeof value === 'boolean' ? Number(value) : value
      entry.lastAt = t
      // Uncertain is not good enough to learn or forecast from: a meter without material holds an old value.
      if (quality !== 'good' || typeof number !== 'number') {
        entry.last = Number.NaN
        entry.sum = 0
        entry.count = 0
        return
      }
      entry.last = number
      entry.sum += number
      entry.count += 1
    },
    advance(now) {
      end ??= Math.floor(now / intervalMs) * intervalMs
      // A pause longer than the memory (sleep of the machine) leaves nothing worth keeping.
      if (now - end > depth * intervalMs) end = Math.floor(now / intervalMs) * intervalMs - depth * intervalMs
      while (end + intervalMs <= now) {
        end += intervalMs
        closeRow()
      }
    },
    table() {
      const arrays = Object.fromEntries([...columns].map(([tag, values]) => [tag, Float64Array.from(values)]))
      return { rows: columns.values().next().value?.length ?? 0, columns: arrays }
    },
    newestRowAt: () => ((columns.values().next().value?.length ?? 0) > 0 ? end : undefined),
  }
}
