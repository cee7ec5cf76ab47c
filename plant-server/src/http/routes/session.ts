import { ProblemError, type User } from '@millwright/contract'
import type { Sessions } from '../../security/sessions.ts'
import type { PeopleRecords } from '../../stores/people.ts'
import type { Caller, SomeHandlers } from '../handlers.ts'

export function createSessionHandlers(deps: {
  sessions: Sessions
  people: PeopleRecords
  timeZone: string
}): SomeHandlers<'signIn' | 'session' | 'signOut' | 'setLang'> {
  const { sessions, people, timeZone } = deps
  /** The local administrator of the command line is nobody in the table. */
  async function userOf(caller: Caller): Promise<User> {
    const stored = await people.user(caller.name)
    if (stored !== undefined) return stored.user
    if (caller.role === 'agent') throw new ProblemError({ code: 'MW-2002', values: { role: caller.role } })
    return { name: caller.name, role: caller.role, lang: caller.lang, disabled: false, demo: false }
  }
  return {
    signIn: ({ body }) => sessions.signIn(body.name, body.password),
    session: async (_input, caller) => ({ user: await userOf(caller), timeZone }),
    // The session itself ends where its token is known: see http/plugins/session-cookie.ts.
    signOut: async () => ({ ok: true }),
    async setLang({ body }, caller) {
      await people.changeUser(caller.name, { lang: body.lang })
      return { user: { ...(await userOf(caller)), lang: body.lang } }
    },
  }
}
