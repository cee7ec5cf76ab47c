/** Alarms as they stand, and the journal of their transitions (ISA-18.2). */
import {
  type Alarm,
  type AlarmEvent,
  type AlarmJournalEntry,
  type AlarmState,
  nextAlarmState,
} from '@millwright/contract'
import type { RecordsDb } from './records.ts'

export interface AlarmRecords {
  get(alarm: string): Promise<Alarm | undefined>
  /** Takes an agent's word in: the alarm as it stands now, or undefined where it belongs to another agent. */
  apply(agent: string, event: AlarmEvent): Promise<Alarm | undefined>
  /** Who is about to acknowledge: named in the journal when the source reports it. */
  noteAcknowledger(alarm: string, person: string): Promise<void>
  notNormal(): Promise<Alarm[]>
  journal(limit: number, before?: number): Promise<AlarmJournalEntry[]>
}

export function createAlarmRecords(db: RecordsDb): AlarmRecords {
  const find = async (alarm: string) => {
    const row = await db.selectFrom('alarm').select('body').where('alarm', '=', alarm).executeTakeFirst()
    return row === undefined ? undefined : (JSON.parse(row.body) as Alarm)
  }
  const save = async (alarm: Alarm) => {
    const row = {
      alarm: alarm.alarm,
      agent: alarm.agent,
      state: alarm.state,
      body: JSON.stringify(alarm),
      changed_at: alarm.changedAt,
    }
    await db
      .insertInto('alarm')
      .values(row)
      .onConflict(conflict => conflict.column('alarm').doUpdateSet(row))
      .execute()
  }
  return {
    get: find,
    async apply(agent, event) {
      const known = await find(event.alarm)
      if (known !== undefined && known.agent !== agent) return undefined
      const from: AlarmState = known?.state ?? 'normal'
      const to = nextAlarmState(event.active, event.acknowledged)
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
      await save(next)
      if (from !== to) {
        const acknowledges = (to === 'acked' || to === 'normal') && (from === 'unack' || from === 'rtn_unack')
        await db
          .insertInto('alarm_journal')
          .values({
            alarm: event.alarm,
            t,
            from_state: from,
            to_state: to,
            by: acknowledges ? (known?.acknowledgedBy ?? null) : null,
            message: JSON.stringify(event.message),
          })
          .execute()
      }
      return next
    },
    async noteAcknowledger(alarm, person) {
      const known = await find(alarm)
      if (known !== undefined) await save({ ...known, acknowledgedBy: person })
    },
    async notNormal() {
      const rows = await db
        .selectFrom('alarm')
        .select('body')
        .where('state', '<>', 'normal')
        .orderBy('changed_at', 'desc')
        .execute()
      return rows.map(row => JSON.parse(row.body) as Alarm)
    },
    async journal(limit, before) {
      let query = db.selectFrom('alarm_journal').selectAll().orderBy('id', 'desc').limit(limit)
      if (before !== undefined) query = query.where('id', '<', before)
      return (await query.execute()).map(row => ({
        id: row.id,
        alarm: row.alarm,
        t: row.t,
        from: row.from_state as AlarmState,
        to: row.to_state as AlarmState,
        message: JSON.parse(row.message) as AlarmJournalEntry['message'],
        ...(row.by === null ? {} : { by: row.by }),
      }))
    },
  }
}
