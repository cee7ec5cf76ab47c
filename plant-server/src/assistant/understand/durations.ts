/** Lengths of time in words: "4 hours", "四小时", "半小时", "an hour and a half". */
import { DAY, HOUR, MINUTE } from '../../domain/quality/plant-day.ts'
import { NUMBER, numberOf } from './numbers.ts'

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:秒钟?|seconds?|secs?|s)$/, 1000],
  [/^(?:分钟?|minutes?|mins?|min)$/, MINUTE],
  [/^(?:小时|钟头|hours?|hrs?|h)$/, HOUR],
  [/^(?:天|日|days?|d)$/, DAY],
  [/^(?:周|星期|weeks?)$/, 7 * DAY],
]
/** Source of a pattern for a unit of time. */
export const UNIT =
  '(?:秒钟?|分钟?|小时|钟头|天|周|星期|(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|h|s)(?![a-z]))'
const DURATION = new RegExp(`(${NUMBER})\\s*(个半|个)?\\s*-?(${UNIT})(半| and a half)?`, 'i')

export interface Duration {
  readonly ms: number
  readonly index: number
  readonly length: number
}

/** The first length of time in the text. */
export function durationIn(text: string): Duration | undefined {
  const match = DURATION.exec(text)
  if (match === null) return undefined
  const [all, number, classifier, unit, half] = match
  const value = numberOf(number!)
  const size = UNITS.find(([pattern]) => pattern.test(unit!.toLowerCase()))?.[1]
  if (value === undefined || size === undefined) return undefined
  const extra = classifier === '个半' || half !== undefined ? 0.5 : 0
  return { ms: Math.round((value + extra) * size), index: match.index, length: all.length }
}
