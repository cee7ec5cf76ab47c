/** One event into the records: what it changes, and what browsers are told once that is committed. Runs in a transaction. */
import type { EventItem, ServerMessage } from '@millwright/contract'
import { createAlarmRecords } from '../stores/alarms.ts'
import { createCommandRecords } from '../stores/commands.ts'
import { createInspectionRecords } from '../stores/inspections.ts'
import { createLoopRecords } from '../stores/loops.ts'
import type { RecordsDb } from '../stores/records.ts'

type WithoutSeq<T> = T extends { seq: number } ? Omit<T, 'seq'> : never
export type Push = WithoutSeq<ServerMessage>

export type EventOutcome = { readonly ok: true; readonly push?: Push } | { readonly ok: false; readonly why: string }

/** The lot that a capture belongs to: the order running at the station then, else the day's. */
export type AssignLot = (station: string, t: number) => Promise<string>

const foreign = (what: string): EventOutcome => ({ ok: false, why: `${what} belongs to another agent` })

export async function storeEvent(
  db: RecordsDb,
  agent: string,
  item: EventItem,
  /** Of an inspection. */
  lot: string,
): Promise<EventOutcome> {
  switch (item.kind) {
    case 'alarm': {
      const alarm = await createAlarmRecords(db).apply(agent, item.body, item.seq)
      return alarm === undefined ? foreign(item.body.alarm) : { ok: true, push: { type: 'alarm', alarm } }
    }
    case 'loop': {
      const loop = { ...item.body, agent }
      const saved = await createLoopRecords(db).save(agent, loop, item.seq)
      if (saved === 'foreign') return foreign(loop.loop)
      return saved === 'old' ? { ok: true } : { ok: true, push: { type: 'loop', loop } }
    }
    case 'forecast':
      return (await createLoopRecords(db).saveForecast(item.body))
        ? { ok: true, push: { type: 'forecast', forecast: item.body } }
        : { ok: true }
    case 'proposal':
      return {
        ok: true,
        push: { type: 'proposal', proposal: await createLoopRecords(db).applyProposal(item.body, item.seq) },
      }
    case 'command_result':
      await createCommandRecords(db).finish(agent, item.body)
      return { ok: true, push: { type: 'command_result', result: item.body } }
    case 'inspection': {
      const inspection = { ...item.body, agent, lot }
      return (await createInspectionRecords(db).add(agent, lot, item.body))
        ? { ok: true, push: { type: 'inspection', inspection } }
        : { ok: true }
    }
  }
}
