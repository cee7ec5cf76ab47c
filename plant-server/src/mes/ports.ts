/** What planning asks of the rest of the plant server. */
import type { ActionProposal, Clock, Order, Plan } from '@millwright/contract'
import type { Audit, Hub, NewId } from '../ports.ts'
import type { Scheduler, Shop } from '../schedule/index.ts'
import type { PlanningRecords } from '../stores/planning-records.ts'

/** Makes a proposal for people to approve; the wiring gives it a hash and keeps it. */
export interface Proposals {
  create(
    input: Pick<ActionProposal, 'kind' | 'title' | 'summary' | 'roles' | 'createdBy' | 'payload'>,
  ): Promise<ActionProposal>
}

export interface PlanningDeps {
  readonly records: PlanningRecords<Shop>
  readonly scheduler: Scheduler
  readonly proposals: Proposals
  readonly audit: Audit
  readonly hub: Hub
  readonly clock: Clock
  readonly newId: NewId
  /** IANA zone of the plant, for times in texts. */
  readonly timeZone: string
}

/** The plant as planning sees it at one moment. */
export interface PlantMoment {
  readonly shop: Shop
  readonly orders: readonly Order[]
  readonly current: Plan | null
}
