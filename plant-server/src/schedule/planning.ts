import type { Order, OrderOperation, PlannedOperation } from '@millwright/contract'
import { type Allocation, allocate, type Need } from '../domain/schedule/materials.ts'
import type { Frozen, Job, Operation, Plan, Problem } from '../domain/schedule/model.ts'
import { createCalendars } from '../domain/schedule/plant/calendars.ts'
import type { Shop, WorkUnit } from './plant.ts'
import { type Downtime, toMachine } from './to-machine.ts'

const MINUTE_MS = 60_000
/** Who gets scarce material: the earlier due, where a point of priority counts as so much earlier. */
const PRIORITY_LEAD_MS = 8 * 60 * MINUTE_MS

/** An order that planning treats as more urgent than its record says. */
export interface Urgency {
  readonly order: string
  readonly due: number
  readonly priority: number
}

export interface PlanningInput {
  readonly shop: Shop
  readonly orders: readonly Order[]
  /** ms since 1970 UTC; nothing that has not started is planned before it. */
  readonly now: number
  readonly downtimes?: readonly Downtime[]
  readonly urgent?: readonly Urgency[]
}

/** A plant at one moment as a problem for the solver, with the way back to orders, equipment and time. */
export interface Planning {
  readonly problem: Problem
  /** Orders by job index: those that are neither done nor held, and have their material. */
  readonly orders: readonly Order[]
  readonly units: readonly WorkUnit[]
  /** The problem's time 0 in ms since 1970 UTC; its unit is a minute. */
  readonly origin: number
  readonly downtimes: readonly Downtime[]
  /** Orders that cannot be planned: held, or without material in stock or on the way. */
  readonly unplanned: readonly {
    readonly order: string
    readonly code: 'held' | 'material_missing' | 'no_equipment'
    readonly materials: string[]
  }[]
  readonly allocations: readonly (Allocation & { readonly order: string; readonly operation: number })[]
}

export function buildPlanning(input: PlanningInput): Planning {
  const { shop, now } = input
  const live = input.orders.filter(({ state }) => state !== 'done')
  const held = live.filter(({ state }) => state === 'held')
  const known = new Set(shop.units.map(({ id }) => id))
  const isPossible = (order: Order) =>
    order.operations.length > 0 &&
    order.operations.every(({ alternatives }) => alternatives.some(({ equipment }) => known.has(equipment)))
  const candidates = live.filter(order => order.state !== 'held' && isPossible(order))
  const starts = candidates.flatMap(order => order.operations.map(({ actualStart }) => actualStart ?? now))
  const origin = Math.floor(Math.min(now, ...starts) / MINUTE_MS) * MINUTE_MS
  const minute = (ms: number) => Math.round((ms - origin) / MINUTE_MS)
  const nowMinute = Math.ceil((now - origin) / MINUTE_MS)
  const downtimes = (input.downtimes ?? []).filter(({ to }) => to > now)
  const urgent = new Map((input.urgent ?? []).map(row => [row.order, row]))

  const allocations = allocateMaterials(shop, candidates, minute)
  const missing = new Map<string, string[]>()
  for (const { order, material, ready } of allocations) {
    if (ready === null) missing.set(order, [...(missing.get(order) ?? []), material])
  }
  const orders = candidates.filter(({ id }) => !missing.has(id))
  const ready = new Map<string, number>()
  for (const allocation of allocations) {
    const key = `${allocation.order}.${allocation.operation}`
    ready.set(key, Math.max(ready.get(key) ?? 0, allocation.ready ?? 0))
  }

  const { units } = shop
  const families = [...new Set(shop.setups.flatMap(table => table.families))]
  const indexOf = new Map(units.map(({ id }, index) => [id, index]))
  const machines = units.map(unit => toMachine(shop, unit, families, origin, downtimes))
  const calendars = createCalendars(machines)
  const jobs = orders.map((order): Job => {
    const rush = urgent.get(order.id)
    const routing = shop.products.find(({ id }) => id === order.product)?.routing
    return {
      release: minute(order.release),
      due: minute(rush?.due ?? order.due),
      weight: Math.round(rush?.priority ?? order.priority),
      operations: order.operations.map((operation, k): Operation => {
        const step = routing?.[k]
        const alternatives = operation.alternatives.flatMap(({ equipment, minutes }) => {
          const machine = indexOf.get(equipment)
          return machine === undefined ? [] : [{ machine, duration: Math.max(1, Math.ceil(minutes)) }]
        })
        return {
          alternatives,
          family: familyIndex(families, step?.family),
          materialReady: ready.get(`${order.id}.${k}`) ?? 0,
          interruptible: step?.interruptible ?? false,
          frozen: frozenOf(order.operations, k, alternatives[0]!, minute, nowMinute, calendars.afterWork),
        }
      }),
    }
  })
  const unplanned = [
    ...held.map(({ id }) => ({ order: id, code: 'held' as const, materials: [] })),
    ...live
      .filter(order => order.state !== 'held' && !isPossible(order))
      .map(({ id }) => ({ order: id, code: 'no_equipment' as const, materials: [] })),
    ...[...missing].map(([order, materials]) => ({ order, code: 'material_missing' as const, materials })),
  ]
  return { problem: { now: nowMinute, machines, jobs }, orders, units, origin, downtimes, unplanned, allocations }
}

/** A plan in records as a plan of this problem; operations of orders that are no longer planned fall out. */
export function toPlan(planning: Planning, operations: readonly PlannedOperation[]): Plan {
  const jobs = new Map(planning.orders.map(({ id }, index) => [id, index]))
  const machines = new Map(planning.units.map(({ id }, index) => [id, index]))
  const minute = (ms: number) => Math.round((ms - planning.origin) / MINUTE_MS)
  return {
    operations: operations.flatMap(({ order, operation, equipment, start, end }) => {
      const job = jobs.get(order)
      const machine = machines.get(equipment)
      if (job === undefined || machine === undefined) return []
      return [{ job, operation, machine, start: minute(start), end: minute(end) }]
    }),
  }
}

function familyIndex(families: readonly string[], family: string | null | undefined): number | null {
  const index = families.indexOf(family ?? '')
  return index < 0 ? null : index
}

/**
 * What has started is a fact; what runs is expected to end by its machine's calendar, and not before now. What nobody
 * booked although a later operation has started is taken as done by then.
 */
function frozenOf(
  operations: readonly OrderOperation[],
  k: number,
  own: { machine: number; duration: number },
  minute: (ms: number) => number,
  now: number,
  afterWork: (machine: number, from: number, work: number) => number,
): Frozen | null {
  const { actualStart, actualEnd } = operations[k]!
  const { machine, duration } = own
  if (actualStart !== undefined) {
    const start = minute(actualStart)
    const end = actualEnd === undefined ? Math.max(now, afterWork(machine, start, duration)) : minute(actualEnd)
    return { machine, start, end: Math.max(start, end) }
  }
  const later = operations.slice(k + 1).find(operation => operation.actualStart !== undefined)
  if (later === undefined) return null
  const time = minute(later.actualStart!)
  return { machine, start: time, end: time }
}

function allocateMaterials(
  shop: Shop,
  orders: readonly Order[],
  minute: (ms: number) => number,
): Planning['allocations'] {
  const supplies = shop.materials.map(({ id, onHand, receipts }) => ({
    material: id,
    onHand,
    receipts: receipts.map(({ at, quantity }) => ({ at: minute(at), quantity })),
  }))
  const needs = orders.flatMap((order, index): Need[] => {
    const product = shop.products.find(({ id }) => id === order.product)
    return (product?.materials ?? []).flatMap(({ material, perUnit, operation }) => {
      // Started operations have taken their material; what is on hand is what is left.
      if (order.operations[operation]?.state !== 'waiting') return []
      // By the record alone, so that a plan verifies again when it is published.
      const rank = order.due - order.priority * PRIORITY_LEAD_MS
      return [{ key: `${index}.${operation}`, material, quantity: perUnit * order.quantity, rank }]
    })
  })
  return allocate(supplies, needs).map(allocation => {
    const [index, operation] = allocation.key.split('.').map(Number)
    return { ...allocation, order: orders[index!]!.id, operation: operation! }
  })
}
