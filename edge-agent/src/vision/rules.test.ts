import { DEFECT_CLASSES, PATTERNS } from '@millwright/contract'
import { expect, test } from 'vitest'
import { defaultRecipe } from './default-recipe.ts'
import type { Finding } from './finding.ts'
import { panelLines } from './panels.ts'
import { reason, reasonTexts } from './reasons.ts'
import { judge } from './rules.ts'

/** Limits of the test's own: stain from 0.4, failing from 0.6, at least 25 px. */
const recipe = { ...defaultRecipe, rules: [{ class: 'stain' as const, minScore: 0.4, failScore: 0.6, minAreaPx: 25 }] }

const stain = (score: number, area = 400): Finding => ({
  class: 'stain',
  score,
  area,
  bbox: [10, 10, 20, 20],
  reasons: [reason('aoi.network', { probability: score })],
})

test.each([
  ['nothing seen', [], 'pass', 0],
  ['over the fail limit', [stain(0.9)], 'fail', 1],
  ['between report and fail limit', [stain(0.5)], 'review', 1],
  ['below the report limit', [stain(0.2)], 'pass', 0],
  ['too small to count', [stain(0.9, 4)], 'pass', 0],
] as const)('%s: verdict and number of defects', (_, findings, verdict, count) => {
  const judged = judge(findings, recipe, 1920 * 1080)
  expect([judged.verdict, judged.defects.length]).toEqual([verdict, count])
  expect(judged.reasons.length).toBeGreaterThan(0)
})

test('the score of a capture is that of its worst finding, and the worst defect stands first', () => {
  const judged = judge([stain(0.7), stain(0.95), stain(0.3)], recipe, 1000)
  expect(judged.score).toBe(0.95)
  expect(judged.defects.map(d => d.score)).toEqual([0.95, 0.7])
  expect(judged.defects[0]!.area_pct).toBe(40)
})

test('a count over the most allowed fails though each alone would be for review', () => {
  const rules = recipe.rules.map(rule => ({ ...rule, maxCount: 2 }))
  expect(judge([stain(0.5), stain(0.5), stain(0.5)], { ...recipe, rules }, 1000).verdict).toBe('fail')
})

test('a panel fails where any capture fails, and is for review where one could not be judged', () => {
  const line = (image: string, verdict: 'pass' | 'fail') => ({
    image,
    panel: 'P',
    pattern: 'white' as const,
    width: 1,
    height: 1,
    verdict,
    score: verdict === 'fail' ? 0.9 : 0.1,
    defects: [],
    reasons: [],
    ms: { decode: 0, locate: 0, infer: 0, rules: 0, total: 0 },
    model: 'm',
    recipe: 'r',
  })
  const refused = {
    image: 'c',
    panel: 'P',
    verdict: 'review' as const,
    error: { code: 'MW-1021', message: '' },
    defects: [],
    score: null,
  }
  expect(panelLines([line('a', 'pass'), line('b', 'fail'), refused])[0]).toMatchObject({
    panel: 'P',
    verdict: 'fail',
    score: 0.9,
    captures: ['a', 'b', 'c'],
  })
  expect(panelLines([line('a', 'pass'), refused])[0]).toMatchObject({ verdict: 'review', score: 0.1 })
  expect(panelLines([line('a', 'pass')])[0]).toMatchObject({ verdict: 'pass' })
})

test('each text has the same placeholders in both languages, and they are filled', () => {
  for (const text of Object.values(reasonTexts)) {
    const holes = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map(m => m[1]).sort()
    expect(holes(text.zh)).toEqual(holes(text.en))
  }
  expect(reason('aoi.colour', { de00: Math.PI, limit: 3, zone: '1/2' })).toMatchObject({
    text: { en: 'Colour deviation: dE00 3.14 (limit 3) in zone 1/2' },
    values: { de00: 3.14 },
  })
})

test("a reason names a class, a pattern and a direction in the reader's language, and its values keep the ids", () => {
  expect(reason('aoi.over_limit', { class: 'stain', score: 0.9, limit: 0.75 })).toMatchObject({
    text: { zh: '污渍得分 0.9，达到判废线 0.75', en: 'Stain scores 0.9, at or over the fail limit 0.75' },
    values: { class: 'stain' },
  })
  for (const name of DEFECT_CLASSES) expect(reason('aoi.doubtful', { class: name }).text.zh).not.toContain(name)
  for (const name of PATTERNS) expect(reason('aoi.wrong_pattern', { pattern: name }).text.zh).not.toContain(name)
  expect(reason('aoi.line', { direction: 'vertical' }).text.zh).toMatch(/^竖直线缺陷/)
  expect(reason('aoi.not_found', { why: 'too_small' }).text).toEqual({
    zh: '未找到屏幕：画面中没有屏幕大小的物体',
    en: 'The screen was not found: nothing in view is as large as a screen',
  })
})
