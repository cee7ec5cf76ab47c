/** A time as people write it on a command line. */

const AGO = /^(\d+(?:\.\d+)?)\s*([smhdw])$/
const MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** What may be written, for messages. */
export const MOMENT_FORMS =
  'ISO 8601 such as 2026-11-25T06:00:00+08:00, ms since 1970, now, today, yesterday, or how long ago: 30m, 8h, 7d'

/**
 * ms since 1970, or undefined where `text` is no time. `today` and `yesterday` begin at midnight of this machine's day.
 * @param startOfDay midnight of the day `days` before that of `now`
 */
export function momentOf(text: string, now: number, startOfDay: (days: number) => number): number | undefined {
  const word = text.trim().toLowerCase()
  if (word === 'now') return now
  if (word === 'today') return startOfDay(0)
  if (word === 'yesterday') return startOfDay(1)
  const ago = AGO.exec(word)
  if (ago !== null) return now - Number(ago[1]) * MS[ago[2] as keyof typeof MS]
  const t = /^-?\d{5,16}$/.test(word) ? Number(word) : ISO.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN
  return Number.isFinite(t) && Math.abs(t) <= 8.64e15 ? t : undefined
}
