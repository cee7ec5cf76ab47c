import { expect, test } from 'vitest'
import { readName } from './naming.ts'

test.each([
  ['P1_white.png', 'P1', 'white'],
  ['a/b/LOT_7_12_checker.jpg', 'LOT_7_12', 'checker'],
  ['P1_SURFACE.png', 'P1', 'surface'],
  ['P14_purple.png', 'P14_purple', 'surface'],
  ['屏幕 一号_surface.png', '屏幕 一号', 'surface'],
  ['photo.png', 'photo', 'surface'],
  ['_white.png', '_white', 'surface'],
])('%s is panel %s, pattern %s', (path, panel, pattern) => {
  expect(readName(path)).toEqual({ panel, pattern })
})

test('a recipe may name its own rule', () => {
  expect(readName('white-0042.png', '^(?<pattern>\\w+)-(?<panel>\\d+)$')).toEqual({ panel: '0042', pattern: 'white' })
})
