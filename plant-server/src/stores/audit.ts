/** The audit chain: append-only, each record bound to the one before by its hash. */
import { createHash } from 'node:crypto'
import { type AuditRecord, type Clock, canonicalJson } from '@millwright/contract'
import type { Audit } from '../ports.ts'
import type { RecordsDb } from './records.ts'
import type { AuditTable } from './tables/people.ts'

export interface AuditRecords extends Audit {
  list(limit: number, before?: number): Promise<AuditRecord[]>
  verify(): Promise<{ ok: boolean; records: number; brokenAt?: number }>
}

const GENESIS = '0'.repeat(64)
const SLICE = 1000

/** SHA-256 over the hash before and the canonical JSON of all but the hash. */
export function auditHash(previous: string, { hash: _hash, ...rest }: Omit<AuditRecord, 'hash'> & { hash?: string }) {
  return createHash('sha256')
    .update(previous + canonicalJson(rest))
    .digest('hex')
}

export function createAuditRecords(db: RecordsDb, clock: Clock): AuditRecords {
  const recordOf = (row: { [K in keyof AuditTable]: K extends 'seq' ? number : AuditTable[K] }): AuditRecord => ({
    ...row,
    before: JSON.parse(row.before),
    after: JSON.parse(row.after),
  })
  return {
    record: (entry, caller) =>
      db.transaction().execute(async trx => {
        const last = await trx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').executeTakeFirst()
        const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
        const rest = {
          seq: (last?.seq ?? 0) + 1,
          t: clock.now(),
          person: caller.name,
          role: caller.role,
          action: entry.action,
          subject: entry.subject,
          before: plain(entry.before),
          after: plain(entry.after),
          reason: entry.reason,
        }
        const record: AuditRecord = { ...rest, hash: auditHash(last?.hash ?? GENESIS, rest) }
        await trx
          .insertInto('audit')
          .values({ ...record, before: JSON.stringify(record.before), after: JSON.stringify(record.after) })
          .execute()
        return record
      }),
    async list(limit, before) {
      let query = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit)
      if (before !== undefined) query = query.where('seq', '<', before)
      return (await query.execute()).map(recordOf)
    },
    async verify() {
      let previous = GENESIS
      let expected = 1
      for (;;) {
        const rows = await db
          .selectFrom('audit')
          .selectAll()
          .where('seq', '>=', expected)
          .orderBy('seq')
          .limit(SLICE)
          .execute()
        if (rows.length === 0) return { ok: true, records: expected - 1 }
        for (const row of rows) {
          if (row.seq !== expected || !follows(previous, row))
            return { ok: false, records: expected - 1, brokenAt: expected }
          previous = row.hash
          expected += 1
        }
      }
    },
  }

  function follows(previous: string, row: Parameters<typeof recordOf>[0]): boolean {
    try {
      return auditHash(previous, recordOf(row)) === row.hash
    } catch {
      return false
    }
  }
}
