import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ActionProposal, type AuditRecord, manualClock, type PlanDiff } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScheduler, type Scheduler, type Shop } from '../schedule/index.ts'
import { createPlanningRecords } from '../stores/planning-records.ts'
import { openRecords } from '../stores/records.ts'
import { createOrderBook } from './order-book.ts'
import { createPlanningDesk } from './planning-desk.ts'

const plantFile = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'fixtures', 'orders', 'sample-plant.json'),
  'utf8',
)
const planner = { name: 'planner', role: 'planner', lang: 'en' } as const
const SECONDS = 0.5
let scheduler: Scheduler

beforeAll(() => {
  scheduler = createScheduler({ clock: { ...manualClock(), now: () => performance.now() }, workers: 1 })
})
afterAll(() => scheduler.close())

async function setUp() {
  const store = openRecords(':memory:')
  const records = createPlanningRecords<Shop>(store.db)
  const clock = manualClock(Date.UTC(2026, 10, 25, 1))
  const audits: Pick<AuditRecord, 'action' | 'subject'>[] = []
  const published: string[] = []
  let count = 0
  const deps = {
    records,
    scheduler,
    clock,
    timeZone: 'Asia/Shanghai',
    newId: (prefix: string) => {
      count += 1
      return `${prefix}-${count}`
    },
    proposals: {
      create: async (
        input: Pick<ActionProposal, 'kind' | 'title' | 'summary' | 'roles' | 'createdBy' | 'payload'>,
      ): Promise<ActionProposal> => ({
        ...input,
        id: 'p',
        createdAt: 0,
        expiresAt: 1,
        hash: 'h',
        state: 'open',
      }),
    },
    audit: {
      record: async (entry: Pick<AuditRecord, 'action' | 'subject' | 'before' | 'after' | 'reason'>) => {
        audits.push(entry)
        return { ...entry, seq: 1, t: 0, person: '', role: '', hash: '' }
      },
    },
    hub: { publish: (message: { type: string }) => void published.push(message.type) },
  }
  const desk = createPlanningDesk(deps)
  const orders = createOrderBook(deps)
  await desk.importPlant(plantFile, planner, 'first load')
  const plan = (await desk.ensurePlan(SECONDS))!
  return { desk, orders, plan, audits, published, clock, records }
}

describe('MES', () => {
  it('plans the sample plant at first start, verified, and says why orders are late', async () => {
    const { plan, orders, audits } = await setUp()
    expect(plan).toMatchObject({ state: 'published', verified: true })
    const list = await orders.list()
    expect(list).toHaveLength(60)
    const late = list.filter(each => each.lateMinutes > 0)
    expect(late.length).toBe(plan.objective.lateOrders)
    for (const each of late) expect(each.reasons.length, each.order.id).toBeGreaterThan(0)
    expect(audits.map(each => each.action)).toEqual(['orders.import', 'plan.publish'])
  })

  it('machine down: a candidate with a diff changes nothing until published; undo brings the plan before back', async () => {
    const { desk, orders, plan, clock } = await setUp()
    const busiest = plan.operations.filter(each => !each.frozen && each.start > clock.now())[0]!
    const {
      plan: candidate,
      diff,
      proposal,
    } = await desk.whatIf(
      { kind: 'machine_down', equipment: busiest.equipment, from: clock.now(), hours: 4 },
      planner,
      SECONDS,
    )
    expect(candidate).toMatchObject({ state: 'candidate', verified: true, basedOn: plan.id })
    const until = clock.now() + 4 * 3_600_000
    for (const each of candidate.operations) {
      if (each.equipment === busiest.equipment && !each.frozen) expect(each.start).toBeGreaterThanOrEqual(until)
    }
    expect(diff.moved.length).toBeGreaterThan(0)
    expect(proposal).toMatchObject({ kind: 'publish_plan', roles: ['planner'], payload: { planId: candidate.id } })
    expect((await orders.current())?.id).toBe(plan.id)
    await desk.publish(candidate.id, planner, 'breakdown')
    expect((await orders.current())?.id).toBe(candidate.id)
    await expect(desk.publish(candidate.id, planner, 'again')).rejects.toMatchObject({ problem: { code: 'MW-2009' } })
    expect((await desk.undo(planner, 'repaired')).id).toBe(plan.id)
    expect((await orders.current())?.id).toBe(plan.id)
    expect((await orders.plan(candidate.id)).state).toBe('undone')
  })

  it('rush order: publishing adds it, undoing takes it away', async () => {
    const { desk, orders } = await setUp()
    const product = (await orders.list())[0]!.order.product
    const { plan, diff } = await desk.whatIf({ kind: 'rush_order', product, quantity: 100 }, planner, SECONDS)
    const added = newOrder(
      diff,
      (await orders.list()).map(each => each.order.id),
    )
    await desk.publish(plan.id, planner, 'customer asks')
    expect(await orders.status(added)).toMatchObject({ order: { product, quantity: 100 } })
    await desk.undo(planner, 'withdrawn')
    await expect(orders.status(added)).rejects.toMatchObject({ problem: { code: 'MW-2004' } })
  })

  it('a candidate based on an older plan is refused, and so is one whose orders have moved on', async () => {
    const { desk, orders, plan } = await setUp()
    const first = await desk.whatIf({ kind: 'replan' }, planner, SECONDS)
    const second = await desk.whatIf({ kind: 'replan' }, planner, SECONDS)
    await desk.publish(first.plan.id, planner, '')
    await expect(desk.publish(second.plan.id, planner, '')).rejects.toMatchObject({ problem: { code: 'MW-3003' } })
    const third = await desk.whatIf({ kind: 'replan' }, planner, SECONDS)
    const next = (await orders.list()).find(
      each =>
        each.order.operations[0]!.state === 'waiting' &&
        plan.operations.some(op => op.order === each.order.id && op.operation === 0),
    )!
    const { equipment } = next.order.operations[0]!.alternatives.at(-1)!
    await orders.start(next.order.id, 0, equipment, planner)
    await expect(desk.publish(third.plan.id, planner, '')).rejects.toMatchObject({ problem: { code: 'MW-3002' } })
  })

  it('operations start and end in order, each once', async () => {
    const { orders, clock } = await setUp()
    const next = (await orders.list()).find(
      each => each.order.operations.length > 1 && each.order.operations.every(op => op.state === 'waiting'),
    )!
    const { id, operations } = next.order
    const equipment = operations[0]!.alternatives[0]!.equipment
    await expect(orders.start(id, 1, operations[1]!.alternatives[0]!.equipment, planner)).rejects.toMatchObject({
      problem: { code: 'MW-2009' },
    })
    await expect(orders.start(id, 0, 'NOWHERE', planner)).rejects.toMatchObject({ problem: { code: 'MW-2004' } })
    await orders.start(id, 0, equipment, planner)
    const running = (await orders.runs()).find(run => run.order === id)
    expect(running).toEqual({ order: id, station: equipment, from: clock.now() })
    const after = await orders.end(id, 0, planner)
    expect(after.order.operations[0]).toMatchObject({ state: 'done', actualEnd: clock.now() })
    await expect(orders.end(id, 0, planner)).rejects.toMatchObject({ problem: { code: 'MW-2009' } })
  })

  it('a faulty plant file is refused with its place and leaves orders and plan alone', async () => {
    const { desk, orders, plan } = await setUp()
    const broken = plantFile.replace('"due": "', '"due": "never ')
    await expect(desk.importPlant(broken, planner, '')).rejects.toMatchObject({ problem: { code: 'MW-3001' } })
    expect(await orders.list()).toHaveLength(60)
    expect((await orders.current())?.id).toBe(plan.id)
  })
})

const newOrder = (diff: PlanDiff, known: readonly string[]) =>
  diff.moved.map(each => each.order).find(id => !known.includes(id))!
