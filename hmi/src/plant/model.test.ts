import type { Equipment, TagDefinition } from '@millwright/contract'
import { expect, test } from 'vitest'
import { breachOf, digitsOfTag, drawnRange, linesOf, sectionsOf } from './model.ts'

const name = (text: string) => ({ zh: text, en: text })
const equipment: Equipment[] = [
  { id: 'AREA', level: 'area', name: name('Area') },
  { id: 'L1', level: 'work_center', parent: 'AREA', name: name('Line 1') },
  { id: 'DRY', level: 'work_unit', parent: 'L1', name: name('Dryer') },
  { id: 'C1', level: 'work_center', parent: 'AREA', name: name('Cell') },
  { id: 'PK', level: 'work_unit', parent: 'C1', name: name('Packer') },
]
const tag = (full: string, more: Partial<TagDefinition> = {}): TagDefinition => ({
  tag: full,
  agent: full.slice(0, full.indexOf('/')),
  device: 'plc',
  source: 'opcua',
  type: 'float',
  unit: '%',
  description: name(full),
  ...more,
})
const writable = { writable: { low: 0, high: 10 } }

test('a line is an agent with process values, named after the work centre of most of its tags, in plant order', () => {
  const tags = [
    tag('b/packer/speed', { equipment: 'PK' }),
    tag('a/dryer/x', { equipment: 'DRY' }),
    tag('a/dryer/y', { equipment: 'DRY' }),
    tag('a/line/state', { equipment: 'AREA' }),
    tag('c/agent/outbox_pending', { source: 'agent' }),
  ]
  expect(linesOf(tags, equipment).map(line => [line.agent, line.name.en, line.equipment])).toEqual([
    ['a', 'Line 1', 'L1'],
    ['b', 'Cell', 'C1'],
  ])
})

test('a second plant without equipment still has a line and sections by name', () => {
  const tags = [
    tag('mill/grinder_1/speed'),
    tag('mill/grinder_1/running', { type: 'boolean' }),
    tag('mill/temperature'),
  ]
  expect(linesOf(tags, []).map(line => line.name.en)).toEqual(['Mill'])
  expect(
    sectionsOf('mill', tags, []).map(section => [section.name.en, section.measures.length, section.states.length]),
  ).toEqual([
    ['Grinder 1', 1, 1],
    ['Plc', 1, 0],
  ])
})

test.each([
  ['steam_pressure', 'steam_pressure_setpoint'],
  ['outlet_moisture', 'moisture_setpoint'],
  ['exhaust_damper', 'exhaust_damper_setpoint'],
  ['feed_rate', 'feed_setpoint'],
  ['speed', 'speed_sp'],
  ['speed_pv', 'speed_sp'],
])('%s is driven by %s', (value, setpoint) => {
  const tags = [tag(`a/dryer/${value}`), tag(`a/dryer/control/${setpoint}`, writable)]
  const [section] = sectionsOf('a', tags, [])
  expect(section?.measures[0]?.setpoint?.tag).toBe(`a/dryer/control/${setpoint}`)
  expect(section?.setpoints).toEqual([])
})

test('of an inlet and an outlet the outlet is driven', () => {
  const tags = [
    tag('a/dryer/inlet_moisture'),
    tag('a/dryer/outlet_moisture'),
    tag('a/dryer/moisture_setpoint', writable),
  ]
  const [section] = sectionsOf('a', tags, [])
  expect(section?.measures.map(measure => measure.setpoint?.tag)).toEqual([undefined, 'a/dryer/moisture_setpoint'])
})

test('sections follow the equipment list, what is of the whole line comes last', () => {
  const tags = [
    tag('a/line/state', { equipment: 'AREA' }),
    tag('a/packer/speed', { equipment: 'PK' }),
    tag('a/dryer/x', { equipment: 'DRY' }),
    tag('a/odd/x', { equipment: 'UNLISTED' }),
  ]
  expect(sectionsOf('a', tags, equipment).map(section => section.id)).toEqual(['DRY', 'PK', 'UNLISTED', 'AREA'])
})

test('a setpoint of another unit or section is not paired', () => {
  const tags = [
    tag('a/dryer/feed', { unit: 'kg' }),
    tag('a/dryer/feed_setpoint', { ...writable, unit: '%' }),
    tag('a/cutter/dryer_setpoint', writable),
  ]
  const sections = sectionsOf('a', tags, [])
  expect(sections.map(section => section.setpoints.map(item => item.tag))).toEqual([
    ['a/dryer/feed_setpoint'],
    ['a/cutter/dryer_setpoint'],
  ])
})

test('of two limits beyond, the worse counts', () => {
  const limited = tag('a/x/y', { limits: { lolo: 1, lo: 2, hi: 8, hihi: 9 } })
  expect([0, 1.5, 5, 8, 9.5, undefined].map(value => breachOf(limited, value))).toEqual([
    'lolo',
    'lo',
    undefined,
    'hi',
    'hihi',
    undefined,
  ])
})

test('a bar without engineering range takes what limits and value need', () => {
  expect(drawnRange(tag('a/x/y', { limits: { hi: 10 } }), 0)).toEqual({ low: -1.5, high: 11.5 })
  expect(drawnRange(tag('a/x/y'), 5)).toBeUndefined()
  expect(drawnRange(tag('a/x/y', { range: { low: 1, high: 2 } }), 5)).toEqual({ low: 1, high: 2 })
})

test('counters have no decimals', () => {
  expect(digitsOfTag(tag('a/x/y', { type: 'int' }))).toBe(0)
})
