/**
 * Signals of the sample plant behind `mw-plant ask --demo`: a pure function of tag and time, so that the same question has the
 * same answer. Made up: slow waves about the middle of a tag's limits or range. The simulated line of fixtures/ is another,
 * with physics; this one needs no process.
 */
import type { HistoryPoint, ReadingValue, TagDefinition } from '@millwright/contract'

/** Time between two samples, ms. */
export const SAMPLE_MS = 10_000

/** Whole number from a text, well spread (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0
  return value
}

export function signalAt(definition: TagDefinition, t: number): ReadingValue {
  const seed = hash(definition.tag)
  switch (definition.type) {
    case 'boolean':
      return !/stopped|interlock|emergency|alarm|jam|open/.test(definition.tag)
    case 'string':
      return 'CUT-A'
    case 'int':
      return definition.tag.endsWith('state') ? 1 : Math.floor(t / 60_000) % 100_000
    case 'float': {
      const { low, high } = band(definition)
      const phase = (t / 1000) * (1 / (300 + (seed % 900))) + (seed % 628) / 100
      const ripple = ((hash(`${definition.tag}${Math.floor(t / SAMPLE_MS)}`) % 2001) / 1000 - 1) * 0.15
      const isFixed = definition.writable !== undefined
      const middle = (low + high) / 2
      return Number((middle + (isFixed ? 0 : ((high - low) / 8) * (Math.sin(phase) + ripple))).toFixed(3))
    }
  }
}

/** Where the value usually is. */
function band({ limits, range, writable }: TagDefinition): { low: number; high: number } {
  const low = limits?.lo ?? range?.low ?? writable?.low ?? 0
  const high = limits?.hi ?? range?.high ?? writable?.high ?? 100
  return limits?.lo === undefined && limits?.hi !== undefined ? { low: 0.8 * high, high: 0.95 * high } : { low, high }
}

export const sampleAt = (t: number): number => Math.floor(t / SAMPLE_MS) * SAMPLE_MS

export function historyOf(definition: TagDefinition, from: number, to: number): HistoryPoint[] {
  const points: HistoryPoint[] = []
  for (let t = Math.ceil(from / SAMPLE_MS) * SAMPLE_MS; t <= to; t += SAMPLE_MS)
    points.push([t, signalAt(definition, t), 'good'])
  return points
}
