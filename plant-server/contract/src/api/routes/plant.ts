/** Tags, history, alarms, agents, models. */
import { Type } from 'typebox'
import { AgentCredentials, AgentEnrolment, AgentId, AgentStatus, EnrolmentCode, ModelInfo } from '../../agent.ts'
import { Alarm, AlarmJournalEntry } from '../../alarm.ts'
import { CommandResult } from '../../command.ts'
import { History, HistoryAggregates, HistoryInterval, LiveValue } from '../../reading.ts'
import { TagDefinition } from '../../tag.ts'
import { route } from '../route.ts'
import { Id, Page, Reasoned, Time } from '../shapes.ts'

/** What is asked of one alarm, and why. */
const OfAlarm = Type.Object({ alarm: Type.String(), reason: Type.Optional(Type.String({ maxLength: 500 })) })

export const plantRoutes = {
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
    summary:
      'History of a tag; every stored value (up to half a million), or at most `points` by min and max of each bucket',
    query: Type.Object({
      tag: Type.String(),
      from: Time,
      to: Time,
      points: Type.Optional(Type.Integer({ minimum: 2, maximum: 20000 })),
    }),
    reply: History,
  }),
  historyAggregates: route({
    method: 'GET',
    path: '/api/history/aggregates',
    access: 'any',
    summary: 'A tag by second, minute or hour: min, max, mean, last, mean weighted by time; at most 20,000 buckets',
    query: Type.Object({ tag: Type.String(), from: Time, to: Time, interval: HistoryInterval }),
    reply: HistoryAggregates,
  }),
  exportHistory: route({
    method: 'GET',
    path: '/api/history/export',
    access: ['qa_engineer', 'process_engineer', 'administrator'],
    summary: 'Stored values as a file; tags separated by commas, `*` stands for any characters',
    query: Type.Object({
      tags: Type.String({ minLength: 1, maxLength: 20_000 }),
      from: Time,
      to: Time,
      format: Type.Union([Type.Literal('parquet'), Type.Literal('csv')]),
    }),
    produces: 'application/octet-stream',
  }),
  deleteHistory: route({
    method: 'POST',
    path: '/api/history/delete',
    access: ['administrator'],
    summary: 'Delete stored values of a tag and what roll-ups hold of them; audited',
    body: Type.Object({ tag: Type.String(), from: Time, to: Time, ...Reasoned }),
    reply: Type.Object({ removed: Type.Integer() }),
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
    body: OfAlarm,
    reply: CommandResult,
  }),
  confirmAlarm: route({
    method: 'POST',
    path: '/api/alarms/confirm',
    access: ['operator', 'process_engineer', 'administrator'],
    summary: 'Say at the source that what the alarm asked for has been done',
    body: OfAlarm,
    reply: CommandResult,
  }),
  shelveAlarm: route({
    method: 'POST',
    path: '/api/alarms/shelve',
    access: ['operator', 'process_engineer', 'administrator'],
    summary:
      'Set an alarm aside at the source, for a time or until it returns to normal; a reason is needed (ISA-18.2)',
    body: Type.Object({
      alarm: Type.String(),
      /** A shift at most: what is forgotten comes back. */
      seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 28_800 })),
      reason: Type.String({ minLength: 1, maxLength: 500 }),
    }),
    reply: CommandResult,
  }),
  unshelveAlarm: route({
    method: 'POST',
    path: '/api/alarms/unshelve',
    access: ['operator', 'process_engineer', 'administrator'],
    summary: 'End the shelving of an alarm at the source',
    body: OfAlarm,
    reply: CommandResult,
  }),

  listAgents: route({
    method: 'GET',
    path: '/api/agents',
    access: 'any',
    summary: 'Edge agents',
    reply: Type.Array(AgentStatus),
  }),
  listEnrolments: route({
    method: 'GET',
    path: '/api/agents/enrolments',
    access: ['administrator'],
    summary: 'Who may connect as an agent, and whose right is revoked',
    reply: Type.Array(AgentEnrolment),
  }),
  addAgent: route({
    method: 'POST',
    path: '/api/agents',
    access: ['administrator'],
    summary: 'A code that the agent exchanges once for its credentials',
    body: Type.Object({
      agent: AgentId,
      /** The code is good for so long. */
      minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_080 })),
      ...Reasoned,
    }),
    reply: EnrolmentCode,
  }),
  enrolAgent: route({
    method: 'POST',
    path: '/api/agents/enrol',
    access: 'open',
    summary: 'Exchange a code for credentials: once',
    body: Type.Object({ agent: AgentId, code: Type.String({ maxLength: 64 }) }),
    reply: AgentCredentials,
  }),
  revokeAgent: route({
    method: 'POST',
    path: '/api/agents/:id/revoke',
    access: ['administrator'],
    summary: 'Take the right to connect from an agent: it is cut off at once',
    params: Id,
    body: Type.Object(Reasoned),
    reply: AgentEnrolment,
  }),
  listModels: route({
    method: 'GET',
    path: '/api/models',
    access: 'any',
    summary: 'Models with cards',
    reply: Type.Array(ModelInfo),
  }),
} as const
