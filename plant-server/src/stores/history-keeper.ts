/** Retention once an hour. A run that fails is said and made up for by the next. */
import type { Clock } from '@millwright/contract'
import type { ReadingStore, Retained, Retention } from './readings.ts'

export interface HistoryKeeperDeps {
  readonly readings: Pick<ReadingStore, 'retain' | 'checkpoint'>
  readonly keep: (tag: string) => Retention
  readonly clock: Clock
  readonly onRetained: (rows: Retained) => void
  readonly onFault: (error: unknown) => void
}

const HOUR = 3_600_000

/** Until the returned function is called. */
export function keepHistory({ readings, keep, clock, onRetained, onFault }: HistoryKeeperDeps): () => void {
  let busy = false
  return clock.every(HOUR, async () => {
    if (busy) return
    busy = true
    try {
      const gone = await readings.retain(keep, clock.now())
      if (Object.values(gone).some(rows => rows > 0)) {
        // The space of what went is free after a checkpoint only.
        await readings.checkpoint()
        onRetained(gone)
      }
    } catch (error) {
      onFault(error)
    } finally {
      busy = false
    }
  })
}
