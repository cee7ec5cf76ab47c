/** How alarms are ordered and counted. Pure. */
import type { Alarm, AlarmPriority, AlarmState } from '@millwright/contract'

const WEIGHT: Readonly<Record<AlarmPriority, number>> = { high: 0, medium: 1, low: 2 }
/** Unacknowledged before acknowledged; among them active before returned. */
const URGENCY: Readonly<Record<AlarmState, number>> = { unack: 0, rtn_unack: 1, acked: 2, normal: 3 }

export const isUnacknowledged = (alarm: Alarm): boolean => alarm.state === 'unack' || alarm.state === 'rtn_unack'

export const isShelved = (alarm: Alarm): boolean => alarm.shelved === true

/** Unacknowledged first, then by priority, then the newest. */
export const byUrgency = (alarms: readonly Alarm[]): Alarm[] =>
  [...alarms].sort(
    (a, b) =>
      Number(isUnacknowledged(b)) - Number(isUnacknowledged(a)) ||
      WEIGHT[a.priority] - WEIGHT[b.priority] ||
      URGENCY[a.state] - URGENCY[b.state] ||
      b.raisedAt - a.raisedAt,
  )

/** The alarm for the banner, and how many more wait. One that was set aside does not call. */
export function highestUnacknowledged(
  alarms: readonly Alarm[],
): { readonly alarm: Alarm; readonly more: number } | undefined {
  const waiting = byUrgency(alarms.filter(alarm => isUnacknowledged(alarm) && !isShelved(alarm)))
  const first = waiting[0]
  return first === undefined ? undefined : { alarm: first, more: waiting.length - 1 }
}

export type PriorityCounts = Readonly<Record<AlarmPriority, number>>

export function countByPriority(alarms: readonly Alarm[]): PriorityCounts {
  const count = (priority: AlarmPriority) => alarms.filter(alarm => alarm.priority === priority).length
  return { high: count('high'), medium: count('medium'), low: count('low') }
}
