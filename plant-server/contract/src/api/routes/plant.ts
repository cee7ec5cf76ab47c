/** Tags, history, alarms, agents, models. */
import { Type } from 'typebox'
import { AgentStatus, ModelInfo } from '../../agent.ts'
import { Alarm, AlarmJournalEntry } from '../../alarm.ts'
import { CommandResult } from '../../command.ts'
import { History, LiveValue } from '../../reading.ts'
import { TagDefinition } from '../../tag.ts'
import { route } from '../route.ts'
import { Page, Time } from '../shapes.ts'

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
} as const
