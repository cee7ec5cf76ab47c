/** A lot of 48 captures for tests and for looking at the report's pages. */
import type { DefectClass, Inspection, Review } from '@millwright/contract'
import { makeInspection } from '../quality/make-inspections.ts'

const CLASSES: readonly DefectClass[] = [
  'scratch',
  'oil',
  'stain',
  'scratch',
  'dust',
  'scratch',
  'dead_pixel',
  'oil',
  'mura',
]

export function sampleLot(lot: string, t0: number): Inspection[] {
  return Array.from({ length: 48 }, (_, i) => {
    const panel = `LP14-${String(240_100 + i)}`
    const verdict = i === 47 ? 'review' : i % 5 === 2 ? 'fail' : i % 11 === 6 ? 'review' : 'pass'
    const defects =
      verdict === 'pass' || i === 47
        ? []
        : [0, ...(i % 4 === 0 ? [1] : [])].map(k => ({
            class: CLASSES[(i + k) % CLASSES.length]!,
            score: Number((0.55 + ((i * 37 + k * 11) % 43) / 100).toFixed(3)),
          }))
    const wrong = i === 12 || i === 20
    const truth = (verdict === 'pass') === wrong ? 'defective' : 'good'
    const review: Review = {
      decision: wrong ? 'overturn' : 'confirm',
      truth,
      comment: wrong ? (i === 12 ? '灰尘，擦拭后消失 / dust, wiped off' : 'faint scratch missed') : '',
      by: 'qa',
      t: t0 + 3_600_000 + i * 20_000,
    }
    const reviewed = verdict !== 'review' && i % 2 === 0 && i < 40
    return makeInspection({
      panel,
      t: t0 + i * 11_000,
      verdict,
      lot,
      defects,
      ...(reviewed ? { review } : {}),
      ...(i === 47 ? { error: { code: 'MW-1021', message: 'the file ends early' } } : {}),
    })
  })
}
