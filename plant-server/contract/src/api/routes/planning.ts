/** Equipment, orders, plans. */
import { Type } from 'typebox'
import { ActionProposal } from '../../assistant.ts'
import { Equipment, OrderStatus } from '../../order.ts'
import { Plan, PlanDiff, WhatIf } from '../../plan.ts'
import { route } from '../route.ts'
import { Id, Reasoned } from '../shapes.ts'

export const planningRoutes = {
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
} as const
