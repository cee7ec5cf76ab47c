/** One row per HTTP operation: path, who may call it, and the schema of everything that crosses. */
import type { Static, TSchema } from 'typebox'
import type { Role } from '../session.ts'

/** open: nobody need sign in · any: any signed-in person · agent: an edge agent's own credentials · else these roles. */
export type Access = 'open' | 'any' | 'agent' | readonly Role[]

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify style: `/api/orders/:id`. */
  readonly path: string
  readonly access: Access
  readonly summary: string
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** Absent: the reply is a file (its media type is in `produces`). */
  readonly reply?: TSchema
  readonly produces?: string
}

type Part<R extends Route, K extends 'params' | 'query' | 'body'> = R[K] extends TSchema
  ? { [P in K]: Static<R[K]> }
  : { [P in K]?: undefined }
/** What a caller passes for a route. */
export type RouteInput<R extends Route> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>
/** What a caller gets. */
export type RouteReply<R extends Route> = R['reply'] extends TSchema ? Static<R['reply']> : never

export const route = <const R extends Route>(row: R): R => row
