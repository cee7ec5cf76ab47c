/** The plant server's HTTP API, typed by the contract's table: one function for all rows. */
import { type RouteInput, type RouteName, type RouteReply, type Routes, routes } from '@millwright/contract'
import { ApiError, errorOf, networkError } from './api-error.ts'

/** A query of which every part may be left out may be left out itself. */
type Input<N extends RouteName> =
  RouteInput<Routes[N]> extends infer I extends { query?: unknown }
    ? Record<never, never> extends I['query']
      ? Omit<I, 'query'> & { query?: I['query'] }
      : I
    : never
/** Rows that need no input may be called without one. */
export type Args<N extends RouteName> = Record<never, never> extends Input<N> ? [input?: Input<N>] : [input: Input<N>]
export type Reply<N extends RouteName> = RouteReply<Routes[N]>

interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** Path with its parameters and query filled in. */
export function urlOf(path: string, { params, query }: AnyInput = {}): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name] ?? '')))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(key, String(value))
  const text = search.toString()
  return text === '' ? filled : `${filled}?${text}`
}

/** Address of a file (image, report) for `src` or `href`. */
export const fileUrl = <N extends RouteName>(name: N, ...[input]: Args<N>): string =>
  urlOf(routes[name].path, input as AnyInput | undefined)

/** Told when the server no longer knows the session. */
const signedOut = new Set<() => void>()
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

/**
 * Calls a row of the contract's table with the session cookie.
 * @throws {ApiError} with the server's problem code and text, or `network` where nothing answered
 */
export async function call<N extends RouteName>(name: N, ...[given]: Args<N>): Promise<Reply<N>> {
  const row = routes[name]
  const input = (given ?? {}) as AnyInput
  const init: RequestInit = { method: row.method, credentials: 'same-origin', headers: { accept: 'application/json' } }
  if (input.body !== undefined) {
    init.headers = { ...init.headers, 'content-type': 'application/json' }
    init.body = JSON.stringify(input.body)
  }
  let response: Response
  try {
    response = await fetch(urlOf(row.path, input), init)
  } catch {
    throw networkError()
  }
  const body = await bodyOf(response)
  if (response.ok) return body as Reply<N>
  // A proxy that finds no server behind it answers without a problem code.
  const error = errorOf(response.status, body)
  if (error.code === 'unexpected' && response.status >= 502) throw networkError()
  if (response.status === 401 && name !== 'signIn') for (const listener of signedOut) listener()
  throw error
}

export { ApiError }
