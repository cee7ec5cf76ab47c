/** Inspections of the sample plant: yesterday's lot and today's, some of them reviewed. Repeatable. */
import type { DefectClass, Inspection, Review } from '@millwright/contract'
import { lotOf, type RunAtStation } from '../../domain/quality/lot.ts'
import { HOUR, MINUTE, startOfDay } from '../../domain/quality/plant-day.ts'
import { makeInspection } from '../../quality/make-inspections.ts'

const STATION = 'AOI-1'
const CLASSES: readonly DefectClass[] = ['scratch', 'oil', 'stain', 'scratch', 'dust', 'dead_pixel']

/** Every how manyth capture has what. */
const EACH = { fail: 9, review: 17, reviewed: 2, wrong: 26 } as const

export function sampleInspections(now: number, timeZone: string, runs: readonly RunAtStation[]): Inspection[] {
  const today = startOfDay(now, timeZone)
  const yesterday = startOfDay(now, timeZone, -1)
  const times = [
    ...Array.from({ length: 160 }, (_, i) => yesterday + 8 * HOUR + i * 3 * MINUTE),
    ...Array.from({ length: 120 }, (_, i) => today + 7 * HOUR + i * MINUTE),
  ].filter(t => t <= now)
  return times.map((t, i): Inspection => {
    const verdict = i % EACH.fail === 4 ? 'fail' : i % EACH.review === 9 ? 'review' : 'pass'
    const isWrong = i % EACH.wrong === 13 || i === 22
    const truth = (verdict === 'pass') === isWrong ? 'defective' : 'good'
    const review: Review = { decision: isWrong ? 'overturn' : 'confirm', truth, comment: '', by: 'qa', t: t + MINUTE }
    const isReviewed = verdict === 'fail' || (verdict === 'pass' && (i % EACH.reviewed === 1 || isWrong))
    return makeInspection({
      panel: `LP14-${240_000 + i}`,
      t,
      station: STATION,
      lot: lotOf({ station: STATION, t }, runs, timeZone),
      verdict,
      defects: verdict === 'pass' ? [] : [{ class: CLASSES[i % CLASSES.length]!, score: 0.6 + (i % 35) / 100 }],
      ...(isReviewed ? { review } : {}),
    })
  })
}
