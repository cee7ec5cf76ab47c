/** Tells agents what they may forget; gathers a moment's worth so that a batch is one message per agent. */
import type { Clock, Confirmation } from '@millwright/contract'
import { mergeRanges } from '../domain/ranges.ts'

export interface Confirmations {
  stored(agent: string, sequence: number): void
  rejected(agent: string, sequence: number, code: string, message: string): void
  flush(): void
  close(): void
}

const GATHER_MS = 50

export function createConfirmations(deps: {
  clock: Clock
  /** Publishes; a lost confirmation is harmless: the agent sends again and hears again. */
  send: (agent: string, confirmation: Confirmation) => void
}): Confirmations {
  const waiting = new Map<string, { stored: number[]; rejected: Confirmation['rejected'] }>()
  const of = (agent: string) => {
    const entry = waiting.get(agent) ?? { stored: [], rejected: [] }
    waiting.set(agent, entry)
    return entry
  }
  const flush = () => {
    for (const [agent, { stored, rejected }] of waiting) {
      const ranges = mergeRanges(stored.map(sequence => [sequence, sequence] as const))
      deps.send(agent, { stored: ranges.map(([first, last]) => [first, last]), rejected })
    }
    waiting.clear()
  }
  const stop = deps.clock.every(GATHER_MS, flush)
  return {
    stored: (agent, sequence) => void of(agent).stored.push(sequence),
    rejected: (agent, seq, code, message) => void of(agent).rejected.push({ seq, code, message }),
    flush,
    close() {
      stop()
      flush()
    },
  }
}
