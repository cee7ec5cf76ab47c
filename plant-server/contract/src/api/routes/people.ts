/** Sign-in, users, audit, health. */
import { Type } from 'typebox'
import { AuditCheck, AuditRecord, Role, User } from '../../session.ts'
import { Lang } from '../../text.ts'
import { route } from '../route.ts'
import { Done, Id, Page, Reasoned } from '../shapes.ts'

export const peopleRoutes = {
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
} as const
