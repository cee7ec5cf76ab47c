/** What could not be used: counted, the newest thousand kept for whoever looks for the cause. */
import type { Clock, ProblemCode } from '@millwright/contract'
import type { Metrics } from '../metrics/metrics.ts'
import type { DeadLetterRecords } from '../stores/dead-letters.ts'

export interface DeadLetters {
  add(topic: string, code: ProblemCode, detail: string): void
  /** Since the start. */
  readonly count: number
}

/** A flood of bad messages must not become a flood of writes. */
const MOST_A_SECOND = 20

export function createDeadLetters(deps: {
  records: DeadLetterRecords
  clock: Clock
  metrics: Pick<Metrics, 'deadLetter'>
}): DeadLetters {
  let count = 0
  let second = 0
  let kept = 0
  return {
    add(topic, code, detail) {
      count += 1
      deps.metrics.deadLetter(code)
      const now = Math.floor(deps.clock.now() / 1000)
      if (now !== second) {
        second = now
        kept = 0
      }
      kept += 1
      if (kept > MOST_A_SECOND) return
      // The count is what matters; a full disk must not turn a bad message into a fault of ours.
      void deps.records
        .add({ t: deps.clock.now(), topic: topic.slice(0, 300), code, detail: detail.slice(0, 500) })
        .catch(() => undefined)
    },
    get count() {
      return count
    },
  }
}
