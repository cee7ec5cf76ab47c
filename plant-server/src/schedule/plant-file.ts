import { type Problem as Fault, failed, type Order, ok, parseJson, parser, type Result } from '@millwright/contract'
import { makeOrder } from './make-order.ts'
import type { PlantData, Product, Shop } from './plant.ts'
import { checkReferences } from './plant-references.ts'
import { PlantFile } from './plant-schema.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS

/**
 * Reads a plant file. `baseDate` (ms since 1970 UTC) is the moment that its times count from, `+0d 00:00` the midnight
 * before it in the plant. All faults at once, each with its place (a JSON pointer).
 */
export function loadPlantFile(text: string, baseDate: number, place = ''): Result<PlantData, Fault[]> {
  const parsed = parseJson(parser(PlantFile), text, place)
  if (!parsed.ok) return parsed
  const file = parsed.value
  const faults = checkReferences(file, place)
  if (faults.length > 0) return failed(faults)

  const offset = file.utcOffsetMinutes * MINUTE_MS
  const dayZero = Math.floor((baseDate + offset) / DAY_MS) * DAY_MS - offset
  const baseMinute = Math.floor(baseDate / MINUTE_MS) * MINUTE_MS
  const at = (moment: string) => momentAfter(moment, dayZero, baseMinute)
  const products = file.products.map(
    ({ materials, routing, ...product }): Product => ({
      ...product,
      materials: materials.map(({ operation, ...row }) => ({ ...row, operation: operation ?? 0 })),
      routing: routing.map(step => ({ ...step, family: step.family ?? null })),
    }),
  )
  const parents = new Map(file.equipment.map(({ id, parent }) => [id, parent]))
  const shop: Shop = {
    dayZero,
    units: file.equipment
      .filter(({ level }) => level === 'work_unit')
      .map(({ id, name, calendar, maintenance, setup, family }) => ({
        id,
        name,
        within: ancestors(parents, id),
        calendar: calendar ?? null,
        maintenance: (maintenance ?? []).map(({ from, to }) => ({ from: at(from), to: at(to) })),
        setup: setup ?? null,
        family: family ?? null,
      })),
    calendars: file.calendars.map(({ id, cycleDays, shifts }) => ({
      id,
      cycleDays,
      shifts: shifts.flatMap(({ days, from, to }) =>
        days.map(day => ({ day, from: clockMinutes(from), to: clockMinutes(to) })),
      ),
    })),
    setups: file.setups,
    materials: file.materials.map(({ receipts, ...material }) => ({
      ...material,
      receipts: receipts.map(receipt => ({ at: at(receipt.at), quantity: receipt.quantity })),
    })),
    products,
  }
  const orders = file.orders.map(row => {
    const product = products.find(({ id }) => id === row.product)!
    const { id, quantity, priority, remark = '' } = row
    const order = makeOrder(shop, {
      id,
      product,
      quantity,
      priority,
      remark,
      release: at(row.release),
      due: at(row.due),
    })
    const progress = (row.progress ?? []).map(({ equipment, start, end }) => ({
      equipment,
      start: at(start),
      end: end === undefined ? null : at(end),
    }))
    return withProgress(order, progress, row.held === true)
  })
  const equipment = file.equipment.map(({ id, level, parent, name }) => ({
    id,
    level,
    name,
    ...(parent === undefined ? {} : { parent }),
  }))
  return ok({ name: file.name, equipment, orders, shop })
}

interface Progress {
  readonly equipment: string
  readonly start: number
  readonly end: number | null
}

function withProgress(order: Order, progress: readonly Progress[], held: boolean): Order {
  const operations = order.operations.map((operation, k): Order['operations'][number] => {
    const done = progress[k]
    if (done === undefined) return operation
    const { equipment, start, end } = done
    // It was done there, so that is the one place where it can be.
    const own = operation.alternatives.find(choice => choice.equipment === equipment) ?? operation.alternatives[0]!
    return {
      ...operation,
      alternatives: [{ equipment, minutes: own.minutes }],
      state: end === null ? 'running' : 'done',
      actualStart: start,
      ...(end === null ? {} : { actualEnd: end }),
    }
  })
  const isDone = operations.every(({ state }) => state === 'done')
  const state = held ? 'held' : isDone ? 'done' : progress.length > 0 ? 'running' : 'released'
  return { ...order, state, operations }
}

function ancestors(parents: ReadonlyMap<string, string | undefined>, id: string): string[] {
  const found = [id]
  for (let at = parents.get(id); at !== undefined && !found.includes(at); at = parents.get(at)) found.push(at)
  return found
}

function momentAfter(moment: string, dayZero: number, baseMinute: number): number {
  const sign = moment.startsWith('-') ? -1 : 1
  const [, count, unit, clock] = /^[+-](\d+)([dhm])(?: (.*))?$/.exec(moment)!
  if (unit === 'd') return dayZero + sign * Number(count) * DAY_MS + clockMinutes(clock!) * MINUTE_MS
  return baseMinute + sign * Number(count) * (unit === 'h' ? 60 : 1) * MINUTE_MS
}

function clockMinutes(clock: string): number {
  const [hours, minutes] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}
