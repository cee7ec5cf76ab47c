/**
 * Events of all agents, in the order they came, into the records: many in one transaction, each once by (agent, sequence),
 * confirmed after the commit. An inspection waits until its image is stored.
 */
import { EventItem, type ProblemCode, parser } from '@millwright/contract'
import { createEventMarks } from '../stores/event-marks.ts'
import type { ImageStore } from '../stores/images.ts'
import type { RecordsDb } from '../stores/records.ts'
import { type AssignLot, type EventOutcome, type Push, storeEvent } from './store-event.ts'

export interface EventQueue {
  /** `text` is what the agent sent. */
  add(agent: string, topic: string, text: string): void
  /** An image has been stored: inspections that waited for it go on. */
  imageStored(sha256: string): void
  /** Resolves when all that was added is dealt with. */
  idle(): Promise<void>
}

export interface EventQueueDeps {
  readonly db: RecordsDb
  readonly images: Pick<ImageStore, 'has'>
  readonly assignLot: AssignLot
  /** Is this sequence in the historian's marks? */
  readonly isMarked: (agent: string, sequence: number) => boolean
  /** Committed, or stored before. */
  readonly onStored: (agent: string, item: EventItem, repeated: boolean) => void
  readonly onRejected: (agent: string, sequence: number, code: ProblemCode, detail: string) => void
  readonly onDeadLetter: (topic: string, code: ProblemCode, detail: string) => void
  readonly onFault: (error: unknown) => void
  readonly push: (message: Push) => void
}

interface Entry {
  readonly agent: string
  readonly topic: string
  readonly item: EventItem
  /** Of an inspection; given before the transaction, which has the records' only connection. */
  readonly lot?: string
}

/** Events in one transaction. */
const BATCH = 200
/** Inspections that wait for an image; more are left to the agent, which sends again what was not confirmed. */
const MOST_WAITING = 10_000

const eventItem = parser(EventItem)

export function createEventQueue(deps: EventQueueDeps): EventQueue {
  const queue: Entry[] = []
  const waitingForImage = new Map<string, Entry[]>()
  let waiting = 0
  let working: Promise<void> | undefined

  function parse(agent: string, topic: string, text: string): Entry | undefined {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      deps.onDeadLetter(topic, 'MW-2006', error instanceof Error ? error.message : String(error))
      return undefined
    }
    const item = eventItem.parse(value)
    if (item.ok) return { agent, topic, item: item.value }
    const detail = item.fault.map(fault => `${fault.place} ${fault.values?.detail}`).join('; ')
    deps.onDeadLetter(topic, 'MW-2006', detail)
    const sequence = sequenceOf(value)
    if (sequence !== undefined) deps.onRejected(agent, sequence, 'MW-2006', detail)
    return undefined
  }

  /** Gives inspections their lot; puts aside those that wait for their image. */
  async function ready(entries: readonly Entry[]): Promise<Entry[]> {
    const go: Entry[] = []
    for (const entry of entries) {
      const { item } = entry
      if (item.kind !== 'inspection') {
        go.push(entry)
      } else if (await deps.images.has(item.body.sha256)) {
        go.push({ ...entry, lot: await deps.assignLot(item.body.station, item.body.t) })
      } else if (waiting < MOST_WAITING) {
        const list = waitingForImage.get(item.body.sha256) ?? []
        waitingForImage.set(item.body.sha256, [...list, entry])
        waiting += 1
      }
    }
    return go
  }

  type Done = { entry: Entry; outcome: EventOutcome | 'repeated' }
  const commit = (entries: readonly Entry[]): Promise<Done[]> =>
    deps.db.transaction().execute(async trx => {
      const marks = createEventMarks(trx)
      const done: Done[] = []
      for (const entry of entries) {
        const { agent, item } = entry
        if (deps.isMarked(agent, item.seq) || (await marks.has(agent, item.seq))) {
          done.push({ entry, outcome: 'repeated' })
          continue
        }
        const outcome = await storeEvent(trx, agent, item, entry.lot ?? '')
        if (outcome.ok) await marks.add(agent, item.seq)
        done.push({ entry, outcome })
      }
      return done
    })

  function announce({ entry: { agent, topic, item }, outcome }: Done): void {
    if (outcome === 'repeated') deps.onStored(agent, item, true)
    else if (outcome.ok) {
      deps.onStored(agent, item, false)
      if (outcome.push !== undefined) deps.push(outcome.push)
    } else {
      deps.onDeadLetter(topic, 'MW-2006', outcome.why)
      deps.onRejected(agent, item.seq, 'MW-2006', outcome.why)
    }
  }

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const taken = queue.splice(0, BATCH)
      const entries = await ready(taken).catch(error => {
        deps.onFault(error)
        return taken.filter(entry => entry.item.kind !== 'inspection')
      })
      try {
        for (const done of await commit(entries)) announce(done)
      } catch {
        // One of them is at fault: each alone, so that the others go on. It stays unconfirmed and comes again.
        for (const entry of entries) {
          try {
            for (const done of await commit([entry])) announce(done)
          } catch (error) {
            deps.onFault(error)
          }
        }
      }
    }
  }
  const start = () => {
    working ??= work().finally(() => {
      working = undefined
      if (queue.length > 0) start()
    })
  }

  return {
    add(agent, topic, text) {
      const entry = parse(agent, topic, text)
      if (entry === undefined) return
      queue.push(entry)
      start()
    },
    imageStored(sha256) {
      const entries = waitingForImage.get(sha256)
      if (entries === undefined) return
      waitingForImage.delete(sha256)
      waiting -= entries.length
      queue.push(...entries)
      start()
    },
    async idle() {
      while (working !== undefined) await working
    },
  }
}

function sequenceOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('seq' in value)) return undefined
  return Number.isSafeInteger(value.seq) && Number(value.seq) >= 0 ? Number(value.seq) : undefined
}
