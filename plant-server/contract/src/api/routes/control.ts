/** Commands, loops, forecasts, setpoint proposals. */
import { Type } from 'typebox'
import { Command, CommandResult } from '../../command.ts'
import { Forecast, Loop, LoopLevel, SetpointProposal } from '../../control.ts'
import { route } from '../route.ts'
import { Id, Page, Reasoned } from '../shapes.ts'

export const controlRoutes = {
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
  enterLaboratorySample: route({
    method: 'POST',
    path: '/api/loops/:id/laboratory-samples',
    access: ['operator', 'qa_engineer', 'process_engineer'],
    summary: 'Enter a laboratory sample of the target: corrects the offset of its meter in the forecast',
    params: Id,
    body: Type.Object({ takenAt: Type.Integer(), value: Type.Number({ minimum: 0, maximum: 100 }), ...Reasoned }),
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
} as const
