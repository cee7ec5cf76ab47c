/** View logic of lots: Pareto rows. Pure. */
import type { QualitySummary } from '@millwright/contract'

export interface ParetoRow {
  readonly name: QualitySummary['byClass'][number]['class']
  readonly defects: number
  /** Share of all defects up to and including this row, 0..1. */
  readonly cumulative: number
}

/** Classes with defects, most first, with the running share (Juran). */
export function paretoOf({ byClass }: Pick<QualitySummary, 'byClass'>): ParetoRow[] {
  const rows = byClass.filter(row => row.defects > 0).toSorted((a, b) => b.defects - a.defects)
  const total = rows.reduce((sum, row) => sum + row.defects, 0)
  let sum = 0
  return rows.map(row => {
    sum += row.defects
    return { name: row.class, defects: row.defects, cumulative: sum / total }
  })
}
