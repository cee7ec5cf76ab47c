import { manualClock } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { auditHash, createAuditRecords } from './audit.ts'
import { openRecords } from './records.ts'

const admin = { name: 'admin', role: 'administrator' } as const

async function chainOf(length: number) {
  const records = openRecords(':memory:')
  const audit = createAuditRecords(records.db, manualClock())
  for (let i = 0; i < length; i += 1)
    await audit.record(
      {
        action: 'user.create',
        subject: `u${i}`,
        before: undefined,
        after: { role: 'planner', n: i },
        reason: '新员工',
      },
      admin,
    )
  return { records, audit }
}

describe('audit chain', () => {
  it('an untouched chain is verified, newest first in the list', async () => {
    const { audit } = await chainOf(5)
    expect(await audit.verify()).toEqual({ ok: true, records: 5 })
    const list = await audit.list(2)
    expect(list.map(record => record.seq)).toEqual([5, 4])
    expect((await audit.list(10, 3)).map(record => record.seq)).toEqual([2, 1])
  })

  it('records made at once are one after another', async () => {
    const { audit } = await chainOf(0)
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        audit.record({ action: 'x', subject: String(i), before: null, after: null, reason: '' }, admin),
      ),
    )
    expect(await audit.verify()).toEqual({ ok: true, records: 20 })
  })

  it.each([
    ['a changed value', (db: Db) => db.updateTable('audit').set({ after: '{"n":9}' }).where('seq', '=', 3).execute()],
    ['a changed person', (db: Db) => db.updateTable('audit').set({ person: 'mallory' }).where('seq', '=', 3).execute()],
    ['a removed record', (db: Db) => db.deleteFrom('audit').where('seq', '=', 3).execute()],
    ['broken JSON', (db: Db) => db.updateTable('audit').set({ before: '{' }).where('seq', '=', 3).execute()],
  ])('%s is found at its place', async (_name, tamper) => {
    const { audit, records } = await chainOf(5)
    await tamper(records.db)
    expect(await audit.verify()).toEqual({ ok: false, records: 2, brokenAt: 3 })
  })

  it('a record rewritten with a fitting hash breaks the one after it', async () => {
    const { audit, records } = await chainOf(5)
    const [third] = await audit.list(1, 4)
    const [second] = await audit.list(1, 3)
    const forged = { ...third!, person: 'mallory' }
    await records.db
      .updateTable('audit')
      .set({ person: 'mallory', hash: auditHash(second!.hash, forged) })
      .where('seq', '=', 3)
      .execute()
    expect(await audit.verify()).toEqual({ ok: false, records: 3, brokenAt: 4 })
  })
})

type Db = ReturnType<typeof openRecords>['db']
