/** Who may connect as an agent, by enrolment; those of the server's file stand there. */
import type { Migration } from './migration.ts'

export interface AgentTable {
  agent: string
  /** SHA-256 of the agent's secret: who reads the database cannot connect with it. */
  secret_hash: string | null
  /** SHA-256 of a code that waits to be exchanged. */
  code_hash: string | null
  code_expires_at: number | null
  revoked: number
  /** Of the last change. */
  since: number
}

export interface AgentTables {
  agent: AgentTable
}

export const agentMigrations: readonly Migration[] = [
  {
    id: 'agents-1',
    sql: `
      CREATE TABLE agent (
        agent TEXT PRIMARY KEY, secret_hash TEXT, code_hash TEXT, code_expires_at INTEGER, revoked INTEGER NOT NULL,
        since INTEGER NOT NULL
      ) STRICT;`,
  },
]
