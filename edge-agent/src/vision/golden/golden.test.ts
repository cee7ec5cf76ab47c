import type { InspectionLine, Pattern, Recipe } from '@millwright/contract'
import { renderPanel } from '@millwright/models/synth'
import { expect, test } from 'vitest'
import { defaultRecipe } from '../default-recipe.ts'
import { locate } from '../locate.ts'
import type { Picture } from '../picture.ts'
import { createGate } from './gate.ts'
import { markOf, offFrom } from './golden.ts'

const [WIDTH, HEIGHT] = [960, 540]
const rendered = renderPanel({ seed: 'golden', width: WIDTH, height: HEIGHT, pattern: 'white', defects: [] })

function mark(picture: Picture, pattern: Pattern = 'white') {
  const located = locate(picture, pattern)
  if (!located.found) throw new Error(located.why)
  return markOf(picture, located.screen, pattern)
}
const learnt = mark(rendered)
const changed = (change: (value: number, x: number, y: number, c: number) => number): Picture => ({
  ...rendered,
  pixels: rendered.pixels.map((v, i) => {
    const at = Math.floor(i / 3)
    return Math.max(0, Math.min(255, change(v, at % WIDTH, Math.floor(at / WIDTH), i % 3)))
  }),
})
const at = (x: number, y: number, c: number) =>
  rendered.pixels[(Math.min(HEIGHT - 1, Math.max(0, y)) * WIDTH + Math.min(WIDTH - 1, Math.max(0, x))) * 3 + c]!
const blurred = (_: number, x: number, y: number, c: number) => {
  let sum = 0
  for (let d = -9; d <= 9; d += 1) sum += at(x + d, y, c) + at(x, y + d, c)
  return sum / 38
}

test.each([
  ['nothing', (v: number) => v, []],
  ['a hair less light', (v: number) => 0.95 * v, []],
  ['a third less light', (v: number) => 0.67 * v, ['light']],
  ['a warmer lamp', (v: number, _x: number, _y: number, c: number) => (c === 2 ? 0.8 * v : v), ['colour']],
  ['the lens out of focus', blurred, ['focus']],
  ['the camera moved', (_v: number, x: number, y: number, c: number) => at(x + 60, y, c), ['place']],
  ['half of the ring light out', (v: number, x: number) => v * (1 - 0.35 * (x / WIDTH)), ['evenness']],
] as const)('the golden sample with %s', (_, change, aspects) => {
  const off = offFrom(mark(changed(change)), learnt).map(r => r.values.aspect)
  expect(off).toEqual(expect.arrayContaining([...aspects]))
  if (aspects.length === 0) expect(off).toEqual([])
})

const recipe: Recipe = { ...defaultRecipe, golden: [learnt, { ...learnt, pattern: 'black' }] }
const line = (verdict: 'pass' | 'fail') => ({ verdict }) as InspectionLine

test('a station inspects only after the golden sample has passed in every pattern, and no more once it fails again', () => {
  const gate = createGate(recipe)
  expect(gate.refusal('P1_white.png')?.problem.code).toBe('MW-1030')
  expect(gate.refusal('golden_white.png')).toBeUndefined()
  gate.note('golden_white.png', line('pass'))
  gate.note('P1_black.png', line('pass'))
  expect(gate.refusal('P1_white.png')?.problem.values).toEqual({ detail: 'black' })
  gate.note('golden-7_black.png', line('pass'))
  expect(gate.refusal('P1_white.png')).toBeUndefined()
  gate.note('golden_white.png', line('fail'))
  expect(gate.refusal('P1_white.png')?.problem.values).toEqual({ detail: 'white' })
})

test('a recipe without a golden sample keeps nobody waiting', () => {
  expect(createGate(defaultRecipe).refusal('P1_white.png')).toBeUndefined()
})
