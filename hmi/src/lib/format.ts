/** Numbers and times for people: `Intl`, the plant's time zone, digits that suit the range. Pure. */
import type { Lang, Range } from '@millwright/contract'
import { shared } from '../i18n/shared.ts'

const LOCALE: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en-GB' }

/** Decimals that show about a thousandth of the range. */
export function digitsOf(range: Range | undefined): number {
  if (range === undefined) return 2
  const span = Math.abs(range.high - range.low)
  if (!(span > 0)) return 2
  if (span >= 1000) return 0
  if (span >= 50) return 1
  return span >= 1.5 ? 2 : 3
}

export interface Format {
  readonly lang: Lang
  readonly timeZone: string
  /** Fixed decimals, grouped. */
  number(value: number, digits?: number): string
  /** At most `digits` decimals, none that are zero. */
  short(value: number, digits?: number): string
  percent(share: number, digits?: number): string
  /** `14:03:21`. */
  time(t: number): string
  /** `14:03`. */
  minute(t: number): string
  date(t: number): string
  /** `03-12 14:03`, without the year. */
  dayMinute(t: number): string
  dateTime(t: number): string
  /** `3 min`, `2 h 5 min`, from ms. */
  duration(ms: number): string
  /** Start of the plant's day that holds `t`, ms. */
  startOfDay(t: number): number
}

export function createFormat(lang: Lang, timeZone: string): Format {
  const locale = LOCALE[lang]
  const numbers = new Map<string, Intl.NumberFormat>()
  const number = (least: number, most: number, style: 'decimal' | 'percent' = 'decimal') => {
    const key = `${least} ${most} ${style}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    const made = new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most, style })
    numbers.set(key, made)
    return made
  }
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const at = (t: number): Record<string, string> =>
    Object.fromEntries(parts.formatToParts(t).map(part => [part.type, part.value]))
  const words = shared[lang]
  const date = (t: number) => {
    const p = at(t)
    return `${p.year}-${p.month}-${p.day}`
  }
  const time = (t: number) => {
    const p = at(t)
    return `${p.hour}:${p.minute}:${p.second}`
  }
  return {
    lang,
    timeZone,
    number: (value, digits = 2) => number(digits, digits).format(value),
    short: (value, digits = 2) => number(0, digits).format(value),
    percent: (share, digits = 1) => number(digits, digits, 'percent').format(share),
    time,
    minute: t => time(t).slice(0, 5),
    date,
    dayMinute: t => `${date(t).slice(5)} ${time(t).slice(0, 5)}`,
    dateTime: t => `${date(t)} ${time(t)}`,
    duration(ms) {
      const seconds = Math.max(0, Math.round(ms / 1000))
      if (seconds < 60) return `${seconds} ${words['time.s']}`
      const minutes = Math.round(seconds / 60)
      if (minutes < 60) return `${minutes} ${words['time.min']}`
      const hours = Math.floor(minutes / 60)
      if (hours < 48)
        return `${hours} ${words['time.h']}${minutes % 60 === 0 ? '' : ` ${minutes % 60} ${words['time.min']}`}`
      return `${Math.floor(hours / 24)} ${words['time.d']}${hours % 24 === 0 ? '' : ` ${hours % 24} ${words['time.h']}`}`
    },
    startOfDay(t) {
      const p = at(t)
      const inDay = (Number(p.hour) * 3600 + Number(p.minute) * 60 + Number(p.second)) * 1000
      return Math.floor(t / 1000) * 1000 - inDay
    },
  }
}

/** `2026-03-12T14:03` for a `datetime-local` field, in the plant's time zone. */
export const toLocalField = (format: Format, t: number): string => format.dateTime(t).slice(0, 16).replace(' ', 'T')

/** The instant that a `datetime-local` field means in the plant's time zone; undefined where it is no time. */
export function fromLocalField(format: Format, text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number]
  const asUtc = Date.UTC(year, month - 1, day, hour, minute)
  // The zone's offset at a first guess, then once more for a change of the clocks between.
  let t = asUtc
  for (let i = 0; i < 2; i += 1) {
    const seen = format.dateTime(t)
    const [d, c] = seen.split(' ') as [string, string]
    t += asUtc - Date.parse(`${d}T${c}Z`)
  }
  return t
}
