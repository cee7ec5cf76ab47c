/** Alarms after ISA-18.2 / IEC 62682. */
import { type Static, Type } from 'typebox'
import { LocalText } from './text.ts'

/** ISA-18.2 states that this suite walks through; shelving and suppression stand beside them. */
export const AlarmState = Type.Union([
  Type.Literal('normal'),
  Type.Literal('unack'),
  Type.Literal('acked'),
  Type.Literal('rtn_unack'),
])
export type AlarmState = Static<typeof AlarmState>

export const AlarmPriority = Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')])
export type AlarmPriority = Static<typeof AlarmPriority>

/** What an agent says of one alarm condition when it changes. */
export const AlarmEvent = Type.Object({
  /** Stable: agent, source and condition, e.g. `primary/plc/Dryer.MoistureHigh`. */
  alarm: Type.String({ maxLength: 300 }),
  tag: Type.Optional(Type.String()),
  equipment: Type.Optional(Type.String()),
  priority: AlarmPriority,
  active: Type.Boolean(),
  acknowledged: Type.Boolean(),
  /** Where the device asks for confirmation (OPC 10000-9, 5.7.4). */
  confirmed: Type.Optional(Type.Boolean()),
  /** Set aside by a person; absent where the device cannot. */
  shelved: Type.Optional(Type.Boolean()),
  /** Source time, ms. */
  t: Type.Integer(),
  message: LocalText,
  value: Type.Optional(Type.Number()),
  limit: Type.Optional(Type.Number()),
})
export type AlarmEvent = Static<typeof AlarmEvent>

/** An alarm as people see it. */
export const Alarm = Type.Object({
  alarm: Type.String(),
  agent: Type.String(),
  tag: Type.Optional(Type.String()),
  equipment: Type.Optional(Type.String()),
  priority: AlarmPriority,
  state: AlarmState,
  message: LocalText,
  value: Type.Optional(Type.Number()),
  limit: Type.Optional(Type.Number()),
  confirmed: Type.Optional(Type.Boolean()),
  shelved: Type.Optional(Type.Boolean()),
  /** When it became active last, when it changed last, ms. */
  raisedAt: Type.Integer(),
  changedAt: Type.Integer(),
  acknowledgedBy: Type.Optional(Type.String()),
})
export type Alarm = Static<typeof Alarm>

export const AlarmJournalEntry = Type.Object({
  id: Type.Integer(),
  alarm: Type.String(),
  t: Type.Integer(),
  from: AlarmState,
  to: AlarmState,
  by: Type.Optional(Type.String()),
  message: LocalText,
})
export type AlarmJournalEntry = Static<typeof AlarmJournalEntry>

/** Next state, pure (ISA-18.2 figure 3, without shelving and latching). */
export function nextAlarmState(active: boolean, acknowledged: boolean): AlarmState {
  if (active) return acknowledged ? 'acked' : 'unack'
  return acknowledged ? 'normal' : 'rtn_unack'
}
