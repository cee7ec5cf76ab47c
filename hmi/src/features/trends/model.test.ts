import type { TagDefinition } from '@millwright/contract'
import { expect, test } from 'vitest'
import { MOST, parseTags, printTags, searchTags, toggled } from './model.ts'

const tag = (full: string, zh: string, en: string, more: Partial<TagDefinition> = {}): TagDefinition => ({
  tag: full,
  agent: 'a',
  device: 'plc',
  source: 'opcua',
  type: 'float',
  unit: 'bar',
  description: { zh, en },
  ...more,
})
const tags = [
  tag('a/dryer/steam', '蒸汽压力', 'Steam pressure'),
  tag('a/dryer/wall', '筒壁温度', 'Wall, near the steam', { unit: '°C' }),
  tag('a/line/batch', '批次', 'Batch', { type: 'string' }),
]

test('tags are found by any word in either language, name or unit, those named so first', () => {
  expect(searchTags(tags, 'steam').map(item => item.tag)).toEqual(['a/dryer/steam', 'a/dryer/wall'])
  expect(searchTags(tags, '压力').map(item => item.tag)).toEqual(['a/dryer/steam'])
  expect(searchTags(tags, 'dryer °c').map(item => item.tag)).toEqual(['a/dryer/wall'])
})

test('texts cannot be drawn and are not offered', () => {
  expect(searchTags(tags, '')).toHaveLength(2)
})

test('the chosen tags survive the URL, without repetition', () => {
  expect(parseTags(printTags(['a/x', 'b/y']))).toEqual(['a/x', 'b/y'])
  expect(parseTags('a/x,,a/x')).toEqual(['a/x'])
  expect(parseTags(undefined)).toEqual([])
})

test('a tag is toggled, never beyond the number of pens', () => {
  const full = Array.from({ length: MOST }, (_, i) => `a/${i}`)
  expect(toggled(['a/x'], 'a/x')).toEqual([])
  expect(toggled(['a/x'], 'a/y')).toEqual(['a/x', 'a/y'])
  expect(toggled(full, 'a/more')).toEqual(full)
})
