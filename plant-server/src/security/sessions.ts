/** Sessions by an opaque random token; only its hash is stored. */
import { createHash, randomBytes } from 'node:crypto'
import { type Clock, ProblemError, type User } from '@millwright/contract'
import type { PeopleRecords } from '../stores/people.ts'
import type { Passwords } from './passwords.ts'

export interface Sessions {
  /** Refuses with MW-2003, whatever was wrong. */
  signIn(name: string, password: string): Promise<{ user: User; token: string }>
  /** User of a token, undefined where it is unknown, over or the user disabled. */
  userOf(token: string): Promise<User | undefined>
  signOut(token: string): Promise<void>
}

export const SESSION_MS = 12 * 3_600_000

export interface SessionsDeps {
  readonly people: PeopleRecords
  readonly passwords: Passwords
  readonly clock: Clock
  /** Demo sign-ins are refused where the server is bound to anything but loopback (MW-2007). */
  readonly loopbackOnly: boolean
}

const hashed = (token: string) => createHash('sha256').update(token).digest('hex')

export function createSessions({ people, passwords, clock, loopbackOnly }: SessionsDeps): Sessions {
  /** Verified for names that do not exist, so that the time of the answer tells nothing. */
  let decoy: Promise<string> | undefined
  return {
    async signIn(name, password) {
      decoy ??= passwords.hash(randomBytes(16).toString('hex'))
      const stored = await people.user(name)
      const right = await passwords.verify(stored?.passwordHash ?? (await decoy), password)
      if (stored === undefined || !right || stored.user.disabled) throw new ProblemError({ code: 'MW-2003' })
      if (stored.user.demo && !loopbackOnly) throw new ProblemError({ code: 'MW-2007' })
      const token = randomBytes(32).toString('base64url')
      const now = clock.now()
      await people.endExpired(now)
      await people.addSession(hashed(token), name, now, now + SESSION_MS)
      return { user: stored.user, token }
    },
    async userOf(token) {
      const now = clock.now()
      const found = await people.sessionUser(hashed(token), now)
      if (found === undefined || (found.user.demo && !loopbackOnly)) return undefined
      // Used sessions live on; written at most every half of their life.
      if (found.expiresAt - now < SESSION_MS / 2) await people.extendSession(hashed(token), now + SESSION_MS)
      return found.user
    },
    signOut: token => people.endSession(hashed(token)),
  }
}
