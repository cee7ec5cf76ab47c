/** A person's judgement of an inspection: stored, audited with what stood before, shown to every browser. */
import { type Clock, type Inspection, ProblemError, type Review } from '@millwright/contract'
import { truthOf } from '../domain/quality/truth.ts'
import type { Caller } from '../http/handlers.ts'
import type { Audit, Hub } from '../ports.ts'
import type { InspectionReader, ReviewWriter } from './ports.ts'

export interface ReviewRequest {
  readonly decision: Review['decision']
  readonly comment: string
  readonly truth?: Review['truth'] | undefined
}

export interface Reviewer {
  /** Refuses with MW-2004 (no such inspection), MW-4003 or MW-4004 (truth missing or contradicted). */
  review(id: string, request: ReviewRequest, caller: Caller): Promise<Inspection>
}

export function createReviewer(deps: {
  readonly inspections: InspectionReader & ReviewWriter
  readonly audit: Audit
  readonly hub: Hub
  readonly clock: Clock
}): Reviewer {
  return {
    async review(id, request, caller) {
      const before = await deps.inspections.get(id)
      if (before === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'inspection', id } })
      const truth = truthOf(before.line.verdict, request.decision, request.truth)
      if (!truth.ok) throw new ProblemError({ code: truth.fault, place: id })
      const review: Review = {
        decision: request.decision,
        truth: truth.value,
        comment: request.comment,
        by: caller.name,
        t: deps.clock.now(),
      }
      await deps.inspections.setReview(id, review)
      await deps.audit.record(
        {
          action: 'inspection.review',
          subject: id,
          before: before.review ?? null,
          after: review,
          reason: request.comment,
        },
        caller,
      )
      const after: Inspection = { ...before, review }
      deps.hub.publish({ type: 'inspection', inspection: after })
      return after
    },
  }
}
