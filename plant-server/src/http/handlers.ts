/**
 * What stands behind the HTTP API: one function per row of the contract's `routes`. Handlers know no HTTP; they refuse by
 * throwing `ProblemError`. Policy (who may call) and schemas are applied by `register.ts` before a handler runs.
 */
import type { Readable } from 'node:stream'
import type { Lang, Role, Route, RouteInput, RouteName, RouteReply, Routes } from '@millwright/contract'

/** The person (or agent) behind a call. */
export interface Caller {
  readonly name: string
  readonly role: Role | 'agent'
  readonly lang: Lang
}

/** A reply that is a file. */
export interface FileReply {
  readonly mediaType: string
  /** A stream where it may be large. */
  readonly body: Buffer | Readable
  /** Offered as a download under this name. */
  readonly fileName?: string
  /** Content never changes under this address. */
  readonly immutable?: boolean
}

type Reply<R extends Route> = [RouteReply<R>] extends [never] ? FileReply : RouteReply<R>
export type Handler<R extends Route> = (input: RouteInput<R>, caller: Caller) => Promise<Reply<R>>
export type Handlers = { readonly [K in RouteName]: Handler<Routes[K]> }
/** The share of one subject; `app.ts` joins them and the types check that none is missing. */
export type SomeHandlers<K extends RouteName> = Pick<Handlers, K>
