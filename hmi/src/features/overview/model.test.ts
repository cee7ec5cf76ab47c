import type { Loop, TagDefinition } from '@millwright/contract'
import { expect, test } from 'vitest'
import { keyTags } from './model.ts'

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

test('a section shows its controlled value and its sternest limit, in the order of the line', () => {
  const measures = [
    tag('a/d/plain'),
    tag('a/d/limited', { limits: { hi: 1 } }),
    tag('a/d/stern', { limits: { hi: 1, hihi: 2 } }),
    tag('a/d/controlled'),
  ].map(item => ({ tag: item, setpoint: undefined }))
  const loop = { target: 'a/d/controlled' } as Loop
  const section = { id: 'd', name, whole: false, measures, setpoints: [], states: [] }
  expect(keyTags(section, [loop]).map(item => item.tag)).toEqual(['a/d/stern', 'a/d/controlled'])
})
