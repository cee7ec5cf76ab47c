/**
 * Who is calling: a session (cookie or Bearer), the local administrator's token, or an agent's id and secret (Basic).
 * A cookie alone never changes anything for another site: the Origin must be our own.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { ProblemError } from '@millwright/contract'
import type { FastifyRequest } from 'fastify'
import type { Sessions } from '../../security/sessions.ts'
import type { PeopleRecords } from '../../stores/people.ts'
import type { Caller } from '../handlers.ts'

export const SESSION_COOKIE = 'mw_session'
/** With the local administrator's token only: act with the rights of this user. */
export const ACT_AS = 'x-millwright-user'

export interface Identified {
  readonly caller: Caller
  readonly via: 'cookie' | 'bearer' | 'local' | 'agent'
  /** Token of the session, where it is one. */
  readonly token?: string
}

export interface Authenticator {
  /** Undefined where nobody is signed in. Refuses a cookie from another site (MW-2015). */
  identify(request: FastifyRequest): Promise<Identified | undefined>
}

export interface AuthDeps {
  readonly sessions: Sessions
  readonly people: Pick<PeopleRecords, 'user'>
  readonly localToken: string
  readonly isAgent: (agent: string, secret: string) => boolean
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))

export function createAuthenticator({ sessions, people, localToken, isAgent }: AuthDeps): Authenticator {
  async function local(request: FastifyRequest): Promise<Identified | undefined> {
    const name = request.headers[ACT_AS]
    if (typeof name !== 'string') return { caller: { name: 'local', role: 'administrator', lang: 'en' }, via: 'local' }
    const stored = await people.user(name)
    if (stored === undefined || stored.user.disabled)
      throw new ProblemError({ code: 'MW-2004', values: { what: 'user', id: name } })
    return { caller: stored.user, via: 'local' }
  }
  function agent(credentials: string): Identified | undefined {
    const text = Buffer.from(credentials, 'base64').toString('utf8')
    const colon = text.indexOf(':')
    const id = text.slice(0, colon)
    if (colon < 0 || !isAgent(id, text.slice(colon + 1))) return undefined
    return { caller: { name: id, role: 'agent', lang: 'en' }, via: 'agent' }
  }
  return {
    async identify(request) {
      const [scheme, credentials] = (request.headers.authorization ?? '').split(' ')
      if (scheme?.toLowerCase() === 'basic' && credentials !== undefined) return agent(credentials)
      if (scheme?.toLowerCase() === 'bearer' && credentials !== undefined) {
        if (same(credentials, localToken)) return local(request)
        const user = await sessions.userOf(credentials)
        return user === undefined ? undefined : { caller: user, via: 'bearer', token: credentials }
      }
      const cookie = request.cookies[SESSION_COOKIE]
      if (cookie === undefined) return undefined
      const user = await sessions.userOf(cookie)
      if (user === undefined) return undefined
      const upgrade = request.headers.upgrade !== undefined
      if ((upgrade || (request.method !== 'GET' && request.method !== 'HEAD')) && !sameOrigin(request))
        throw new ProblemError({ code: 'MW-2015' })
      return { caller: user, via: 'cookie', token: cookie }
    },
  }
}

/** Did the browser send this from a page of ours? */
export function sameOrigin(request: FastifyRequest): boolean {
  const origin = request.headers.origin
  return origin !== undefined && origin === `${request.protocol}://${request.headers.host}`
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
export const isLoopback = (address: string): boolean => LOOPBACK.test(address)
