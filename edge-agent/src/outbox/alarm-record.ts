/** The alarms that are not over, so that a restart neither forgets nor repeats them. */
import type { AlarmEvent } from '@millwright/contract'
import { alarmIsOver } from '../domain/alarm-machine.ts'
import type { Db } from './database.ts'

export interface AlarmRecord {
  all(): AlarmEvent[]
  /** Keeps it while it stands, forgets it when it is normal again. */
  set(event: AlarmEvent): void
}

export function createAlarmRecord(db: Db): AlarmRecord {
  const all = db.pluck('SELECT body FROM alarms')
  const put = db.prepare('INSERT OR REPLACE INTO alarms VALUES (?, ?)')
  const remove = db.prepare('DELETE FROM alarms WHERE alarm = ?')
  return {
    all: () => (all.all() as string[]).map(body => JSON.parse(body) as AlarmEvent),
    set: event =>
      alarmIsOver(event) ? void remove.run(event.alarm) : void put.run(event.alarm, JSON.stringify(event)),
  }
}
