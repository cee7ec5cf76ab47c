/**
 * Alarms the agent raises itself, pure (ISA-18.2 / IEC 62682): limits of tags, and the agent's own conditions. One
 * condition is active or not, acknowledged or not; normal -> active -> acknowledged -> returned.
 */
import type { Limits, Range, Reading } from '@millwright/contract'

export type LimitName = keyof Limits
export interface ConditionState {
  readonly active: boolean
  readonly acknowledged: boolean
}
export const NORMAL: ConditionState = { active: false, acknowledged: true }

export type ConditionInput = 'raise' | 'return' | 'acknowledge'

/** The next state, or undefined where the input changes nothing. */
export function conditionStep(state: ConditionState, input: ConditionInput): ConditionState | undefined {
  switch (input) {
    case 'raise':
      return state.active ? undefined : { active: true, acknowledged: false }
    case 'return':
      return state.active ? { active: false, acknowledged: state.acknowledged } : undefined
    case 'acknowledge':
      return state.acknowledged ? undefined : { active: state.active, acknowledged: true }
  }
}

/** Share of the range that a value must come back inside a limit before the alarm returns (ISA-18.2 deadband). */
export const HYSTERESIS = 0.005

/** What a reading says of one limit; undefined: nothing (no good value, or inside the hysteresis). */
export function judgeLimit(
  name: LimitName,
  limit: number,
  range: Range | undefined,
  state: ConditionState,
  reading: Reading,
): 'raise' | 'return' | undefined {
  // A gap or a doubtful value neither raises nor returns an alarm.
  if (typeof reading.value !== 'number' || reading.quality !== 'good') return undefined
  const above = name === 'hi' || name === 'hihi'
  const over = above ? reading.value - limit : limit - reading.value
  if (over > 0) return state.active ? undefined : 'raise'
  const band = HYSTERESIS * (range === undefined ? Math.abs(limit) : range.high - range.low)
  return state.active && -over >= band ? 'return' : undefined
}

/** Nothing is left to be done about it: returned, acknowledged, confirmed where that is asked for, not set aside. */
export const alarmIsOver = ({
  active,
  acknowledged,
  confirmed,
  shelved,
}: {
  readonly active: boolean
  readonly acknowledged: boolean
  readonly confirmed?: boolean | undefined
  readonly shelved?: boolean | undefined
}): boolean => !active && acknowledged && confirmed !== false && shelved !== true
