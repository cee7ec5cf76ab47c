/** Inspections in memory: for tests and for the sample plant of `mw-plant ask --demo`. */
import type { Inspection, Lot } from '@millwright/contract'
import { lotFrom } from '../domain/quality/lot.ts'
import type { InspectionReader, ReviewWriter } from './ports.ts'

export function memoryInspections(initial: readonly Inspection[]): InspectionReader & ReviewWriter {
  const rows = new Map(initial.map(row => [row.id, row]))
  const ordered = () => [...rows.values()].sort((a, b) => a.t - b.t || (a.id < b.id ? -1 : 1))
  return {
    async get(id) {
      return rows.get(id)
    },
    async select({ lot, from, to }) {
      return ordered().filter(
        row =>
          (lot === undefined || row.lot === lot) &&
          (from === undefined || row.t >= from) &&
          (to === undefined || row.t < to),
      )
    },
    async lots({ limit, before }) {
      const groups = Map.groupBy(ordered(), row => row.lot)
      const lots: Lot[] = [...groups.values()].flatMap(([first, ...rest]) =>
        first === undefined ? [] : [lotFrom([first, ...rest])],
      )
      return lots
        .filter(lot => before === undefined || lot.to < before)
        .sort((a, b) => b.to - a.to)
        .slice(0, limit)
    },
    async setReview(id, review) {
      const row = rows.get(id)
      if (row !== undefined) rows.set(id, { ...row, review })
    },
  }
}
