import { type DefectRequest, type Pattern, renderPanel } from '@millwright/models/synth'
import { expect, test } from 'vitest'
import { defaultRecipe } from '../default-recipe.ts'
import { locate } from '../locate.ts'
import { findOnPattern } from './find-on-pattern.ts'

/** What the checks say of a rendered panel, by score, with the truth. */
function look(pattern: Pattern, defects: readonly DefectRequest[], seed: string) {
  const rendered = renderPanel({ seed, width: 1280, height: 720, pattern, defects, mmPerPx: 309 / 1230 })
  const located = locate(rendered, pattern)
  if (!located.found) throw new Error(located.why)
  const findings = findOnPattern(rendered, located.screen, pattern, defaultRecipe)
  const counted = findings.filter(f => f.score >= 0.4).sort((a, b) => b.score - a.score)
  return {
    truth: rendered.objects[0],
    screen: rendered.screen,
    located: located.screen,
    findings: counted,
    best: counted[0],
  }
}

const near = (a: readonly number[], b: readonly number[]) =>
  a[0]! < b[0]! + b[2]! + 12 && b[0]! < a[0]! + a[2]! + 12 && a[1]! < b[1]! + b[3]! + 12 && b[1]! < a[1]! + a[3]! + 12

test.each(['white', 'grey', 'red', 'green', 'blue', 'black', 'checker'] as const)(
  'the screen of a %s pattern is found to 8 px and a good one has no finding',
  pattern => {
    const { located, screen, findings } = look(pattern, [], `good ${pattern}`)
    for (const [x, y] of screen)
      expect(Math.min(...located.corners.map(([a, b]) => Math.hypot(a - x, b - y)))).toBeLessThan(8)
    expect(findings.map(f => `${f.class} ${f.score.toFixed(2)} ${f.bbox}`)).toEqual([])
  },
)

test.each([
  ['white', { class: 'dead_pixel', severity: 1, size: 1, at: [0.31, 0.62] }],
  ['black', { class: 'dead_pixel', severity: 0.8, size: 1, at: [0.7, 0.2] }],
  ['checker', { class: 'dead_pixel', severity: 1, size: 2, at: [0.31, 0.5] }],
  ['grey', { class: 'line', severity: 0.1, at: [0.4, 0.4] }],
  ['white', { class: 'mura', form: 'spot', severity: 3, size: 150, at: [0.4, 0.5] }],
  ['white', { class: 'mura', form: 'band', severity: 3, size: 120, at: [0.4, 0.5] }],
  ['grey', { class: 'mura', form: 'curtain', severity: 3, size: 200, at: [0.5, 0.5] }],
  ['black', { class: 'light_leak', severity: 0.2, size: 150 }],
  ['white', { class: 'light_leak', severity: 0.2, size: 150 }],
  ['white', { class: 'colour', severity: 6, size: 500, at: [0.5, 0.5] }],
  ['white', { class: 'stain', severity: 0.2, size: 40, at: [0.5, 0.5] }],
  ['black', { class: 'scratch', severity: 0.3, size: 120, at: [0.5, 0.5] }],
] as const)('on %s a planted %j is the worst finding, in its place', (pattern, defect) => {
  const { truth, best, findings } = look(pattern, [defect], `planted ${pattern} ${defect.class}`)
  expect(best?.class, findings.map(f => `${f.class} ${f.bbox}`).join('; ')).toBe(defect.class)
  expect(near(best!.bbox, truth!.bbox)).toBe(true)
})

test('a mura is valued within 40 % of the SEMU it was rendered with', () => {
  const { best } = look('white', [{ class: 'mura', form: 'spot', severity: 3, size: 150, at: [0.4, 0.5] }], 'semu')
  const semu = Number(best?.reasons[0]?.values.semu)
  expect(semu).toBeGreaterThan(1.8)
  expect(semu).toBeLessThan(4.2)
})

test('a colour deviation is valued within 30 % of the CIEDE2000 it was rendered with', () => {
  const { best } = look('white', [{ class: 'colour', severity: 6, size: 500, at: [0.5, 0.5] }], 'colour')
  const de00 = Number(best?.reasons[0]?.values.de00)
  expect(de00).toBeGreaterThan(4.2)
  expect(de00).toBeLessThan(7.8)
})

test('below half of the limits nothing is reported', () => {
  for (const defect of [
    { class: 'mura', severity: 0.6, size: 150 },
    { class: 'colour', severity: 1, size: 500 },
  ] as const) {
    expect(look('white', [defect], `faint ${defect.class}`).findings).toEqual([])
  }
})
