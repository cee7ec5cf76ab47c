/** All alarms of the agent: those of devices, those its tags' limits raise, and its own. Says each change once. */
import type { AlarmEvent, AlarmPriority, LocalText, Reading } from '@millwright/contract'
import {
  alarmIsOver,
  type ConditionInput,
  conditionStep,
  judgeLimit,
  type LimitName,
  NORMAL,
} from '../domain/alarm-machine.ts'
import type { AlarmRecord } from '../outbox/alarm-record.ts'
import type { DeviceAlarm } from '../sources/source.ts'
import { say } from '../text/catalogue.ts'
import type { Tag } from './tag-table.ts'

export interface AlarmDeskDeps {
  readonly agent: string
  readonly record: AlarmRecord
  /** Puts the event into the outbox; resolves when durable. */
  readonly emit: (event: AlarmEvent) => Promise<void>
  readonly newest: (tag: string) => Reading | undefined
  readonly now: () => number
}

export interface AlarmDesk {
  ofDevice(source: string, alarm: DeviceAlarm): void
  /** Conditions of the source that stand; any other it had is over. */
  standing(source: string, conditions: ReadonlySet<string>): void
  ofReading(reading: Reading, tag: Tag): void
  /** One of the agent's own conditions, `name` below `agent`. */
  own(name: string, input: ConditionInput, priority: AlarmPriority, message: LocalText): void
  find(alarm: string): { readonly source: string; readonly condition: string } | undefined
  /** Acknowledges an alarm the agent raised itself; false where there is nothing to acknowledge. */
  acknowledge(alarm: string): boolean
}

/** Conditions that the agent raises stand under this source. */
export const OWN_SOURCE = 'agent'

/** What makes an alarm another one than before. */
const STATES = ['active', 'acknowledged', 'confirmed', 'shelved'] as const

export function createAlarmDesk({ agent, record, emit, newest, now }: AlarmDeskDeps): AlarmDesk {
  const current = new Map(record.all().map(event => [event.alarm, event]))

  const idOf = (source: string, condition: string) => `${agent}/${source}/${condition}`

  const tell = (event: AlarmEvent) => {
    const before = current.get(event.alarm)
    if (before !== undefined && STATES.every(state => before[state] === event[state])) return
    // An alarm that never stood has nothing to return from.
    if (before === undefined && alarmIsOver(event)) return
    if (alarmIsOver(event)) current.delete(event.alarm)
    else current.set(event.alarm, event)
    // Recorded only once it is durable: a crash in between says it again rather than never.
    emit(event)
      .then(() => record.set(event))
      // The disk refuses: the outbox itself says so, and the alarm is said again at the next start.
      .catch(() => {})
  }

  const step = (event: Omit<AlarmEvent, 'active' | 'acknowledged'>, input: ConditionInput): boolean => {
    const next = conditionStep(current.get(event.alarm) ?? NORMAL, input)
    if (next === undefined) return false
    tell({ ...event, ...next })
    return true
  }

  return {
    ofDevice(source, { condition, tag, ...alarm }) {
      const full = tag === undefined ? undefined : `${agent}/${tag}`
      const value = full === undefined ? undefined : newest(full)?.value
      const id = idOf(source, condition)
      const before = current.get(id)
      tell({
        ...alarm,
        alarm: id,
        // A source may stamp an acknowledgement with the time of the condition: the journal holds when it was seen.
        t: alarm.t > (before?.t ?? 0) ? alarm.t : now(),
        ...(full === undefined ? {} : { tag: full }),
        ...(typeof value === 'number' ? { value } : {}),
      })
    },
    standing(source, conditions) {
      const prefix = idOf(source, '')
      for (const event of current.values())
        if (event.alarm.startsWith(prefix) && !conditions.has(event.alarm.slice(prefix.length)))
          tell({ ...event, active: false, acknowledged: true, t: now() })
    },
    ofReading(reading, { definition, config }) {
      const { limits, range } = definition
      if (limits === undefined || config?.limitAlarms === undefined) return
      for (const name of ['lolo', 'lo', 'hi', 'hihi'] satisfies LimitName[]) {
        const limit = limits[name]
        if (limit === undefined) continue
        const alarm = idOf(OWN_SOURCE, `${config.name}.${name}`)
        const input = judgeLimit(name, limit, range, current.get(alarm) ?? NORMAL, reading)
        if (input === undefined) continue
        const value = Number(reading.value)
        const shown = Math.round(value * 1000) / 1000
        step(
          {
            alarm,
            tag: definition.tag,
            priority: config.limitAlarms,
            t: reading.t,
            message: say(`limit_${name}`, { what: definition.description, value: shown, unit: definition.unit, limit }),
            value,
            limit,
            ...(definition.equipment === undefined ? {} : { equipment: definition.equipment }),
          },
          input,
        )
      }
    },
    own: (name, input, priority, message) =>
      void step({ alarm: idOf(OWN_SOURCE, name), priority, t: now(), message }, input),
    find(alarm) {
      const [head, source, ...condition] = alarm.split('/')
      if (head !== agent || source === undefined || !current.has(alarm)) return undefined
      return { source, condition: condition.join('/') }
    },
    acknowledge(alarm) {
      const event = current.get(alarm)
      return event !== undefined && step({ ...event, t: now() }, 'acknowledge')
    },
  }
}
