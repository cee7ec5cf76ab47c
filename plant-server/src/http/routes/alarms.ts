import { ProblemError } from '@millwright/contract'
import type { SendAudited } from '../../commands/audited.ts'
import type { AlarmRecords } from '../../stores/alarms.ts'
import type { SomeHandlers } from '../handlers.ts'

export function createAlarmHandlers(deps: {
  alarms: AlarmRecords
  send: SendAudited
}): SomeHandlers<'listAlarms' | 'alarmJournal' | 'acknowledgeAlarm'> {
  const { alarms, send } = deps
  return {
    listAlarms: () => alarms.notNormal(),
    alarmJournal: ({ query }) => alarms.journal(query.limit ?? 200, query.before),
    async acknowledgeAlarm({ body }, caller) {
      const alarm = await alarms.get(body.alarm)
      if (alarm === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'alarm', id: body.alarm } })
      if (alarm.state === 'acked' || alarm.state === 'normal') throw new ProblemError({ code: 'MW-2009' })
      // Before the source reports it, so that the journal names the person.
      await alarms.noteAcknowledger(alarm.alarm, caller.name)
      const command = { kind: 'acknowledge_alarm', alarm: alarm.alarm } as const
      return send(alarm.agent, command, caller, body.reason ?? '', {
        action: 'alarm.acknowledge',
        subject: alarm.alarm,
        before: { state: alarm.state },
      })
    },
  }
}
