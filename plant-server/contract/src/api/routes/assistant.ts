/** Proposals for people to approve, the assistant, knowledge, PLC programs. */
import { Type } from 'typebox'
import { ActionProposal, Answer } from '../../assistant.ts'
import { KnowledgeDocument } from '../../knowledge.ts'
import { PlcProgram } from '../../plc.ts'
import { Role } from '../../session.ts'
import { Lang } from '../../text.ts'
import { route } from '../route.ts'
import { Id, Reasoned } from '../shapes.ts'

export const assistantRoutes = {
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
