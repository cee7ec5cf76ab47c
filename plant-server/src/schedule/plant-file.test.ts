import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadPlantFile } from './plant-file.ts'
import type { PlantFile } from './plant-schema.ts'

const base = Date.UTC(2026, 0, 7, 6, 20)
const sample = await readFile(new URL('../../../fixtures/orders/sample-plant.json', import.meta.url), 'utf8')

function changed(change: (file: PlantFile) => void): string {
  const file = JSON.parse(sample) as PlantFile
  change(file)
  return JSON.stringify(file)
}
const places = (text: string) => {
  const loaded = loadPlantFile(text, base, 'plant.json')
  return loaded.ok ? [] : loaded.fault.map(({ code, place }) => `${code} ${place}`)
}

test('sample plant loads: sixty orders, some of them running, one held', () => {
  const loaded = loadPlantFile(sample, base)
  const orders = loaded.ok ? loaded.value.orders : []
  const count = (state: string) => orders.filter(order => order.state === state).length
  expect([orders.length, count('done'), count('running'), count('held')]).toEqual([60, 2, 6, 1])
})

test('times count from the plant midnight before the base date, or from the base moment itself', () => {
  const loaded = loadPlantFile(sample, base)
  const order = loaded.ok ? loaded.value.orders.find(({ id }) => id === 'WO-1043')! : null
  // 2026-01-07 06:20 UTC is 14:20 in the plant; its midnight is 2026-01-06 16:00 UTC.
  expect(order?.due).toBe(Date.UTC(2026, 0, 6, 16) + (24 + 18) * 3_600_000)
  const running = loaded.ok ? loaded.value.orders.find(({ id }) => id === 'WO-1005')! : null
  expect(running?.operations[0]).toMatchObject({ state: 'running', actualStart: base - 3_600_000 })
})

test('text that is not JSON is one fault', () => {
  expect(places('{')).toEqual(['MW-0104 plant.json'])
})

test('every fault of the schema is named at once, each with its place', () => {
  const text = changed(file => {
    Object.assign(file.orders[3]!, { due: 'tomorrow' })
    Object.assign(file.orders[5]!, { quantity: -2 })
    Object.assign(file.materials[0]!, { onHnad: 5 })
  })
  expect(places(text)).toEqual(
    expect.arrayContaining([
      'MW-0101 plant.json/orders/3/due',
      'MW-0101 plant.json/orders/5/quantity',
      'MW-0101 plant.json/materials/0',
    ]),
  )
})

test('every name that leads nowhere is a fault, each with its place', () => {
  const text = changed(file => {
    file.orders[0]!.product = 'NOPE'
    file.orders[1]!.id = 'WO-1001'
    file.equipment[6]!.calendar = 'NOPE'
    file.equipment[7]!.parent = 'NOPE'
    file.products[0]!.routing[0]!.alternatives[0]!.equipment = 'PRIMARY'
    file.products[1]!.materials[0]!.material = 'NOPE'
    file.products[2]!.routing[1]!.family = 'NOPE'
    file.setups[0]!.minutes.pop()
    file.calendars[0]!.shifts[0]!.days.push(7)
  })
  expect(places(text)).toEqual([
    'MW-3001 plant.json/orders/1/id',
    'MW-3001 plant.json/calendars/0/shifts/0/days',
    'MW-3001 plant.json/setups/0/minutes',
    'MW-3001 plant.json/equipment/6/calendar',
    'MW-3001 plant.json/equipment/7/parent',
    'MW-3001 plant.json/products/0/routing/0/alternatives/0/equipment',
    'MW-3001 plant.json/products/1/materials/0/material',
    'MW-3001 plant.json/products/2/routing/1/family',
    'MW-3001 plant.json/products/2/routing/1/family',
    'MW-3001 plant.json/orders/0/product',
  ])
})

test('equipment that lies within itself is a fault', () => {
  const text = changed(file => {
    file.equipment.find(({ id }) => id === 'PLANT-1')!.parent = 'PRIMARY'
  })
  expect(places(text)[0]).toMatch(/^MW-3001 plant\.json\/equipment\/\d+\/parent$/)
})
