import type { TagDefinition } from '@millwright/contract'
import { expect, test } from 'vitest'
import { findTags } from './model.ts'

const tag = (name: string, zh: string, unit: string, equipment?: string): TagDefinition => ({
  tag: name,
  agent: 'a',
  device: 'plc',
  source: 'opcua',
  type: 'float',
  unit,
  description: { zh, en: name },
  ...(equipment === undefined ? {} : { equipment }),
})
const all = [
  tag('a/dryer/moisture', '水分', '%', 'DRYER-1'),
  tag('a/dryer/steam', '蒸汽', 'bar'),
  tag('b/cell', '', '%'),
]

test.each([
  ['', 3],
  ['  ', 3],
  ['DRYER', 2],
  ['dryer %', 1],
  ['水分', 1],
  ['dryer-1', 1],
  ['dryer nothing', 0],
])('"%s" finds %i', (query, count) => {
  expect(findTags(all, query)).toHaveLength(count)
})
