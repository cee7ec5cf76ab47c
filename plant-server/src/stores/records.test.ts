import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { migrations, openRecords } from './records.ts'

const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'mw-records-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})

describe('records', () => {
  it('keeps rows and applies each migration once when opened again', async () => {
    const file = join(folder(), 'records.db')
    const first = openRecords(file)
    await first.db.insertInto('event_mark').values({ agent: 'a', seq: 7 }).execute()
    await first.close()
    const second = openRecords(file)
    expect(await second.db.selectFrom('event_mark').selectAll().execute()).toEqual([{ agent: 'a', seq: 7 }])
    await second.close()
  })

  it('migration ids are unique', () => {
    const ids = migrations.map(step => step.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
