/** Days and clock times of the plant, in its time zone. Instants are ms since 1970 UTC. */

export interface LocalTime {
  readonly year: number
  /** 1..12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** What a clock on the plant's wall shows. */
export function localTimeOf(t: number, timeZone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(t)
  const part = (type: string) => Number(parts.find(entry => entry.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') }
}

/** The instant at which the plant's clock shows a time; of a time that the clock skips, the one shortly after. */
export function instantOf(local: LocalTime, timeZone: string): number {
  const asUtc = (at: LocalTime) => Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute)
  const wanted = asUtc(local)
  let guess = wanted
  // Twice: the first correction may cross a change of the clock.
  for (let i = 0; i < 2; i += 1) guess += wanted - asUtc(localTimeOf(guess, timeZone))
  return guess
}

/** Midnight of the plant's day that holds `t`, or of a day `offset` days from it. */
export function startOfDay(t: number, timeZone: string, offset = 0): number {
  const local = localTimeOf(t, timeZone)
  return instantOf({ ...local, day: local.day + offset, hour: 0, minute: 0 }, timeZone)
}

const two = (value: number) => String(value).padStart(2, '0')

/** `2025-11-24 14:03`, the same in both languages. */
export function showTime(t: number, timeZone: string): string {
  const at = localTimeOf(t, timeZone)
  return `${at.year}-${two(at.month)}-${two(at.day)} ${two(at.hour)}:${two(at.minute)}`
}

/** `2025-11-24`. */
export const dayOf = (t: number, timeZone: string): string => showTime(t, timeZone).slice(0, 10)
