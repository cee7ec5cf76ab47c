import type { Equipment, Loop, OrderStatus, Plan, SetpointProposal, TagDefinition } from '@millwright/contract'
import { expect, test } from 'vitest'
import {
  columnsOf,
  equipmentBelow,
  insideGuard,
  ordersAt,
  proposalsOf,
  splitMeasures,
  toneOf,
  withLoopLimits,
} from './model.ts'

const name = { zh: 'n', en: 'n' }
const tag = (full: string, more: Partial<TagDefinition> = {}): TagDefinition => ({
  tag: full,
  agent: 'a',
  device: 'plc',
  source: 'opcua',
  type: 'float',
  unit: '%',
  description: name,
  ...more,
})
const loop: Loop = {
  loop: 'a/moisture',
  agent: 'a',
  target: 'a/dryer/moisture',
  output: 'a/dryer/steam',
  level: 'advise',
  setpoint: 12.5,
  low: 12,
  high: 13,
  guard: { low: 2, high: 6, maxStep: 0.3 },
}

const operation = (state: 'waiting' | 'running' | 'done', equipment: string, actualStart?: number) => ({
  operation: 0,
  segment: name,
  alternatives: [{ equipment, minutes: 60 }],
  state,
  ...(actualStart === undefined ? {} : { actualStart }),
})
const order = (
  id: string,
  operations: OrderStatus['order']['operations'],
  state: OrderStatus['order']['state'] = 'released',
) => ({
  order: {
    id,
    product: 'p',
    productName: name,
    quantity: 1,
    unit: 'kg',
    release: 0,
    due: 0,
    priority: 1,
    state,
    materials: [],
    operations,
    remark: '',
  },
  lateMinutes: 0,
  reasons: [],
})
const plan = (operations: readonly [string, string, number][]): Plan => ({
  id: 'p',
  state: 'published',
  createdAt: 0,
  createdBy: 'x',
  title: name,
  operations: operations.map(([id, equipment, start]) => ({
    order: id,
    operation: 0,
    equipment,
    start,
    end: start + 10,
    setupMinutes: 0,
    frozen: false,
  })),
  downtimes: [],
  objective: { weightedTardiness: 0, makespanMinutes: 0, lateOrders: 0 },
  bound: 0,
  verified: true,
  seconds: 1,
})

test('equipment below a line includes its units, whatever the order of the list', () => {
  const list: Equipment[] = [
    { id: 'U', level: 'work_unit', parent: 'L', name },
    { id: 'L', level: 'work_center', parent: 'A', name },
    { id: 'A', level: 'area', name },
  ]
  expect([...equipmentBelow(list, 'L')].sort()).toEqual(['L', 'U'])
  expect(equipmentBelow(list, undefined).size).toBe(0)
})

test('the order at hand runs here; the next is the first waiting one that the plan brings here', () => {
  const orders = [
    order('run', [operation('running', 'U', 5)]),
    order('later', [operation('waiting', 'U')]),
    order('next', [operation('waiting', 'U')]),
    order('elsewhere', [operation('waiting', 'V')]),
    order('held', [operation('waiting', 'U')], 'held'),
  ]
  const inForce = plan([
    ['later', 'U', 90],
    ['next', 'U', 50],
    ['elsewhere', 'V', 10],
    ['held', 'U', 20],
  ])
  const { current, next } = ordersAt(orders, inForce, new Set(['U']))
  expect([current?.status.order.id, current?.start]).toEqual(['run', 5])
  expect([next?.status.order.id, next?.start]).toEqual(['next', 50])
})

test('the plan decides where an operation with alternatives belongs', () => {
  const orders = [order('moved', [operation('waiting', 'U')])]
  expect(ordersAt(orders, plan([['moved', 'V', 10]]), new Set(['U'])).next).toBeUndefined()
})

test('colour is for what is beyond a limit and trusted', () => {
  const limited = tag('a/dryer/x', { limits: { lolo: 1, lo: 2, hi: 8, hihi: 9 } })
  expect(toneOf(limited, 5, 'good')).toBe('normal')
  expect(toneOf(limited, 8.5, 'good')).toBe('medium')
  expect(toneOf(limited, 9.5, 'uncertain')).toBe('high')
  expect(toneOf(limited, 9.5, 'stale')).toBe('stale')
})

test('a controlled value without limits of its own takes those of its loop', () => {
  expect(withLoopLimits(tag('a/dryer/moisture'), [loop]).limits).toEqual({ lo: 12, hi: 13 })
  expect(withLoopLimits(tag('a/dryer/other'), [loop]).limits).toBeUndefined()
})

test('rows always seen are controlled, limited or with a setpoint, then those of known range', () => {
  const measure = (full: string, more: Partial<TagDefinition> = {}, setpoint?: TagDefinition) => ({
    tag: tag(full, more),
    setpoint,
  })
  const measures = [
    measure('a/dryer/counter'),
    measure('a/dryer/ranged', { range: { low: 0, high: 1 } }),
    measure('a/dryer/limited', { limits: { hi: 1 } }),
    measure('a/dryer/driven', {}, tag('a/dryer/driven_setpoint')),
    measure('a/dryer/moisture'),
  ]
  const section = { id: 'dryer', name, whole: false, measures, setpoints: [], states: [] }
  const { key, more } = splitMeasures(section, [loop])
  expect(key.map(item => item.tag.tag)).toEqual([
    'a/dryer/moisture',
    'a/dryer/limited',
    'a/dryer/driven',
    'a/dryer/ranged',
  ])
  expect(more.map(item => item.tag.tag)).toEqual(['a/dryer/counter'])
})

test('the newest open proposal that has not expired is at hand; others are past', () => {
  const proposal = (id: string, t: number, state: SetpointProposal['state'], expiresAt = 100): SetpointProposal => ({
    id,
    loop: loop.loop,
    output: loop.output,
    t,
    expiresAt,
    current: 3,
    proposed: 3.1,
    unit: 'bar',
    forecastNow: 12.9,
    forecastThen: 12.5,
    state,
    reasons: [],
    refusals: [],
  })
  const all = [proposal('written', 1, 'written'), proposal('expired', 2, 'open', 5), proposal('open', 3, 'open')]
  const { open, past } = proposalsOf(all, loop.loop, 10)
  expect(open?.id).toBe('open')
  expect(past.map(item => item.id)).toEqual(['written'])
})

test('the guard’s limits and step are told before the write', () => {
  expect(insideGuard(loop, 3.3, 3)).toBe(true)
  expect(insideGuard(loop, 3.4, 3)).toBe(false)
  expect(insideGuard(loop, 1.9, 2)).toBe(false)
})

test('cards fill the shortest column, so that the line reads from the top', () => {
  const block = (id: string, rows: number) => ({
    section: { id, name, whole: false, measures: [], setpoints: [], states: [] },
    part: 'all' as const,
    rows,
  })
  const blocks = [block('conditioning', 4), block('cutter', 3), block('dryer', 8), block('cooler', 4), block('line', 3)]
  const ids = (count: number) => columnsOf(blocks, count).map(column => column.map(item => item.section.id))
  expect(ids(2)).toEqual([
    ['conditioning', 'cooler', 'line'],
    ['cutter', 'dryer'],
  ])
  expect(ids(1)).toEqual([['conditioning', 'cutter', 'dryer', 'cooler', 'line']])
})
