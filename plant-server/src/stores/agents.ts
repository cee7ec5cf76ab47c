/** Enrolled agents. */
import type { RecordsDb } from './records.ts'

export interface StoredAgent {
  readonly agent: string
  readonly secretHash: string | undefined
  readonly code: { readonly hash: string; readonly expiresAt: number } | undefined
  readonly revoked: boolean
  readonly since: number
}

export interface AgentRecords {
  all(): Promise<StoredAgent[]>
  save(agent: StoredAgent): Promise<void>
}

export function createAgentRecords(db: RecordsDb): AgentRecords {
  return {
    all: async () =>
      (await db.selectFrom('agent').selectAll().orderBy('agent').execute()).map(row => ({
        agent: row.agent,
        secretHash: row.secret_hash ?? undefined,
        code:
          row.code_hash === null || row.code_expires_at === null
            ? undefined
            : { hash: row.code_hash, expiresAt: row.code_expires_at },
        revoked: row.revoked === 1,
        since: row.since,
      })),
    async save({ agent, secretHash, code, revoked, since }) {
      const columns = {
        secret_hash: secretHash ?? null,
        code_hash: code?.hash ?? null,
        code_expires_at: code?.expiresAt ?? null,
        revoked: Number(revoked),
        since,
      }
      await db
        .insertInto('agent')
        .values({ agent, ...columns })
        .onConflict(conflict => conflict.column('agent').doUpdateSet(columns))
        .execute()
    },
  }
}
