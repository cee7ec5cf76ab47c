/** The HTTP API of the plant server: the server registers these rows, the HMI and the command lines call them. */
import { Type } from 'typebox'
import { AgentStatus, ModelInfo } from '../agent.ts'
import { Alarm, AlarmJournalEntry } from '../alarm.ts'
import { ActionProposal, Answer } from '../assistant.ts'
import { Command, CommandResult } from '../command.ts'
import { Forecast, Loop, LoopLevel, SetpointProposal } from '../control.ts'
import { Inspection, ReviewDecision, Verdict } from '../inspection.ts'
import { KnowledgeDocument } from '../knowledge.ts'
import { Equipment, OrderStatus } from '../order.ts'
import { Plan, PlanDiff, WhatIf } from '../plan.ts'
import { PlcProgram } from '../plc.ts'
import { InspectionReport, Lot, QualitySummary } from '../quality.ts'
import { History, LiveValue } from '../reading.ts'
import { AuditCheck, AuditRecord, Role, User } from '../session.ts'
import { TagDefinition } from '../tag.ts'
import { Lang } from '../text.ts'
import { route } from './route.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 300 }) })
const Reasoned = { reason: Type.String({ maxLength: 500 }) }
const Page = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  before: Type.Optional(Type.Integer()),
}
/** Times in queries: ms since 1970 or ISO 8601. */
const Time = Type.Union([Type.Integer(), Type.String({ maxLength: 40 })])
const Done = Type.Object({ ok: Type.Literal(true) })

export const routes = {
  health: route({
    method: 'GET',
    path: '/healthz',
    access: 'open',
    summary: 'Is the plant server ready?',
    reply: Type.Object({ status: Type.Literal('ok'), version: Type.String() }),
  }),

  signIn: route({
    method: 'POST',
    path: '/api/session',
    access: 'open',
    summary: 'Sign in; sets the session cookie, the token serves programs',
    body: Type.Object({ name: Type.String({ maxLength: 64 }), password: Type.String({ maxLength: 200 }) }),
    reply: Type.Object({ user: User, token: Type.String() }),
  }),
  session: route({
    method: 'GET',
    path: '/api/session',
    access: 'any',
    summary: 'Who am I?',
    reply: Type.Object({ user: User, timeZone: Type.String() }),
  }),
  signOut: route({ method: 'DELETE', path: '/api/session', access: 'any', summary: 'Sign out', reply: Done }),
  setLang: route({
    method: 'PATCH',
    path: '/api/session',
    access: 'any',
    summary: 'Change own language',
    body: Type.Object({ lang: Lang }),
    reply: Type.Object({ user: User }),
  }),

  listUsers: route({
    method: 'GET',
    path: '/api/users',
    access: ['administrator'],
    summary: 'Users',
    reply: Type.Array(User),
  }),
  createUser: route({
    method: 'POST',
    path: '/api/users',
    access: ['administrator'],
    summary: 'Create a user',
    body: Type.Object({
      name: User.properties.name,
      role: Role,
      lang: Lang,
      password: Type.String({ minLength: 10, maxLength: 200 }),
      ...Reasoned,
    }),
    reply: User,
  }),
  changeUser: route({
    method: 'PATCH',
    path: '/api/users/:id',
    access: ['administrator'],
    summary: 'Change role, password or disable',
    params: Id,
    body: Type.Object({
      role: Type.Optional(Role),
      password: Type.Optional(Type.String({ minLength: 10, maxLength: 200 })),
      disabled: Type.Optional(Type.Boolean()),
      ...Reasoned,
    }),
    reply: User,
  }),
  listAudit: route({
    method: 'GET',
    path: '/api/audit',
    access: ['administrator'],
    summary: 'Audit records, newest first',
    query: Type.Object(Page),
    reply: Type.Array(AuditRecord),
  }),
  verifyAudit: route({
    method: 'GET',
    path: '/api/audit/check',
    access: ['administrator'],
    summary: 'Verify the hash chain',
    reply: AuditCheck,
  }),

  listTags: route({
    method: 'GET',
    path: '/api/tags',
    access: 'any',
    summary: 'Tags with unit, range and source',
    reply: Type.Array(TagDefinition),
  }),
  values: route({
    method: 'GET',
    path: '/api/values',
    access: 'any',
    summary: 'Newest values; tags separated by commas, all where none is named',
    query: Type.Object({ tags: Type.Optional(Type.String()) }),
    reply: Type.Array(LiveValue),
  }),
  history: route({
    method: 'GET',
    path: '/api/history',
    access: 'any',
    summary: 'History of a tag; every stored value, or at most `points` by min and max of each bucket',
    query: Type.Object({
      tag: Type.String(),
      from: Time,
      to: Time,
      points: Type.Optional(Type.Integer({ minimum: 2, maximum: 20000 })),
    }),
    reply: History,
  }),
  valueAt: route({
    method: 'GET',
    path: '/api/value-at',
    access: 'any',
    summary: 'Last value at or before a time',
    query: Type.Object({ tag: Type.String(), at: Time }),
    reply: Type.Union([LiveValue, Type.Null()]),
  }),

  listAlarms: route({
    method: 'GET',
    path: '/api/alarms',
    access: 'any',
    summary: 'Alarms that are not normal',
    reply: Type.Array(Alarm),
  }),
  alarmJournal: route({
    method: 'GET',
    path: '/api/alarms/journal',
    access: 'any',
    summary: 'Alarm transitions, newest first',
    query: Type.Object(Page),
    reply: Type.Array(AlarmJournalEntry),
  }),
  acknowledgeAlarm: route({
    method: 'POST',
    path: '/api/alarms/acknowledge',
    access: ['operator', 'process_engineer', 'administrator'],
    summary: 'Acknowledge at the source',
    body: Type.Object({ alarm: Type.String(), reason: Type.Optional(Type.String({ maxLength: 500 })) }),
    reply: CommandResult,
  }),

  listAgents: route({
    method: 'GET',
    path: '/api/agents',
    access: 'any',
    summary: 'Edge agents',
    reply: Type.Array(AgentStatus),
  }),
  listModels: route({
    method: 'GET',
    path: '/api/models',
    access: 'any',
    summary: 'Models with cards',
    reply: Type.Array(ModelInfo),
  }),
  writeTag: route({
    method: 'POST',
    path: '/api/commands/write',
    access: ['process_engineer', 'administrator'],
    summary: 'Write a setpoint through the guard',
    body: Type.Object({ tag: Type.String(), value: Type.Union([Type.Number(), Type.Boolean()]), ...Reasoned }),
    reply: CommandResult,
  }),
  listCommands: route({
    method: 'GET',
    path: '/api/commands',
    access: ['process_engineer', 'administrator'],
    summary: 'Commands, newest first',
    query: Type.Object(Page),
    reply: Type.Array(Type.Object({ command: Command, result: CommandResult })),
  }),

  listLoops: route({
    method: 'GET',
    path: '/api/loops',
    access: 'any',
    summary: 'Control loops',
    reply: Type.Array(Loop),
  }),
  setLoopLevel: route({
    method: 'POST',
    path: '/api/loops/:id/level',
    access: ['process_engineer'],
    summary: 'Change the level of a loop',
    params: Id,
    body: Type.Object({ level: LoopLevel, ...Reasoned }),
    reply: CommandResult,
  }),
  latestForecast: route({
    method: 'GET',
    path: '/api/loops/:id/forecast',
    access: 'any',
    summary: 'Newest forecast of a loop',
    params: Id,
    reply: Type.Union([Forecast, Type.Null()]),
  }),
  listSetpointProposals: route({
    method: 'GET',
    path: '/api/setpoint-proposals',
    access: 'any',
    summary: 'Setpoint proposals, newest first',
    query: Type.Object({ ...Page, loop: Type.Optional(Type.String()) }),
    reply: Type.Array(SetpointProposal),
  }),
  acceptSetpointProposal: route({
    method: 'POST',
    path: '/api/setpoint-proposals/:id/accept',
    access: ['operator', 'process_engineer'],
    summary: 'Accept, or accept with another value; the guard judges',
    params: Id,
    body: Type.Object({ value: Type.Optional(Type.Number()), ...Reasoned }),
    reply: CommandResult,
  }),
  rejectSetpointProposal: route({
    method: 'POST',
    path: '/api/setpoint-proposals/:id/reject',
    access: ['operator', 'process_engineer'],
    summary: 'Reject',
    params: Id,
    body: Type.Object(Reasoned),
    reply: CommandResult,
  }),

  listInspections: route({
    method: 'GET',
    path: '/api/inspections',
    access: 'any',
    summary: 'Inspections, newest first',
    query: Type.Object({
      ...Page,
      lot: Type.Optional(Type.String()),
      verdict: Type.Optional(Verdict),
      reviewed: Type.Optional(Type.Boolean()),
    }),
    reply: Type.Array(Inspection),
  }),
  getInspection: route({
    method: 'GET',
    path: '/api/inspections/:id',
    access: 'any',
    summary: 'One inspection',
    params: Id,
    reply: Inspection,
  }),
  reviewInspection: route({
    method: 'POST',
    path: '/api/inspections/:id/review',
    access: ['qa_engineer'],
    summary: 'Confirm or overturn',
    params: Id,
    body: Type.Object({
      decision: ReviewDecision,
      comment: Type.String({ maxLength: 1000 }),
      truth: Type.Optional(Type.Union([Type.Literal('good'), Type.Literal('defective')])),
    }),
    reply: Inspection,
  }),
  getImage: route({
    method: 'GET',
    path: '/api/images/:id',
    access: 'any',
    summary: 'Image by SHA-256; `width` for a thumbnail',
    params: Id,
    query: Type.Object({ width: Type.Optional(Type.Integer({ minimum: 32, maximum: 2048 })) }),
    produces: 'image/*',
  }),
  putImage: route({
    method: 'PUT',
    path: '/api/images/:id',
    access: 'agent',
    summary: 'Store an image under its SHA-256',
    params: Id,
    reply: Done,
  }),

  listLots: route({
    method: 'GET',
    path: '/api/lots',
    access: 'any',
    summary: 'Lots, newest first',
    query: Type.Object(Page),
    reply: Type.Array(Lot),
  }),
  qualitySummary: route({
    method: 'GET',
    path: '/api/quality/summary',
    access: 'any',
    summary: 'Verdicts, escape and overkill of a lot or a time',
    query: Type.Object({ lot: Type.Optional(Type.String()), from: Type.Optional(Time), to: Type.Optional(Time) }),
    reply: QualitySummary,
  }),
  reportModel: route({
    method: 'GET',
    path: '/api/lots/:id/report',
    access: 'any',
    summary: 'The inspection report of a lot as data',
    params: Id,
    reply: InspectionReport,
  }),
  reportFile: route({
    method: 'GET',
    path: '/api/lots/:id/report-file',
    access: 'any',
    summary: 'The inspection report as a file',
    params: Id,
    query: Type.Object({ lang: Lang, format: Type.Union([Type.Literal('pdf'), Type.Literal('html')]) }),
    produces: 'application/pdf',
  }),

  listEquipment: route({
    method: 'GET',
    path: '/api/equipment',
    access: 'any',
    summary: 'ISA-95 equipment hierarchy',
    reply: Type.Array(Equipment),
  }),
  listOrders: route({
    method: 'GET',
    path: '/api/orders',
    access: 'any',
    summary: 'Orders with what the plan in force says',
    reply: Type.Array(OrderStatus),
  }),
  getOrder: route({
    method: 'GET',
    path: '/api/orders/:id',
    access: 'any',
    summary: 'One order',
    params: Id,
    reply: OrderStatus,
  }),
  importOrders: route({
    method: 'POST',
    path: '/api/orders/import',
    access: ['planner'],
    summary: 'Load a plant file (orders, routings, calendars)',
    body: Type.Object({ text: Type.String({ maxLength: 5_000_000 }), ...Reasoned }),
    reply: Type.Object({ orders: Type.Integer() }),
  }),
  startOperation: route({
    method: 'POST',
    path: '/api/orders/:id/operations/:operation/start',
    access: ['operator', 'planner'],
    summary: 'An operation starts at its equipment',
    params: Type.Object({ id: Type.String(), operation: Type.Integer() }),
    body: Type.Object({ equipment: Type.String() }),
    reply: OrderStatus,
  }),
  endOperation: route({
    method: 'POST',
    path: '/api/orders/:id/operations/:operation/end',
    access: ['operator', 'planner'],
    summary: 'An operation ends',
    params: Type.Object({ id: Type.String(), operation: Type.Integer() }),
    reply: OrderStatus,
  }),
  currentPlan: route({
    method: 'GET',
    path: '/api/plans/current',
    access: 'any',
    summary: 'The plan in force',
    reply: Type.Union([Plan, Type.Null()]),
  }),
  getPlan: route({
    method: 'GET',
    path: '/api/plans/:id',
    access: 'any',
    summary: 'One plan',
    params: Id,
    reply: Plan,
  }),
  whatIf: route({
    method: 'POST',
    path: '/api/plans/what-if',
    access: ['planner'],
    summary: 'A candidate plan under a change, verified, as a proposal with its diff',
    body: Type.Object({ change: WhatIf, seconds: Type.Optional(Type.Number({ minimum: 0.5, maximum: 60 })) }),
    reply: Type.Object({ plan: Plan, diff: PlanDiff, proposal: ActionProposal }),
  }),
  undoPlan: route({
    method: 'POST',
    path: '/api/plans/undo',
    access: ['planner'],
    summary: 'The plan before comes into force again',
    body: Type.Object(Reasoned),
    reply: Plan,
  }),

  listActionProposals: route({
    method: 'GET',
    path: '/api/action-proposals',
    access: 'any',
    summary: 'Open proposals',
    reply: Type.Array(ActionProposal),
  }),
  approveActionProposal: route({
    method: 'POST',
    path: '/api/action-proposals/:id/approve',
    access: 'any',
    summary: 'Approve (the proposal names the roles) what the hash names',
    params: Id,
    body: Type.Object({ hash: Type.String(), ...Reasoned }),
    reply: ActionProposal,
  }),
  rejectActionProposal: route({
    method: 'POST',
    path: '/api/action-proposals/:id/reject',
    access: 'any',
    summary: 'Reject',
    params: Id,
    body: Type.Object(Reasoned),
    reply: ActionProposal,
  }),

  ask: route({
    method: 'POST',
    path: '/api/assistant/ask',
    access: 'any',
    summary: 'Ask in Chinese or English, with the rights of the asker',
    body: Type.Object({
      question: Type.String({ minLength: 1, maxLength: 4000 }),
      lang: Type.Optional(Lang),
      /** Id of the conversation, so that a change refers to what stood before. */ conversation: Type.Optional(
        Type.String({ maxLength: 80 }),
      ),
    }),
    reply: Answer,
  }),
  listTools: route({
    method: 'GET',
    path: '/api/assistant/tools',
    access: 'any',
    summary: 'Tools the assistant may use for the asker',
    reply: Type.Array(
      Type.Object({
        name: Type.String(),
        description: Type.String(),
        effect: Type.String(),
        roles: Type.Array(Role),
        schema: Type.Unknown(),
      }),
    ),
  }),
  listKnowledge: route({
    method: 'GET',
    path: '/api/knowledge',
    access: 'any',
    summary: 'Documents',
    reply: Type.Array(Type.Object({ id: Type.String(), lang: Lang, title: Type.String() })),
  }),
  getKnowledge: route({
    method: 'GET',
    path: '/api/knowledge/:id',
    access: 'any',
    summary: 'One document',
    params: Id,
    reply: KnowledgeDocument,
  }),

  listPlcPrograms: route({
    method: 'GET',
    path: '/api/plc/programs',
    access: ['process_engineer', 'administrator'],
    summary: 'Programs, newest version of each',
    reply: Type.Array(PlcProgram),
  }),
  savePlcProgram: route({
    method: 'POST',
    path: '/api/plc/programs',
    access: ['process_engineer'],
    summary: 'Save a version',
    body: Type.Object({
      name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,79}$' }),
      st: Type.String({ maxLength: 1_000_000 }),
      specification: Type.Unknown(),
      ...Reasoned,
    }),
    reply: PlcProgram,
  }),
  draftPlc: route({
    method: 'POST',
    path: '/api/plc/draft',
    access: ['process_engineer'],
    summary: 'Draft from words; a Draft of plc-codegen',
    body: Type.Object({
      text: Type.String({ minLength: 1, maxLength: 4000 }),
      previous: Type.Optional(Type.Unknown()),
    }),
    reply: Type.Unknown(),
  }),
} as const

export type Routes = typeof routes
export type RouteName = keyof Routes

/** What a refusal looks like, with every 4xx and 5xx status. */
export const ProblemReply = Type.Object({
  code: Type.String(),
  message: Type.Object({ zh: Type.String(), en: Type.String() }),
  place: Type.Optional(Type.String()),
})
