import { afterEach, expect, test } from 'vitest'
import { makeInspection } from '../quality/make-inspections.ts'
import { memoryInspections } from '../quality/memory-inspections.ts'
import { sampleLot } from '../reports/sample-lot.ts'
import { createInspectionRecords } from './inspections.ts'
import { createQualityRecords } from './quality-records.ts'
import { openRecords, type Records } from './records.ts'

let records: Records
afterEach(() => records.close())

const t0 = Date.UTC(2025, 10, 24, 2)
const rows = [
  ...sampleLot('WO-1043-AOI-1', t0),
  makeInspection({ panel: 'X', t: t0 + 9_000_000, verdict: 'pass', lot: 'L-20251124-AOI-1' }),
]

test('the stored inspections answer as those in memory do', async () => {
  records = openRecords(':memory:')
  const add = createInspectionRecords(records.db)
  const stored = createQualityRecords(records.db)
  for (const { agent, lot, review, ...event } of rows) {
    await add.add(agent, lot, event)
    if (review !== undefined) await stored.setReview(event.id, review)
  }
  const memory = memoryInspections(rows)
  for (const scope of [{ lot: 'WO-1043-AOI-1' }, { from: t0 + 60_000, to: t0 + 300_000 }, {}, { lot: 'none' }])
    expect(await stored.select(scope)).toEqual(await memory.select(scope))
  expect(await stored.lots({ limit: 10 })).toEqual(await memory.lots({ limit: 10 }))
  expect(await stored.lots({ limit: 1 })).toEqual(await memory.lots({ limit: 1 }))
  expect(await stored.lots({ limit: 10, before: t0 + 9_000_000 })).toEqual(
    await memory.lots({ limit: 10, before: t0 + 9_000_000 }),
  )
  expect(await stored.get(rows[0]!.id)).toEqual(rows[0])
  expect(await stored.get('none')).toBeUndefined()
})
