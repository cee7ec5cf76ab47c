import { manualClock, ProblemError } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createPeopleRecords } from '../stores/people.ts'
import { openRecords } from '../stores/records.ts'
import { createDemoUsers, DEMO_USERS } from './demo-users.ts'
import { passwords } from './passwords.ts'
import { createSessions, SESSION_MS } from './sessions.ts'

function rig(loopbackOnly = true) {
  const clock = manualClock()
  const { db } = openRecords(':memory:')
  const people = createPeopleRecords(db)
  const sessions = createSessions({ people, passwords, clock, loopbackOnly })
  return {
    clock,
    db,
    people,
    sessions,
    demo: (wanted?: string) => createDemoUsers({ people, passwords, now: 0 }, wanted),
  }
}
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    error => (error instanceof ProblemError ? error.problem.code : String(error)),
  )

describe('sign-in', () => {
  it('passwords are stored as argon2id, tokens as hashes only', async () => {
    const { sessions, demo, people, db } = rig()
    const made = await demo()
    const { token } = await sessions.signIn('qa', made!.password)
    expect((await people.user('qa'))?.passwordHash).toMatch(/^\$argon2id\$/)
    const [row] = await db.selectFrom('session').selectAll().execute()
    expect(row?.token_hash).toHaveLength(64)
    expect(row?.token_hash).not.toContain(token)
  })
  it('demo users: one per role, once, with the password wanted or drawn', async () => {
    const { demo, people } = rig()
    const made = await demo('wanted-password')
    expect(made?.password).toBe('wanted-password')
    expect((await people.users()).map(user => user.role).sort()).toEqual(DEMO_USERS.map(user => user.role).sort())
    expect(await demo()).toBeUndefined()
    expect((await rig().demo())?.password).toMatch(/^[a-z2-9]{14}$/)
  })
  it('demo users are refused where the server is bound to more than loopback', async () => {
    const { sessions, demo } = rig(false)
    const made = await demo()
    expect(await code(sessions.signIn('admin', made!.password))).toBe('MW-2007')
    expect(await code(sessions.signIn('admin', 'wrong'))).toBe('MW-2003')
  })
  it('a session ends by itself, later where it is used', async () => {
    const { clock, sessions, demo } = rig()
    const { token } = await sessions.signIn('qa', (await demo())!.password)
    await clock.advance(SESSION_MS * 0.6)
    expect(await sessions.userOf(token)).toMatchObject({ name: 'qa' })
    await clock.advance(SESSION_MS * 0.6)
    expect(await sessions.userOf(token)).toBeDefined()
    await clock.advance(SESSION_MS)
    expect(await sessions.userOf(token)).toBeUndefined()
  })
})
