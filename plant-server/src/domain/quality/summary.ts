/** Figures of many inspections: verdicts, escape and overkill from the reviews, defects by class. */
import { DEFECT_CLASSES, type Inspection, type QualitySummary } from '@millwright/contract'
import { rateOf } from './clopper-pearson.ts'

export interface SummaryScope {
  readonly from: number
  readonly to: number
  readonly lot?: string
}

const count = <T>(items: readonly T[], test: (item: T) => boolean) => items.filter(test).length

/**
 * Escape: share of the reviewed defective parts that the machine had passed. Overkill: share of the reviewed good parts that
 * the machine had failed. A verdict of review is neither. Only reviewed captures count, so the rates are estimates for the
 * stream only as far as the reviewed captures were drawn from it without choosing.
 */
export function summarise(rows: readonly Inspection[], scope: SummaryScope): QualitySummary {
  const reviewed = rows.filter(row => row.review !== undefined)
  const defective = reviewed.filter(row => row.review?.truth === 'defective')
  const good = reviewed.filter(row => row.review?.truth === 'good')
  return {
    from: scope.from,
    to: scope.to,
    ...(scope.lot === undefined ? {} : { lot: scope.lot }),
    captures: rows.length,
    pass: count(rows, row => row.line.verdict === 'pass'),
    fail: count(rows, row => row.line.verdict === 'fail'),
    review: count(rows, row => row.line.verdict === 'review'),
    errors: count(rows, row => 'error' in row.line),
    reviewed: reviewed.length,
    escape: rateOf(
      count(defective, row => row.line.verdict === 'pass'),
      defective.length,
    ),
    overkill: rateOf(
      count(good, row => row.line.verdict === 'fail'),
      good.length,
    ),
    byClass: byClass(rows),
  }
}

/** Captures that have a defect of the class, and defects of the class; most captures first, absent classes left out. */
function byClass(rows: readonly Inspection[]): QualitySummary['byClass'] {
  const table = new Map(DEFECT_CLASSES.map(name => [name, { class: name, captures: 0, defects: 0 }]))
  for (const row of rows) {
    const classes = row.line.defects.map(defect => defect.class)
    for (const name of classes) table.get(name)!.defects += 1
    for (const name of new Set(classes)) table.get(name)!.captures += 1
  }
  return [...table.values()]
    .filter(entry => entry.defects > 0)
    .sort(
      (a, b) => b.captures - a.captures || b.defects - a.defects || (a.class < b.class ? -1 : 1),
    ) as QualitySummary['byClass']
}
