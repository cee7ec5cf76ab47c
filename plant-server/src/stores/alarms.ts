/** Alarms as they stand, and the journal of their transitions (ISA-18.2). */
import {
  type Alarm,
  type AlarmEvent,
  type AlarmJournalEntry,
  type AlarmState,
  nextAlarmState,
} from '@millwright/contract'
import type { Selectable } from 'kysely'
import type { RecordsDb } from './records.ts'
import type { AlarmJournalTable } from './tables/plant.ts'

export interface AlarmRecords {
  get(alarm: string): Promise<Alarm | undefined>
  /**
   * Takes an agent's word in: the alarm as it stands now, or undefined where it belongs to another agent. After an outage
   * older events (by sequence) come after newer ones: those go into the journal only.
   */
  apply(agent: string, event: AlarmEvent, seq: number): Promise<Alarm | undefined>
  /** Who is about to acknowledge: named in the journal when the source reports it. */
  noteAcknowledger(alarm: string, person: string): Promise<void>
  /** Not normal, or set aside (shelved): what somebody must still know of. */
  standing(): Promise<Alarm[]>
  journal(limit: number, before?: number): Promise<AlarmJournalEntry[]>
  /** Transitions of a span (inclusive, ms), newest first. */
  journalBetween(from: number, to: number): Promise<AlarmJournalEntry[]>
}

export function createAlarmRecords(db: RecordsDb): AlarmRecords {
  const findRow = async (alarm: string) => {
    const row = await db.selectFrom('alarm').select(['body', 'seq']).where('alarm', '=', alarm).executeTakeFirst()
    return row === undefined ? undefined : { alarm: JSON.parse(row.body) as Alarm, seq: row.seq }
  }
  const save = async (alarm: Alarm, seq: number) => {
    const row = {
      alarm: alarm.alarm,
      agent: alarm.agent,
      state: alarm.state,
      body: JSON.stringify(alarm),
      changed_at: alarm.changedAt,
      seq,
    }
    await db
      .insertInto('alarm')
      .values(row)
      .onConflict(conflict => conflict.column('alarm').doUpdateSet(row))
      .execute()
  }
  const write = async (event: AlarmEvent, from: AlarmState, to: AlarmState, by: string | undefined) => {
    if (from === to) return
    const acknowledges = (to === 'acked' || to === 'normal') && (from === 'unack' || from === 'rtn_unack')
    await db
      .insertInto('alarm_journal')
      .values({
        alarm: event.alarm,
        t: event.t,
        from_state: from,
        to_state: to,
        by: acknowledges ? (by ?? null) : null,
        message: JSON.stringify(event.message),
      })
      .execute()
  }
  /** State at a time, by the journal. */
  const stateBefore = async (alarm: string, t: number): Promise<AlarmState> => {
    const row = await db
      .selectFrom('alarm_journal')
      .select('to_state')
      .where('alarm', '=', alarm)
      .where('t', '<=', t)
      .orderBy('t', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    return (row?.to_state ?? 'normal') as AlarmState
  }
  return {
    get: async alarm => (await findRow(alarm))?.alarm,
    async apply(agent, event, seq) {
      const row = await findRow(event.alarm)
      const known = row?.alarm
      if (known !== undefined && known.agent !== agent) return undefined
      const to = nextAlarmState(event.active, event.acknowledged)
      if (row !== undefined && known !== undefined && seq < row.seq) {
        await write(event, await stateBefore(event.alarm, event.t), to, undefined)
        return known
      }
      const from: AlarmState = known?.state ?? 'normal'
      const rises = to === 'unack' && from !== 'unack'
      const { active: _active, acknowledged, t, ...said } = event
      const next: Alarm = {
        ...said,
        agent,
        state: to,
        raisedAt: rises || known === undefined ? t : known.raisedAt,
        changedAt: from === to && known !== undefined ? known.changedAt : t,
        ...(acknowledged && known?.acknowledgedBy !== undefined ? { acknowledgedBy: known.acknowledgedBy } : {}),
      }
      await save(next, seq)
      await write(event, from, to, known?.acknowledgedBy)
      return next
    },
    async noteAcknowledger(alarm, person) {
      const row = await findRow(alarm)
      if (row !== undefined) await save({ ...row.alarm, acknowledgedBy: person }, row.seq)
    },
    async standing() {
      const rows = await db
        .selectFrom('alarm')
        .select('body')
        .where(on => on.or([on('state', '<>', 'normal'), on('body', 'like', '%"shelved":true%')]))
        .orderBy('changed_at', 'desc')
        .execute()
      return rows.map(row => JSON.parse(row.body) as Alarm)
    },
    async journal(limit, before) {
      let query = db.selectFrom('alarm_journal').selectAll().orderBy('id', 'desc').limit(limit)
      if (before !== undefined) query = query.where('id', '<', before)
      return (await query.execute()).map(entryOf)
    },
    async journalBetween(from, to) {
      const rows = await db
        .selectFrom('alarm_journal')
        .selectAll()
        .where('t', '>=', from)
        .where('t', '<=', to)
        .orderBy('t', 'desc')
        .orderBy('id', 'desc')
        .execute()
      return rows.map(entryOf)
    },
  }
}

const entryOf = (row: Selectable<AlarmJournalTable>): AlarmJournalEntry => ({
  id: row.id,
  alarm: row.alarm,
  t: row.t,
  from: row.from_state as AlarmState,
  to: row.to_state as AlarmState,
  message: JSON.parse(row.message) as AlarmJournalEntry['message'],
  ...(row.by === null ? {} : { by: row.by }),
})
