import { ProblemError, type User } from '@millwright/contract'
import type { Audit } from '../../ports.ts'
import type { Passwords } from '../../security/passwords.ts'
import type { PeopleRecords } from '../../stores/people.ts'
import type { SomeHandlers } from '../handlers.ts'

export function createUserHandlers(deps: {
  people: PeopleRecords
  passwords: Passwords
  audit: Audit
  now: () => number
}): SomeHandlers<'listUsers' | 'createUser' | 'changeUser'> {
  const { people, passwords, audit } = deps
  const isAdministrator = (user: User) => user.role === 'administrator' && !user.disabled
  return {
    listUsers: () => people.users(),
    async createUser({ body }, caller) {
      const user: User = { name: body.name, role: body.role, lang: body.lang, disabled: false, demo: false }
      if (!(await people.addUser(user, await passwords.hash(body.password), deps.now())))
        throw new ProblemError({ code: 'MW-2012', values: { name: body.name } })
      await audit.record(
        { action: 'user.create', subject: user.name, before: null, after: user, reason: body.reason },
        caller,
      )
      return user
    },
    async changeUser({ params, body }, caller) {
      const before = (await people.user(params.id))?.user
      if (before === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'user', id: params.id } })
      const { role = before.role, disabled = before.disabled, password } = body
      // A password of one's own ends the demo.
      const after: User = { ...before, role, disabled, demo: password === undefined ? before.demo : false }
      const others = (await people.users()).filter(user => user.name !== before.name)
      if (isAdministrator(before) && !isAdministrator(after) && !others.some(isAdministrator))
        throw new ProblemError({ code: 'MW-2011' })
      await people.changeUser(before.name, {
        role,
        disabled,
        demo: after.demo,
        ...(password === undefined ? {} : { passwordHash: await passwords.hash(password) }),
      })
      // Whoever is signed in with the old password, role or right is out.
      if (password !== undefined || disabled || role !== before.role) await people.endSessionsOf(before.name)
      await audit.record(
        {
          action: 'user.change',
          subject: before.name,
          before,
          after: { ...after, passwordChanged: password !== undefined },
          reason: body.reason,
        },
        caller,
      )
      return after
    },
  }
}
