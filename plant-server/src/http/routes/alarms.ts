import { type Alarm, ProblemError } from '@millwright/contract'
import type { SendAudited } from '../../commands/audited.ts'
import type { AlarmRecords } from '../../stores/alarms.ts'
import type { SomeHandlers } from '../handlers.ts'

type Operations = 'listAlarms' | 'alarmJournal' | 'acknowledgeAlarm' | 'confirmAlarm' | 'shelveAlarm' | 'unshelveAlarm'

/** Every change is made at the source and comes back as its event; here is only asked and recorded. */
export function createAlarmHandlers(deps: { alarms: AlarmRecords; send: SendAudited }): SomeHandlers<Operations> {
  const { alarms, send } = deps
  async function found(id: string, fits: (alarm: Alarm) => boolean): Promise<Alarm> {
    const alarm = await alarms.get(id)
    if (alarm === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'alarm', id } })
    if (!fits(alarm)) throw new ProblemError({ code: 'MW-2009' })
    return alarm
  }
  const about = (action: string, { alarm, state, shelved, confirmed }: Alarm) => ({
    action: `alarm.${action}`,
    subject: alarm,
    before: {
      state,
      ...(shelved === undefined ? {} : { shelved }),
      ...(confirmed === undefined ? {} : { confirmed }),
    },
  })
  return {
    listAlarms: () => alarms.standing(),
    alarmJournal: ({ query }) => alarms.journal(query.limit ?? 200, query.before),
    async acknowledgeAlarm({ body }, caller) {
      const alarm = await found(body.alarm, ({ state }) => state === 'unack' || state === 'rtn_unack')
      // Before the source reports it, so that the journal names the person.
      await alarms.noteAcknowledger(alarm.alarm, caller.name)
      const command = { kind: 'acknowledge_alarm', alarm: alarm.alarm } as const
      return send(alarm.agent, command, caller, body.reason ?? '', about('acknowledge', alarm))
    },
    async confirmAlarm({ body }, caller) {
      const alarm = await found(body.alarm, ({ confirmed }) => confirmed === false)
      const command = { kind: 'confirm_alarm', alarm: alarm.alarm } as const
      return send(alarm.agent, command, caller, body.reason ?? '', about('confirm', alarm))
    },
    async shelveAlarm({ body: { alarm: id, seconds, reason } }, caller) {
      const alarm = await found(id, ({ shelved }) => shelved === false)
      const command = { kind: 'shelve_alarm', alarm: id, ...(seconds === undefined ? {} : { seconds }) } as const
      return send(alarm.agent, command, caller, reason, about('shelve', alarm))
    },
    async unshelveAlarm({ body }, caller) {
      const alarm = await found(body.alarm, ({ shelved }) => shelved === true)
      const command = { kind: 'unshelve_alarm', alarm: alarm.alarm } as const
      return send(alarm.agent, command, caller, body.reason ?? '', about('unshelve', alarm))
    },
  }
}
