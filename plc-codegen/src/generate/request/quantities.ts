export interface Quantity {
  readonly kind: 'level' | 'time'
  /** Level in its unit, time in milliseconds. */
  readonly value: number
  readonly unit: string
  readonly start: number
  readonly end: number
}

const timeUnits: readonly [RegExp, number][] = [
  [/^(?:毫秒|ms\b|milliseconds?\b)/, 1],
  [/^(?:秒钟?|s\b|secs?\b|seconds?\b)/, 1000],
  [/^(?:分钟?|min(?:ute)?s?\b)/, 60_000],
  [/^(?:个?小时|个?钟头|h\b|hrs?\b|hours?\b)/, 3_600_000],
  [/^(?:天|日|d\b|days?\b)/, 86_400_000],
]
const levelUnits: readonly [RegExp, string][] = [
  [/^%/, '%'],
  [/^(?:厘米|公分|cm\b)/, 'cm'],
  [/^(?:毫米|mm\b)/, 'mm'],
  [/^(?:米|m\b|met(?:er|re)s?\b)/, 'm'],
]

/** Numbers with a unit, in the order of the text. */
export function findQuantities(text: string): Quantity[] {
  const found: Quantity[] = []
  for (const number of text.matchAll(/(?<![\d.])\d+(?:\.\d+)?/g)) {
    const start = number.index
    const behind = start + number[0].length
    const gap = /^[\s-]*/.exec(text.slice(behind))![0].length
    const rest = text.slice(behind + gap)
    const value = Number(number[0])
    const time = timeUnits.find(([pattern]) => pattern.test(rest))
    const level = levelUnits.find(([pattern]) => pattern.test(rest))
    if (time !== undefined) {
      const end = behind + gap + time[0].exec(rest)![0].length
      const last = found.at(-1)
      // `1 hour 30 minutes` is one time.
      if (last?.kind === 'time' && /^\s*(?:and)?\s*$/.test(text.slice(last.end, start)))
        found[found.length - 1] = { ...last, value: last.value + value * time[1], end }
      else found.push({ kind: 'time', value: value * time[1], unit: 'ms', start, end })
    } else if (level !== undefined) {
      found.push({ kind: 'level', value, unit: level[1], start, end: behind + gap + level[0].exec(rest)![0].length })
    }
  }
  return found
}
