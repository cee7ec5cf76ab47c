import type { LocalText } from '@millwright/contract'
import { Type } from 'typebox'
import { showTime } from '../../domain/quality/plant-day.ts'
import { say } from '../words/say.ts'
import { alarmStateWords, priorityWords, signalWords } from '../words/signals.ts'
import { Instant, instantArg } from './arguments.ts'
import { defineTool, everyone } from './tool.ts'

interface AlarmsResult {
  count: number
  unacknowledged: number
  alarms: { alarm: string; message: LocalText; priority: string; state: string; raisedAt: number }[]
  /** Where a span was asked for: how often alarms were raised in it. */
  span: {
    from: number
    to: number
    raised: number
    byAlarm: { alarm: string; message: LocalText; raised: number }[]
  } | null
}

const MOST_SAID = 6

/** Alarms that stand now; with a span, how often which were raised. */
export const listAlarms = defineTool({
  name: 'listAlarms',
  description: 'Alarms that are not normal now; with `from` and `to`, also how often alarms were raised in that span.',
  schema: Type.Object({ from: Type.Optional(Instant), to: Type.Optional(Instant) }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant, clock }) {
    const active = [...(await plant.alarms.active())].sort((a, b) => b.raisedAt - a.raisedAt)
    const result: AlarmsResult = {
      count: active.length,
      unacknowledged: active.filter(alarm => alarm.state !== 'acked').length,
      alarms: active.map(({ alarm, message, priority, state, raisedAt }) => ({
        alarm,
        message,
        priority,
        state,
        raisedAt,
      })),
      span: null,
    }
    if (args.from === undefined) return { result }
    const from = instantArg('listAlarms', args.from)
    const to = args.to === undefined ? clock.now() : instantArg('listAlarms', args.to)
    const raisings = (await plant.alarms.journal(from, to)).filter(entry => entry.to === 'unack')
    const groups = [...Map.groupBy(raisings, entry => entry.alarm)]
    const byAlarm = groups
      .map(([alarm, entries]) => ({ alarm, message: entries[0]!.message, raised: entries.length }))
      .sort((a, b) => b.raised - a.raised)
    return { result: { ...result, span: { from, to, raised: raisings.length, byAlarm } } }
  },
  say(result: AlarmsResult, { lang, timeZone }) {
    const time = (t: number) => showTime(t, timeZone)
    const { span } = result
    if (span !== null) {
      const head = say(signalWords.journal, lang, { from: time(span.from), to: time(span.to), raised: span.raised })
      const rows = span.byAlarm
        .slice(0, MOST_SAID)
        .map(({ message, raised }) => say(signalWords.journalRow, lang, { message, raised }))
      return [head, ...rows]
    }
    if (result.count === 0) return [say(signalWords.noAlarms, lang)]
    const rows = result.alarms.slice(0, MOST_SAID).map(alarm =>
      say(signalWords.alarmRow, lang, {
        message: alarm.message,
        priority: priorityWords[alarm.priority] ?? alarm.priority,
        state: alarmStateWords[alarm.state] ?? alarm.state,
        t: time(alarm.raisedAt),
      }),
    )
    return [say(signalWords.alarms, lang, { count: result.count, unacknowledged: result.unacknowledged }), ...rows]
  },
})
