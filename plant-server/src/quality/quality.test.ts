import { type Inspection, manualClock, ProblemError } from '@millwright/contract'
import { describe, expect, test } from 'vitest'
import type { Caller } from '../http/handlers.ts'
import type { Audit, Hub } from '../ports.ts'
import { createQualityFigures } from './figures.ts'
import { makeInspection } from './make-inspections.ts'
import { memoryInspections } from './memory-inspections.ts'
import { createReviewer } from './review.ts'

const t0 = Date.UTC(2025, 10, 24, 2)
const lot = 'packing-aoi-1.2025-11-24'
const review = (decision: 'confirm' | 'overturn', truth: 'good' | 'defective') => ({
  decision,
  truth,
  comment: '',
  by: 'qa',
  t: t0,
})
const qa: Caller = { name: 'qa', role: 'qa_engineer', lang: 'zh' }

function scene(rows: Inspection[]) {
  const audited: unknown[] = []
  const published: unknown[] = []
  const audit: Audit = {
    record: async entry => {
      audited.push(entry)
      return { ...entry, seq: 1, t: 0, person: 'qa', role: 'qa_engineer', hash: '' }
    },
  }
  const hub: Hub = { publish: message => void published.push(message) }
  const inspections = memoryInspections(rows)
  const clock = manualClock(t0)
  return {
    audited,
    published,
    inspections,
    reviewer: createReviewer({ inspections, audit, hub, clock }),
    figures: createQualityFigures({
      inspections,
      clock,
      timeZone: 'Asia/Shanghai',
      orderOf: async id => (id.startsWith('WO-7-') ? { order: 'WO-7', product: 'SCR-14' } : undefined),
    }),
  }
}

test('a lot of an order names it, a lot of the day names none', async () => {
  const { figures } = scene([
    makeInspection({ panel: 'P1', t: t0, verdict: 'pass', lot: 'WO-7-AOI-1' }),
    makeInspection({ panel: 'P2', t: t0 + 1, verdict: 'pass', lot: 'L-20251125-AOI-1' }),
  ])
  const lots = await figures.lots({})
  expect(lots.map(lot => [lot.id, lot.order, lot.product]).sort()).toEqual([
    ['L-20251125-AOI-1', undefined, undefined],
    ['WO-7-AOI-1', 'WO-7', 'SCR-14'],
  ])
})

describe('review', () => {
  test('a second review replaces the first; audit has both; the hub shows the new one', async () => {
    const row = makeInspection({
      panel: 'P1',
      t: t0,
      verdict: 'fail',
      lot,
      defects: [{ class: 'scratch', score: 0.9 }],
    })
    const { reviewer, audited, published, inspections } = scene([row])
    await reviewer.review(row.id, { decision: 'confirm', comment: 'clear' }, qa)
    const after = await reviewer.review(row.id, { decision: 'overturn', comment: 'a hair' }, qa)
    expect(after.review).toEqual({ decision: 'overturn', truth: 'good', comment: 'a hair', by: 'qa', t: t0 })
    expect((await inspections.get(row.id))?.review).toEqual(after.review)
    expect(audited[1]).toMatchObject({
      action: 'inspection.review',
      before: { decision: 'confirm', truth: 'defective' },
      after: { decision: 'overturn', truth: 'good' },
      reason: 'a hair',
    })
    expect(published).toHaveLength(2)
    expect(published[1]).toMatchObject({ type: 'inspection', inspection: { review: { decision: 'overturn' } } })
  })

  test('what cannot be reviewed is refused and leaves no trace', async () => {
    const row = makeInspection({ panel: 'P1', t: t0, verdict: 'review', lot })
    const { reviewer, audited, inspections } = scene([row])
    await expect(reviewer.review('nothing', { decision: 'confirm', comment: '' }, qa)).rejects.toThrow(/MW-2004/)
    await expect(reviewer.review(row.id, { decision: 'confirm', comment: '' }, qa)).rejects.toThrow(ProblemError)
    expect(audited).toEqual([])
    expect((await inspections.get(row.id))?.review).toBeUndefined()
  })
})

describe('figures', () => {
  const rows = [
    makeInspection({ panel: 'A', t: t0, verdict: 'pass', lot, review: review('overturn', 'defective') }),
    makeInspection({ panel: 'B', t: t0 + 1, verdict: 'pass', lot, review: review('confirm', 'good') }),
    makeInspection({
      panel: 'C',
      t: t0 + 2,
      verdict: 'fail',
      lot,
      defects: [
        { class: 'oil', score: 0.8 },
        { class: 'oil', score: 0.7 },
      ],
      review: review('overturn', 'good'),
    }),
    makeInspection({
      panel: 'D',
      t: t0 + 3,
      verdict: 'fail',
      lot,
      defects: [{ class: 'scratch', score: 0.9 }],
      review: review('confirm', 'defective'),
    }),
    makeInspection({
      panel: 'E',
      t: t0 + 4,
      verdict: 'review',
      lot,
      error: { code: 'MW-1021', message: 'truncated' },
    }),
    makeInspection({ panel: 'F', t: t0 + 5, verdict: 'pass', lot: 'WO-1.packing-aoi-1' }),
  ]

  test('escape and overkill come from the reviews alone', async () => {
    const summary = await scene(rows).figures.summary({ lot })
    expect(summary).toMatchObject({ captures: 5, pass: 2, fail: 2, review: 1, errors: 1, reviewed: 4 })
    expect(summary.escape).toMatchObject({ events: 1, of: 2, rate: 0.5, confidence: 0.95 })
    expect(summary.overkill).toMatchObject({ events: 1, of: 2, rate: 0.5 })
    expect(summary.byClass).toEqual([
      { class: 'oil', captures: 1, defects: 2 },
      { class: 'scratch', captures: 1, defects: 1 },
    ])
  })

  test('without a scope it is the plant day; an empty lot is a coded refusal', async () => {
    const { figures } = scene(rows)
    expect(await figures.summary({})).toMatchObject({ captures: 1, from: Date.UTC(2025, 10, 23, 16), to: t0 })
    await expect(figures.summary({ lot: 'none' })).rejects.toThrow(/MW-4001/)
  })

  test('lots come newest first with their counts', async () => {
    const lots = await scene(rows).figures.lots({})
    expect(lots.map(entry => entry.id)).toEqual(['WO-1.packing-aoi-1', lot])
    expect(lots[1]).toMatchObject({ captures: 5, pass: 2, fail: 2, review: 1, reviewed: 4, from: t0, to: t0 + 4 })
    expect(await scene(rows).figures.lots({ before: t0 + 5 })).toHaveLength(1)
  })
})
