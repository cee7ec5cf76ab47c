import { readFile } from 'node:fs/promises'
import { type Plan as PlanRecord, systemClock, type WhatIf } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../domain/schedule/verify.ts'
import { buildPlanning, createScheduler, explainOrder, loadPlantFile, type PlantState, toPlan } from './index.ts'

const HOUR_MS = 3_600_000
const now = Date.UTC(2026, 0, 7, 6, 20)
const options = { seconds: 30, seed: 1, maxMoves: 1500 }
const scheduler = createScheduler({ clock: systemClock, workers: 2 })
const formatTime = (ms: number) => new Date(ms).toISOString()
let state: PlantState
let current: PlanRecord

beforeAll(async () => {
  const text = await readFile(new URL('../../../fixtures/orders/sample-plant.json', import.meta.url), 'utf8')
  const loaded = loadPlantFile(text, now)
  if (!loaded.ok) throw new Error('the sample plant has faults')
  const { shop, orders, equipment } = loaded.value
  const { draft } = await scheduler.plan({ shop, orders, equipment, now, current: null }, options)
  current = { ...draft, id: 'PLAN-1', state: 'published', createdAt: now, createdBy: 'test' }
  state = { shop, orders, equipment, now, current }
}, 60_000)
afterAll(() => scheduler.close())

async function ask(change: WhatIf) {
  const answer = await scheduler.whatIf(state, change, options)
  if (!answer.ok) throw new Error(answer.fault.code)
  return answer.value
}

describe('scheduler on the sample plant', () => {
  test('plan holds every operation of every open order, verified, and names what it leaves out', () => {
    const open = state.orders.filter(({ state: own }) => own !== 'done' && own !== 'held')
    const wanted = open.flatMap(({ id, operations }) => operations.map(({ operation }) => `${id}.${operation}`))
    expect(current.verified).toBe(true)
    expect(current.operations.map(({ order, operation }) => `${order}.${operation}`).sort()).toEqual(wanted.sort())
  })

  test('what runs stays on its machine from its actual start', () => {
    const running = current.operations.find(({ order, operation }) => order === 'WO-1005' && operation === 0)
    expect(running).toMatchObject({ equipment: 'SCR-BOND-2', start: now - HOUR_MS, frozen: true })
  })

  test('same seed and moves give the same plan', async () => {
    const again = await scheduler.plan({ ...state, current: null }, options)
    expect(again.draft.operations).toEqual(current.operations)
  })

  test('machine down for 4 hours: no work there meanwhile, most of the plan stays, and the diff tells both', async () => {
    const from = now + HOUR_MS
    const { draft, diff, planning, plan } = await ask({ kind: 'machine_down', equipment: 'PRI-DRY-1', from, hours: 4 })
    const during = draft.operations.filter(
      ({ equipment, start, end, frozen }) =>
        equipment === 'PRI-DRY-1' && !frozen && start < from + 4 * HOUR_MS && end > from,
    )
    expect(during).toEqual([])
    expect(draft.verified).toBe(true)
    expect(verify(planning.problem, plan)).toEqual([])
    expect(draft.downtimes).toEqual([{ equipment: 'PRI-DRY-1', from, to: from + 4 * HOUR_MS }])
    expect(diff.moved.length).toBeGreaterThan(0)
    expect(diff.moved.length).toBeLessThan(draft.operations.length / 2)
    expect(diff.before).toEqual(current.objective)
  })

  test('a line down takes all its work units down', async () => {
    const { draft } = await ask({ kind: 'machine_down', equipment: 'PACK-C1', from: now, hours: 6 })
    const units = new Set(['PACK-1', 'PACK-2', 'PACK-3', 'PACK-CASE'])
    const during = draft.operations.filter(
      ({ equipment, start, frozen }) => units.has(equipment) && !frozen && start < now + 6 * HOUR_MS,
    )
    expect(during).toEqual([])
  })

  test('an order made urgent ends sooner and its record weighs more', async () => {
    const end = (operations: readonly { order: string; end: number }[]) =>
      Math.max(...operations.filter(({ order }) => order === 'WO-1043').map(row => row.end))
    const { draft, changedOrders, diff } = await ask({ kind: 'rush_order', order: 'WO-1043' })
    expect(end(draft.operations)).toBeLessThan(end(current.operations))
    expect(changedOrders[0]?.priority).toBeGreaterThan(Math.max(...state.orders.map(({ priority }) => priority)))
    expect(diff.orders.map(({ order }) => order)).toContain('WO-1043')
  })

  test('a new rush order gets the next number, its operations and a place in the plan', async () => {
    const { draft, changedOrders, diff } = await ask({ kind: 'rush_order', product: 'SCR-14', quantity: 100 })
    expect(changedOrders.map(({ id }) => id)).toEqual(['WO-1061'])
    expect(draft.operations.filter(({ order }) => order === 'WO-1061')).toHaveLength(4)
    expect(diff.moved.filter(({ order, fromStart }) => order === 'WO-1061' && fromStart === undefined)).toHaveLength(4)
    expect(draft.verified).toBe(true)
  })

  test.each([
    [{ kind: 'machine_down', equipment: 'SCR-BOND-1', from: now, hours: 12 }],
    [{ kind: 'rush_order', order: 'WO-1043' }],
    [{ kind: 'rush_order', order: 'WO-1059', due: now + 20 * HOUR_MS }],
    [{ kind: 'rush_order', product: 'CUT-B', quantity: 3000 }],
    [{ kind: 'replan' }],
  ] satisfies [WhatIf][])(
    'candidate for %j verifies again from the records it leaves, as publishing does',
    async change => {
      const { draft, changedOrders } = await ask(change)
      const changed = new Set(changedOrders.map(({ id }) => id))
      const orders = [...state.orders.filter(({ id }) => !changed.has(id)), ...changedOrders]
      const planning = buildPlanning({ shop: state.shop, orders, now, downtimes: draft.downtimes })
      expect(verify(planning.problem, toPlan(planning, draft.operations))).toEqual([])
    },
  )

  test('downtimes of the plan in force that are not over still bind the next plan', async () => {
    const down = { equipment: 'PRI-DRY-2', from: now, to: now + 20 * HOUR_MS }
    const answer = await scheduler.whatIf(
      { ...state, current: { ...current, downtimes: [down] } },
      { kind: 'replan' },
      options,
    )
    const moved = answer.ok ? answer.value.draft : null
    expect(moved?.downtimes).toEqual([down])
    expect(moved?.operations.filter(o => o.equipment === 'PRI-DRY-2' && !o.frozen && o.start < down.to)).toEqual([])
  })

  test.each([
    [{ kind: 'machine_down', equipment: 'NOPE', from: now, hours: 4 }],
    [{ kind: 'rush_order', order: 'WO-9999' }],
    [{ kind: 'rush_order', order: 'WO-1001' }],
    [{ kind: 'rush_order', product: 'NOPE', quantity: 5 }],
  ] satisfies [WhatIf][])('%j names what the plant does not have', async change => {
    const answer = await scheduler.whatIf(state, change, options)
    expect(answer.ok ? null : answer.fault.code).toBe('MW-2004')
  })

  test('every late order has reasons in both languages, an order in time has none', () => {
    const { shop, orders } = state
    const planning = buildPlanning({ shop, orders, now })
    for (const { id, due } of planning.orders) {
      const end = Math.max(...current.operations.filter(({ order }) => order === id).map(row => row.end))
      const reasons = explainOrder(planning, current.operations, id, formatTime)
      expect([id, reasons.length > 0]).toEqual([id, end > due])
      for (const { text } of reasons) expect(`${text.zh}${text.en}`).not.toMatch(/[{}]|undefined/)
    }
  })

  test('held order says that it is held', () => {
    const planning = buildPlanning({ shop: state.shop, orders: state.orders, now })
    expect(explainOrder(planning, current.operations, 'WO-1034', formatTime).map(({ code }) => code)).toEqual(['held'])
  })

  test('order whose material never comes is left out with its material, and the rest is planned', () => {
    const shop = {
      ...state.shop,
      materials: state.shop.materials.map(row => (row.id === 'LEAF-C' ? { ...row, onHand: 0 } : row)),
    }
    const planning = buildPlanning({ shop, orders: state.orders, now })
    const missing = planning.unplanned.filter(({ code }) => code === 'material_missing')
    expect(missing.length).toBeGreaterThan(0)
    expect(missing.every(({ materials }) => materials.join() === 'LEAF-C')).toBe(true)
    expect(planning.orders.some(({ product }) => product === 'CUT-C')).toBe(false)
  })

  test('a plan read back from records is the plan that was made', () => {
    const planning = buildPlanning({ shop: state.shop, orders: state.orders, now })
    expect(verify(planning.problem, toPlan(planning, current.operations))).toEqual([])
  })
})
