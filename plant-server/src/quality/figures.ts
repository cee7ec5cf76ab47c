/** Quality figures of a lot or a time, and the lots themselves. */
import { type Clock, type Lot, ProblemError, type QualitySummary } from '@millwright/contract'
import { startOfDay } from '../domain/quality/plant-day.ts'
import { summarise } from '../domain/quality/summary.ts'
import type { InspectionReader, InspectionScope } from './ports.ts'

export interface QualityFigures {
  /** Of a lot, of a time, or of both; where nothing is named, of the plant's present day. MW-4001 for an empty lot. */
  summary(scope: InspectionScope): Promise<QualitySummary>
  /** Newest first. */
  lots(page: { limit?: number | undefined; before?: number | undefined }): Promise<Lot[]>
}

export function createQualityFigures(deps: {
  readonly inspections: InspectionReader
  readonly clock: Clock
  readonly timeZone: string
  /** The order whose lot it is; none for a lot of the day. */
  readonly orderOf?: (lot: string) => Promise<{ order: string; product: string } | undefined>
}): QualityFigures {
  return {
    async summary(scope) {
      const now = deps.clock.now()
      if (scope.lot !== undefined) {
        const rows = await deps.inspections.select(scope)
        const [first] = rows
        const last = rows.at(-1)
        if (first === undefined || last === undefined) throw new ProblemError({ code: 'MW-4001', place: scope.lot })
        return summarise(rows, { lot: scope.lot, from: scope.from ?? first.t, to: scope.to ?? last.t })
      }
      const to = scope.to ?? now
      const from = scope.from ?? startOfDay(to, deps.timeZone)
      return summarise(await deps.inspections.select({ from, to: to + (scope.to === undefined ? 1 : 0) }), { from, to })
    },
    async lots(page) {
      const lots = await deps.inspections.lots({
        limit: page.limit ?? 200,
        ...(page.before === undefined ? {} : { before: page.before }),
      })
      return Promise.all(lots.map(async lot => ({ ...lot, ...(await deps.orderOf?.(lot.id)) })))
    },
  }
}
