import type { InspectionEvent } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createInspectionRecords } from './inspections.ts'
import { createQualityRecords } from './quality-records.ts'
import { openRecords } from './records.ts'

const event = (n: number, verdict: 'pass' | 'fail' | 'review'): InspectionEvent => ({
  id: `aoi-1:${n}`,
  station: 'aoi-1',
  t: 1000 + n,
  sha256: 'a'.repeat(64),
  bytes: 1,
  mediaType: 'image/png',
  line:
    verdict === 'review'
      ? { image: 'x', verdict, error: { code: 'MW-1021', message: 'm' }, defects: [], score: null }
      : {
          image: 'x',
          panel: 'P',
          pattern: 'white',
          width: 9,
          height: 9,
          verdict,
          score: 0.5,
          defects: [],
          reasons: [],
          ms: { decode: 1, locate: 1, infer: 1, rules: 1, total: 4 },
          model: 'm',
          recipe: 'r',
        },
})
const review = { decision: 'overturn', truth: 'good', comment: '', by: 'qa', t: 5 } as const

async function filled() {
  const { db } = openRecords(':memory:')
  const records = createInspectionRecords(db)
  for (const [n, verdict] of (['pass', 'fail', 'fail', 'review'] as const).entries())
    await records.add('packing', n < 3 ? 'L1' : 'L2', event(n, verdict))
  await createQualityRecords(db).setReview('aoi-1:1', review)
  return records
}

describe('inspection records', () => {
  it('an inspection is added once', async () => {
    const records = await filled()
    expect(await records.add('packing', 'L9', event(0, 'pass'))).toBe(false)
    expect((await records.get('aoi-1:0'))?.lot).toBe('L1')
  })
  it('lists newest first, by lot, verdict and review', async () => {
    const records = await filled()
    const ids = async (query: object) => (await records.list({ limit: 9, ...query })).map(each => each.id.slice(-1))
    expect(await ids({})).toEqual(['3', '2', '1', '0'])
    expect(await ids({ before: 1002 })).toEqual(['1', '0'])
    expect(await ids({ lot: 'L1', verdict: 'fail' })).toEqual(['2', '1'])
    expect(await ids({ reviewed: true })).toEqual(['1'])
    expect(await ids({ reviewed: false, limit: 1 })).toEqual(['3'])
    expect((await records.get('aoi-1:1'))?.review).toEqual(review)
  })
})
