/** What the agent says of itself, as readings like any other, every few seconds. */
import { AGENT_TAGS, type Clock } from '@millwright/contract'
import type { OutboxStats } from '../outbox/outbox.ts'
import type { Sample } from '../sources/source.ts'

export interface HealthDeps {
  readonly stats: () => OutboxStats
  readonly gaps: () => number
  /** Of the process: CPU seconds used, MB resident. */
  readonly usage: () => { readonly cpuSeconds: number; readonly memoryMb: number }
  readonly clock: Clock
  readonly samples: (samples: readonly Sample[]) => void
}

const EVERY_MS = 5000

/** Starts; returns the function that stops it. */
export function startHealth({ stats, gaps, usage, clock, samples }: HealthDeps): () => void {
  const say = () => {
    const { pending, dropped } = stats()
    const { cpuSeconds, memoryMb } = usage()
    const values = { outboxPending: pending, outboxDropped: dropped, gaps: gaps(), cpuSeconds, memoryMb }
    const t = clock.now()
    samples(
      (Object.keys(AGENT_TAGS) as (keyof typeof AGENT_TAGS)[]).map(key => ({
        name: AGENT_TAGS[key],
        value: values[key],
        quality: 'good',
        t,
      })),
    )
  }
  say()
  return clock.every(EVERY_MS, say)
}
