/** The browser's copy of the session token. */
import type { Sessions } from '../../security/sessions.ts'
import { SESSION_MS } from '../../security/sessions.ts'
import type { RegisterDeps } from '../register.ts'
import { SESSION_COOKIE } from './auth.ts'

export function sessionCookie(sessions: Pick<Sessions, 'signOut'>): RegisterDeps['afterwards'] {
  return async (name, result, request, reply, who) => {
    const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const
    if (name === 'signIn') {
      const { token } = result as { token: string }
      reply.setCookie(SESSION_COOKIE, token, { ...options, maxAge: SESSION_MS / 1000 })
    }
    if (name === 'signOut') {
      if (who?.token !== undefined) await sessions.signOut(who.token)
      reply.clearCookie(SESSION_COOKIE, options)
    }
  }
}
