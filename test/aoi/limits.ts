import type { Pattern } from '@millwright/models/synth'
import { type Family, type Flaw, MM_A_PX } from './panel.ts'

/** From here a flaw makes the panel defective. Mura in SEMU, colour in dE00, the rest shares of the light around. */
const LIMIT = {
  mura: 1.5,
  colour: 3,
  dead_pixel: 0.5,
  scratch: 0.04,
  stain: 0.04,
  oil: 0.04,
  line: 0.04,
  light_leak: 0.04,
} as const
/** A leak on black: it doubles the light of the black screen. */
const BLACK_LEAK = 1
/** Severities are drawn log-uniformly from the limit to this many times it. */
const TOP: Partial<Record<Family, number>> = { mura: 4, colour: 3, dead_pixel: 8, light_leak: 6 }
/** Families without a limit: plainly visible, as a share of the light around. */
const PLAIN = [0.04, 0.2] as const

/** Times the limit that a severity is drawn from. */
export function timesOf(family: Family): readonly [number, number] {
  return family in LIMIT ? [1, TOP[family] ?? 10] : [1, PLAIN[1] / PLAIN[0]]
}

/** Contrast in % that is just noticed over an area in mm2 (SEMI D31-1102). */
export const justNoticed = (mm2: number) => 1.97 / mm2 ** 0.33 + 0.72

/** Families that are a mura too where they are below their own limit. */
const ALSO_MURA: ReadonlySet<Family> = new Set(['scratch', 'stain', 'oil', 'light_leak'])

/**
 * Severity of a flaw `times` as strong as its limit. A scratch, stain or leak that is below its own limit may still be a mura: of
 * flaws below 1 the stricter of the two counts.
 */
export function severityOf(flaw: Omit<Flaw, 'severity'>, times: number, pattern: Pattern): number {
  if (!(flaw.family in LIMIT)) return PLAIN[0] * times
  const own = LIMIT[flaw.family as keyof typeof LIMIT]
  if (flaw.family === 'light_leak' && pattern === 'black') return BLACK_LEAK * times
  if (times >= 1 || !ALSO_MURA.has(flaw.family)) return own * times
  const round = flaw.family === 'scratch' ? flaw.size * flaw.thick : (Math.PI / 4) * flaw.size ** 2
  const area = flaw.family === 'light_leak' ? round / 2 : round
  const asMura = (LIMIT.mura * justNoticed(area * MM_A_PX ** 2)) / 100
  return Math.min(own, asMura) * times
}
