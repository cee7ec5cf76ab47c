/** Times in words, in the plant's time zone: "一小时前", "an hour ago", "yesterday 14:00", "昨天夜班", "last 2 hours". */
import { DAY, HOUR, instantOf, localTimeOf, startOfDay } from '../../domain/quality/plant-day.ts'
import { durationIn, UNIT } from './durations.ts'
import { NUMBER, numberOf } from './numbers.ts'

/** What a text says of time: an instant, or a span. */
export type TimeExpression =
  | { readonly kind: 'instant'; readonly t: number }
  | { readonly kind: 'span'; readonly from: number; readonly to: number }

export interface PlantClock {
  readonly now: number
  readonly timeZone: string
}

/** Shifts of the plant by clock hour; the night shift ends on the next day. */
const SHIFTS: readonly { pattern: RegExp; from: number; hours: number }[] = [
  { pattern: /夜班|晚班|night shift/i, from: 22, hours: 8 },
  { pattern: /早班|白班|day shift|morning shift|early shift/i, from: 6, hours: 8 },
  { pattern: /中班|late shift|afternoon shift|evening shift/i, from: 14, hours: 8 },
]

const DAYS: readonly (readonly [RegExp, number])[] = [
  [/前天|day before yesterday/i, -2],
  [/昨天|昨日|昨晚|昨夜|yesterday|last night/i, -1],
  [/后天|day after tomorrow/i, 2],
  [/明天|明日|明早|tomorrow/i, 1],
  [/今天|今日|今早|今晚|当天|\btoday\b|this morning|tonight/i, 0],
]

/** What the text says of time; undefined where it says nothing. */
export function timeIn(text: string, clock: PlantClock): TimeExpression | undefined {
  return (
    relative(text, clock) ??
    clockSpan(text, clock) ??
    absolute(text, clock) ??
    dayOrShift(text, clock) ??
    week(text, clock)
  )
}

function relative(text: string, { now }: PlantClock): TimeExpression | undefined {
  const ago = new RegExp(`${NUMBER}\\s*(?:个半|个)?\\s*${UNIT}(?:半)?\\s*(?:之前|以前|前|ago|earlier)`, 'i').exec(text)
  if (ago !== null) {
    const duration = durationIn(ago[0])
    if (duration !== undefined) return { kind: 'instant', t: now - duration.ms }
  }
  const last = new RegExp(
    `(?:过去|最近|近|(?:the )?(?:last|past|previous)) ?(?:的)?(${NUMBER}\\s*(?:个半|个)?\\s*)?(${UNIT})`,
    'i',
  ).exec(text)
  if (last !== null && !/last week|last day\b/i.test(last[0])) {
    const duration = durationIn(last[1] === undefined ? `1 ${last[2]}` : last[0].slice(last[0].indexOf(last[1])))
    if (duration !== undefined) return { kind: 'span', from: now - duration.ms, to: now }
  }
  return undefined
}

/** Clock time within a text: 14:00, 下午2点半, 8 点, 2 pm. Hours counted from 0, or undefined. */
function clockIn(text: string): { hour: number; minute: number } | undefined {
  const colon = /(上午|下午|晚上|中午|凌晨|早上)?\s*(\d{1,2})[:：](\d{2})\s*(am|pm)?/i.exec(text)
  if (colon !== null) return adjust(colon[1], Number(colon[2]), Number(colon[3]), colon[4])
  const dian = new RegExp(
    `(上午|下午|晚上|中午|凌晨|早上|今早|明早|昨晚|今晚)?\\s*(${NUMBER})\\s*[点时](?!间|刻|候)(半|(\\d{1,2})分?)?`,
  ).exec(text)
  const hour = dian === null ? undefined : numberOf(dian[2]!)
  if (dian !== null && hour !== undefined)
    return adjust(dian[1], hour, dian[3] === '半' ? 30 : Number(dian[4] ?? 0), undefined)
  const english = /\b(\d{1,2})\s*(am|pm)\b/i.exec(text)
  if (english !== null) return adjust(undefined, Number(english[1]), 0, english[2])
  if (/\bnoon\b|中午/i.test(text)) return { hour: 12, minute: 0 }
  if (/\bmidnight\b|午夜/i.test(text)) return { hour: 0, minute: 0 }
  return undefined
}

function adjust(part: string | undefined, hour: number, minute: number, half: string | undefined) {
  const isAfternoon = half?.toLowerCase() === 'pm' || (part !== undefined && /下午|晚/.test(part))
  const isMorning = half?.toLowerCase() === 'am'
  const adjusted = isAfternoon && hour < 12 ? hour + 12 : isMorning && hour === 12 ? 0 : hour
  return adjusted > 24 || minute > 59 ? undefined : { hour: adjusted, minute }
}

const CLOCK = `(?:上午|下午|晚上|中午|凌晨|早上)?\\s*(?:\\d{1,2}[:：]\\d{2}(?:\\s*[ap]m)?|\\d{1,2}\\s*[ap]m|${NUMBER}\\s*点(?:半|\\d{1,2}分?)?)`
const CLOCK_SPAN = new RegExp(`(${CLOCK})\\s*(?:to|until|till|and|到|至|-|–|~)\\s*(${CLOCK})`, 'i')

/** "from 14:00 to 18:00 tomorrow", "明天 14 点到 18 点"; an end before the start is on the next day. */
function clockSpan(text: string, { now, timeZone }: PlantClock): TimeExpression | undefined {
  const match = CLOCK_SPAN.exec(text)
  const start = match === null ? undefined : clockIn(match[1]!)
  const end = match === null ? undefined : clockIn(match[2]!)
  if (start === undefined || end === undefined || /\d{4}[-/]\d|\d月\d/.test(text)) return undefined
  const today = localTimeOf(now, timeZone)
  const day = today.day + (DAYS.find(([pattern]) => pattern.test(text))?.[1] ?? 0)
  const from = instantOf({ ...today, day, ...start }, timeZone)
  const to = instantOf({ ...today, day, ...end }, timeZone)
  return { kind: 'span', from, to: to > from ? to : instantOf({ ...today, day: day + 1, ...end }, timeZone) }
}

function absolute(text: string, { now, timeZone }: PlantClock): TimeExpression | undefined {
  const iso = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})\b/.exec(text)
  if (iso !== null && !Number.isNaN(Date.parse(iso[0]))) return { kind: 'instant', t: Date.parse(iso[0]) }
  const today = localTimeOf(now, timeZone)
  const numeric = /\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})/.exec(text)
  const chinese = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]/.exec(text)
  const date = numeric ?? chinese
  if (date !== null) {
    const day = { year: Number(date[1] ?? today.year), month: Number(date[2]), day: Number(date[3]) }
    const rest = text.slice(date.index + date[0].length)
    const time = clockIn(rest)
    if (time !== undefined) return { kind: 'instant', t: instantOf({ ...day, ...time }, timeZone) }
    const from = instantOf({ ...day, hour: 0, minute: 0 }, timeZone)
    return { kind: 'span', from, to: Math.min(startOfDay(from + 1, timeZone, 1), Math.max(now, from + 1)) }
  }
  const time = clockIn(text)
  const offset = DAYS.find(([pattern]) => pattern.test(text))?.[1]
  if (time === undefined) return undefined
  const evening = /昨晚|昨夜|last night|今晚|tonight/i.test(text) && time.hour < 12 && time.hour >= 6 ? 12 : 0
  const t = instantOf(
    { ...today, day: today.day + (offset ?? 0), hour: time.hour + evening, minute: time.minute },
    timeZone,
  )
  return { kind: 'instant', t }
}

function dayOrShift(text: string, { now, timeZone }: PlantClock): TimeExpression | undefined {
  const day = DAYS.find(([pattern]) => pattern.test(text))
  const shift = SHIFTS.find(({ pattern }) => pattern.test(text))
  if (shift !== undefined) {
    const start = startOfDay(now, timeZone, day?.[1] ?? 0) + shift.from * HOUR
    // A shift named without a day is the newest one that has begun.
    const from = day === undefined && start > now ? start - DAY : start
    return { kind: 'span', from, to: from + shift.hours * HOUR }
  }
  if (/this morning|今早|今天上午/i.test(text)) {
    const from = startOfDay(now, timeZone)
    return { kind: 'span', from, to: Math.min(now, from + 12 * HOUR) }
  }
  if (day === undefined) return undefined
  const from = startOfDay(now, timeZone, day[1])
  const end = startOfDay(now, timeZone, day[1] + 1)
  return { kind: 'span', from, to: day[1] === 0 ? now : end }
}

function week(text: string, { now, timeZone }: PlantClock): TimeExpression | undefined {
  const isLast = /上周|上星期|last week/i.test(text)
  if (!isLast && !/本周|这周|这星期|this week/i.test(text)) return undefined
  const today = startOfDay(now, timeZone)
  const local = localTimeOf(today, timeZone)
  // Weeks begin on Monday (ISO 8601).
  const weekday = (new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay() + 6) % 7
  const monday = startOfDay(now, timeZone, -weekday)
  return isLast
    ? { kind: 'span', from: startOfDay(now, timeZone, -weekday - 7), to: monday }
    : { kind: 'span', from: monday, to: now }
}
