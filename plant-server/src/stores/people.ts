/** Users and their sessions. */
import type { Lang, Role, User } from '@millwright/contract'
import type { RecordsDb } from './records.ts'
import type { UserTable } from './tables/people.ts'

export interface StoredUser {
  readonly user: User
  readonly passwordHash: string
}

export interface PeopleRecords {
  users(): Promise<User[]>
  user(name: string): Promise<StoredUser | undefined>
  /** False where the name is taken. */
  addUser(user: User, passwordHash: string, createdAt: number): Promise<boolean>
  changeUser(name: string, change: Partial<Omit<User, 'name'>> & { passwordHash?: string }): Promise<void>
  addSession(tokenHash: string, user: string, createdAt: number, expiresAt: number): Promise<void>
  /** User of a session that has not expired and is not disabled. */
  sessionUser(tokenHash: string, now: number): Promise<{ user: User; expiresAt: number } | undefined>
  extendSession(tokenHash: string, expiresAt: number): Promise<void>
  endSession(tokenHash: string): Promise<void>
  endSessionsOf(user: string): Promise<void>
  endExpired(now: number): Promise<void>
}

const userOf = (row: UserTable): User => ({
  name: row.name,
  role: row.role as Role,
  lang: row.lang as Lang,
  disabled: row.disabled === 1,
  demo: row.demo === 1,
})

export function createPeopleRecords(db: RecordsDb): PeopleRecords {
  return {
    users: async () => (await db.selectFrom('user').selectAll().orderBy('name').execute()).map(userOf),
    async user(name) {
      const row = await db.selectFrom('user').selectAll().where('name', '=', name).executeTakeFirst()
      return row === undefined ? undefined : { user: userOf(row), passwordHash: row.password_hash }
    },
    async addUser(user, passwordHash, createdAt) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('user')
        .values({
          name: user.name,
          role: user.role,
          lang: user.lang,
          disabled: Number(user.disabled),
          demo: Number(user.demo),
          password_hash: passwordHash,
          created_at: createdAt,
        })
        .onConflict(conflict => conflict.column('name').doNothing())
        .executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    async changeUser(name, { role, lang, disabled, demo, passwordHash }) {
      const change = {
        ...(role === undefined ? {} : { role }),
        ...(lang === undefined ? {} : { lang }),
        ...(disabled === undefined ? {} : { disabled: Number(disabled) }),
        ...(demo === undefined ? {} : { demo: Number(demo) }),
        ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
      }
      if (Object.keys(change).length > 0) await db.updateTable('user').set(change).where('name', '=', name).execute()
    },
    async addSession(token_hash, user, created_at, expires_at) {
      await db.insertInto('session').values({ token_hash, user, created_at, expires_at }).execute()
    },
    async sessionUser(tokenHash, now) {
      const row = await db
        .selectFrom('session')
        .innerJoin('user', 'user.name', 'session.user')
        .selectAll('user')
        .select('session.expires_at')
        .where('session.token_hash', '=', tokenHash)
        .where('session.expires_at', '>', now)
        .where('user.disabled', '=', 0)
        .executeTakeFirst()
      return row === undefined ? undefined : { user: userOf(row), expiresAt: row.expires_at }
    },
    async extendSession(tokenHash, expires_at) {
      await db.updateTable('session').set({ expires_at }).where('token_hash', '=', tokenHash).execute()
    },
    async endSession(tokenHash) {
      await db.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
    },
    async endSessionsOf(user) {
      await db.deleteFrom('session').where('user', '=', user).execute()
    },
    async endExpired(now) {
      await db.deleteFrom('session').where('expires_at', '<=', now).execute()
    },
  }
}
