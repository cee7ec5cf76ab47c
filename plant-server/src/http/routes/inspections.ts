import { ProblemError } from '@millwright/contract'
import type { InspectionRecords } from '../../stores/inspections.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createInspectionHandlers = (
  inspections: InspectionRecords,
): SomeHandlers<'listInspections' | 'getInspection'> => ({
  listInspections: ({ query }) => inspections.list({ ...query, limit: query.limit ?? 100 }),
  async getInspection({ params }) {
    const found = await inspections.get(params.id)
    if (found === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'inspection', id: params.id } })
    return found
  },
})
