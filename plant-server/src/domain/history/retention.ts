/** How long which tag is kept: rules of the configuration, the first that fits a tag's name. */
import { tagMatcher } from '@millwright/contract'
import type { Retention } from '../../stores/readings.ts'

export interface RetentionRule {
  /** `*` stands for any characters. */
  readonly tags: string
  /** Absent: for ever. */
  readonly rawDays?: number
  /** Roll-ups of a second, made when the readings go. Absent: none. */
  readonly secondDays?: number
  /** Roll-ups of a minute and of an hour, never shorter than the readings. Absent: for ever. */
  readonly minuteDays?: number
  readonly hourDays?: number
}

const DAY = 86_400_000
const ever = Number.POSITIVE_INFINITY
/** Of tags that no rule names. */
export const DEFAULT_RETENTION: Retention = { raw: 400 * DAY, second: 0, minute: 5 * 365 * DAY, hour: ever }

export function retentionOf(rules: readonly RetentionRule[]): (tag: string) => Retention {
  const list = rules.map(rule => ({ fits: tagMatcher(rule.tags), keep: keepOf(rule) }))
  return tag => list.find(each => each.fits(tag))?.keep ?? DEFAULT_RETENTION
}

const ms = (days: number | undefined, absent: number) => (days === undefined ? absent : days * DAY)
const keepOf = (rule: RetentionRule): Retention => ({
  raw: ms(rule.rawDays, ever),
  second: ms(rule.secondDays, 0),
  minute: ms(rule.minuteDays, ever),
  hour: ms(rule.hourDays, ever),
})
