/** Users, their sessions and the audit chain. */
import type { Generated } from 'kysely'
import type { Migration } from './migration.ts'

export interface UserTable {
  name: string
  role: string
  lang: string
  disabled: number
  demo: number
  password_hash: string
  created_at: number
}

export interface SessionTable {
  /** SHA-256 of the token: who reads the database cannot sign in with it. */
  token_hash: string
  user: string
  created_at: number
  expires_at: number
}

export interface AuditTable {
  seq: Generated<number>
  t: number
  person: string
  role: string
  action: string
  subject: string
  /** JSON. */
  before: string
  after: string
  reason: string
  hash: string
}

export interface PeopleTables {
  user: UserTable
  session: SessionTable
  audit: AuditTable
}

export const peopleMigrations: readonly Migration[] = [
  {
    id: 'people-1',
    sql: `
      CREATE TABLE user (
        name TEXT PRIMARY KEY, role TEXT NOT NULL, lang TEXT NOT NULL, disabled INTEGER NOT NULL, demo INTEGER NOT NULL,
        password_hash TEXT NOT NULL, created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE session (
        token_hash TEXT PRIMARY KEY, user TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE audit (
        seq INTEGER PRIMARY KEY, t INTEGER NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, reason TEXT NOT NULL, hash TEXT NOT NULL
      ) STRICT;`,
  },
]
