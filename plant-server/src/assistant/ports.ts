/** What the assistant needs of the plant. Every port is a question or a proposal; none of them writes to a machine. */
import type {
  ActionProposal,
  AgentStatus,
  Alarm,
  AlarmJournalEntry,
  Equipment,
  Forecast,
  History,
  LiveValue,
  LocalText,
  Loop,
  OrderStatus,
  Plan,
  PlanDiff,
  TagDefinition,
  WhatIf,
} from '@millwright/contract'
import type { Caller } from '../http/handlers.ts'
import type { Library } from '../knowledge/library.ts'
import type { QualityFigures } from '../quality/figures.ts'
import type { InspectionReader } from '../quality/ports.ts'

export interface OrderBook {
  orderIds(): Promise<readonly string[]>
  getOrder(id: string): Promise<OrderStatus | undefined>
  listOrders(): Promise<readonly OrderStatus[]>
  currentPlan(): Promise<Plan | null>
  equipment(): Promise<readonly Equipment[]>
  /** Products that orders can be made for. */
  products(): Promise<readonly { readonly id: string; readonly name: LocalText }[]>
  /** A verified candidate plan as a proposal; changes nothing. Refuses by throwing ProblemError. */
  whatIf(change: WhatIf, caller: Caller): Promise<{ plan: Plan; diff: PlanDiff; proposal: ActionProposal }>
}

export interface TagBook {
  definitions(): Promise<readonly TagDefinition[]>
  latest(tag: string): Promise<LiveValue | undefined>
  /** Last value at or before an instant. */
  valueAt(tag: string, t: number): Promise<LiveValue | null>
  /** Every stored value of a span. */
  history(tag: string, from: number, to: number): Promise<History>
}

export interface AlarmBook {
  /** Alarms that are not normal. */
  active(): Promise<readonly Alarm[]>
  /** Transitions of a span, newest first. */
  journal(from: number, to: number): Promise<readonly AlarmJournalEntry[]>
}

export interface LoopBook {
  loops(): Promise<readonly Loop[]>
  forecast(loop: string): Promise<Forecast | null>
}

export interface AgentBook {
  agents(): Promise<readonly AgentStatus[]>
}

/** A draft of PLC code after the gate parse → check → scenarios. */
export interface PlcDraft {
  /** False where the words fit no pattern; then the rest is empty. */
  readonly understood: boolean
  /** What is missing or was assumed, for the person. */
  readonly notes: readonly LocalText[]
  /** What it does and with which settings, as a sentence. */
  readonly summary?: LocalText
  readonly name: string
  readonly st: string
  readonly specification: unknown
  readonly evidence: unknown
  /** All checks and scenarios passed. */
  readonly green: boolean
  readonly scenarios: { readonly passed: number; readonly total: number }
  readonly problems: readonly string[]
  /** The draft as plc-codegen made it, for the workshop page. */
  readonly full: unknown
}

export interface PlcDrafter {
  /** @param previous specification or draft that the text changes */
  draft(text: string, previous?: unknown): Promise<PlcDraft>
  /** Parse, check and run the scenarios of the specification on a text that a person edited. */
  gate(st: string, specification: unknown): Promise<Pick<PlcDraft, 'green' | 'evidence' | 'scenarios' | 'problems'>>
}

export interface ProposalDesk {
  /** Stores an open proposal; nothing happens before a person with one of the roles approves it. */
  propose(
    proposal: Pick<ActionProposal, 'kind' | 'title' | 'summary' | 'roles' | 'payload'>,
    caller: Pick<Caller, 'name' | 'role'>,
  ): Promise<ActionProposal>
}

/** All that tools may reach. */
export interface Plant {
  readonly orders: OrderBook
  readonly tags: TagBook
  readonly alarms: AlarmBook
  readonly loops: LoopBook
  readonly agents: AgentBook
  readonly figures: QualityFigures
  readonly inspections: InspectionReader
  readonly library: Library
  readonly plc: PlcDrafter
  readonly proposals: ProposalDesk
}
