/** Sign-in of OPC UA clients: the suite's own users, those whose role may read values, and no guessing of passwords. */
import { type Clock, routes, type User } from '@millwright/contract'
import { decide } from '../security/policy.ts'

export interface SignInDeps {
  /** The user whose password this is; undefined where it is nobody's, or the user may not sign in now. */
  readonly verify: (name: string, password: string) => Promise<User | undefined>
  readonly clock: Pick<Clock, 'now'>
  readonly onRefused: (name: string) => void
}

const WINDOW_MS = 60_000
/** Wrong passwords for one name in a minute; then every answer is no until the minute is over. */
const MOST_WRONG = 10

export function createSignIn({
  verify,
  clock,
  onRefused,
}: SignInDeps): (name: string, password: string) => Promise<boolean> {
  const wrong = new Map<string, number[]>()
  return async (name, password) => {
    const now = clock.now()
    const recent = (wrong.get(name) ?? []).filter(t => t > now - WINDOW_MS)
    if (recent.length < MOST_WRONG) {
      const user = await verify(name, password).catch(() => undefined)
      if (user !== undefined && decide(routes.values.access, user) === 'allowed') {
        wrong.delete(name)
        return true
      }
      recent.push(now)
      wrong.set(name, recent)
      // Names are the caller's choice: their number is bounded.
      if (wrong.size > 1000) for (const key of wrong.keys()) if (key !== name && wrong.size > 500) wrong.delete(key)
    }
    onRefused(name)
    return false
  }
}
