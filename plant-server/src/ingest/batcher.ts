/**
 * Between the broker and the historian: gathers items and commits them together, at the latest 250 ms after the first.
 * An agent hears "stored" only after the commit; what a failing disk refuses is forgotten here and sent again by the agent.
 */
import type { Clock } from '@millwright/contract'
import type { ReadingItem, ReadingStore, StoredElsewhere } from '../stores/readings.ts'

export interface Batcher {
  add(item: ReadingItem): void
  /** An event that the records have committed: its sequence joins the historian's marks with the next batch. */
  addElsewhere(agent: string, sequence: number): void
  /** Commits what is waiting. */
  flush(): Promise<void>
  /** Rows waiting. */
  readonly waiting: number
  close(): Promise<void>
}

export interface BatcherDeps {
  readonly store: Pick<ReadingStore, 'append'>
  readonly clock: Clock
  readonly onStored: (items: readonly ReadingItem[], elsewhere: readonly StoredElsewhere[]) => void
  /** The store refused the batch. */
  readonly onFault: (error: unknown, items: number) => void
}

const MOST_WAIT_MS = 250
const ENOUGH_ROWS = 5000

export function createBatcher({ store, clock, onStored, onFault }: BatcherDeps): Batcher {
  let items: ReadingItem[] = []
  let elsewhere: StoredElsewhere[] = []
  let rows = 0
  let busy: Promise<void> | undefined

  async function commit(): Promise<void> {
    while (items.length > 0 || elsewhere.length > 0) {
      const batch = items
      const marks = elsewhere
      items = []
      elsewhere = []
      rows = 0
      try {
        await store.append(batch, marks)
        onStored(batch, marks)
      } catch (error) {
        onFault(error, batch.length)
      }
      // What came meanwhile waits for its turn, unless it is a full batch already.
      if (rows < ENOUGH_ROWS) return
    }
  }
  const flush = (): Promise<void> => {
    busy ??= commit().finally(() => {
      busy = undefined
    })
    return busy
  }
  const stop = clock.every(MOST_WAIT_MS, () => void flush())
  return {
    add(item) {
      items.push(item)
      rows += item.readings.length
      if (rows >= ENOUGH_ROWS) void flush()
    },
    addElsewhere: (agent, sequence) => void elsewhere.push({ agent, sequence }),
    flush,
    get waiting() {
      return rows
    },
    async close() {
      stop()
      await flush()
      await flush()
    },
  }
}
