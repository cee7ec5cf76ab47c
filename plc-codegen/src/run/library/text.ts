/** Times and reals as text, and back. */

const units: readonly [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]

/** Milliseconds as `1h2m3s4ms`. */
export function formatDuration(ms: number): string {
  let rest = Math.abs(ms)
  const parts: string[] = []
  for (const [unit, size] of units) {
    const count = unit === 'ms' ? rest : Math.floor(rest / size)
    if (count > 0) parts.push(`${count}${unit}`)
    rest -= count * size
  }
  return `${ms < 0 ? '-' : ''}${parts.length === 0 ? '0ms' : parts.join('')}`
}

const sizes: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
}

/** `T#1h2m`, `1.5s` in milliseconds; what is no duration counts as zero. */
export function parseDuration(text: string): number {
  let total = 0
  for (const [, amount, unit] of text.toLowerCase().matchAll(/(\d+(?:\.\d+)?)\s*(ns|us|ms|[dhms])/g))
    total += Number(amount) * sizes[unit!]!
  return text.includes('-') ? -total : total
}

export function formatDate(ms: number, kind: string): string {
  const iso = new Date(ms).toISOString()
  const clock = iso.slice(11, 23).replace(/\.000$/, '')
  if (kind === 'date') return `D#${iso.slice(0, 10)}`
  if (kind === 'tod') return `TOD#${clock}`
  return `DT#${iso.slice(0, 10)}-${clock}`
}

/** The shortest text that reads back as the same value. */
export function formatReal(value: number, bits: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (bits === 64) return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value)
  for (let digits = 6; digits <= 9; digits += 1) {
    const text = Number(value.toPrecision(digits))
    if (Math.fround(text) === value)
      return Number.isInteger(text) && Math.abs(text) < 1e15 ? text.toFixed(1) : String(text)
  }
  return String(value)
}
