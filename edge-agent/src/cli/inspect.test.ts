import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InspectionLine, parser, UsageError } from '@millwright/contract'
import { encodePng, type RenderRequest, renderPanel } from '@millwright/models/synth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultRecipe } from '../vision/default-recipe.ts'
import { run } from './inspect.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-inspect-'))
const at = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SURFACE = { width: 1920, height: 1080, pattern: 'surface' } as const
const renders: Record<string, RenderRequest> = {
  'captures/A_surface.png': {
    ...SURFACE,
    seed: 'planted',
    defects: [
      { class: 'scratch', severity: 160, size: 200, at: [0.3, 0.4] },
      { class: 'stain', severity: 400, size: 26, at: [0.5, 0.7] },
      { class: 'oil', severity: 110, size: 260, at: [0.7, 0.5] },
    ],
  },
  'captures/B_surface.png': { ...SURFACE, seed: 'good one' },
  'captures/C_white.png': {
    width: 1920,
    height: 1080,
    pattern: 'white',
    seed: 'dead',
    defects: [{ class: 'dead_pixel', severity: 1, size: 2, at: [0.4, 0.6] }],
  },
  'captures/D_grey.png': { width: 1920, height: 1080, pattern: 'grey', seed: 'good grey' },
  'wrong_white.png': { ...SURFACE, seed: 'display off' },
}

beforeAll(async () => {
  mkdirSync(at('captures'))
  mkdirSync(at('empty'))
  for (const [name, request] of Object.entries(renders)) {
    writeFileSync(at(name), await encodePng(renderPanel(request).pixels, request.width, request.height, 1))
  }
  writeFileSync(at('captures/C_surface.png'), 'this is no image')
}, 60_000)

async function inspect(...argv: string[]) {
  const out: string[] = []
  const err: string[] = []
  const status = await run(argv, { out: text => out.push(text), err: text => err.push(text) })
  const lines = out
    .join('')
    .split('\n')
    .filter(Boolean)
    .map(text => JSON.parse(text))
  return { status, lines, err: err.join('') }
}

test('a folder and broken paths give a line each, in order; planted defects are found, good panels pass', {
  timeout: 120_000,
}, async () => {
  const { status, lines, err } = await inspect(
    at('captures'),
    at('missing.png'),
    at('empty'),
    at('wrong_white.png'),
    '--panels',
  )
  expect(err).toBe('')
  expect(status).toBe(1)
  const images = [
    'captures/A_surface.png',
    'captures/B_surface.png',
    'captures/C_surface.png',
    'captures/C_white.png',
    'captures/D_grey.png',
    'missing.png',
    'empty',
    'wrong_white.png',
  ].map(at)
  expect(lines.slice(0, 8).map(line => line.image)).toEqual(images)
  for (const line of lines.slice(0, 8)) expect(parser(InspectionLine).parse(line).ok).toBe(true)
  expect(lines.slice(0, 8).map(line => [line.verdict, line.error?.code])).toEqual([
    ['fail', undefined],
    ['pass', undefined],
    ['review', 'MW-1021'],
    ['fail', undefined],
    ['pass', undefined],
    ['review', 'MW-1020'],
    ['review', 'MW-1024'],
    ['review', 'MW-1025'],
  ])
  expect(lines[0].defects.map((d: { class: string }) => d.class).sort()).toEqual(['oil', 'scratch', 'stain'])
  const truth = renderPanel(renders['captures/A_surface.png']!).objects
  for (const object of truth) {
    const found = lines[0].defects.find((d: { class: string }) => d.class === object.class)
    for (const side of [2, 3] as const)
      expect(Math.abs(found.bbox[side] - object.bbox[side])).toBeLessThanOrEqual(Math.max(6, 0.3 * object.bbox[side]))
  }
  expect(lines[3].defects[0].class).toBe('dead_pixel')
  const panels = lines.slice(8)
  expect(panels.map(p => [p.panel, p.verdict])).toEqual([
    ['A', 'fail'],
    ['B', 'pass'],
    ['C', 'fail'],
    ['D', 'pass'],
    ['missing', 'review'],
    ['empty', 'review'],
    ['wrong', 'review'],
  ])
})

test('--out takes the lines, --recipe its limits and its name', { timeout: 120_000 }, async () => {
  const strict = {
    ...defaultRecipe,
    id: 'lenient',
    version: 7,
    rules: defaultRecipe.rules.map(rule => ({ ...rule, minScore: 1, failScore: 1 })),
  }
  writeFileSync(at('recipe.json'), JSON.stringify(strict))
  const { status, lines } = await inspect(
    at('captures/A_surface.png'),
    '--recipe',
    at('recipe.json'),
    '--out',
    at('lines.jsonl'),
  )
  expect([status, lines]).toEqual([0, []])
  expect(JSON.parse(readFileSync(at('lines.jsonl'), 'utf8'))).toMatchObject({
    verdict: 'pass',
    recipe: 'lenient@7',
    defects: [],
  })
})

test('wrong usage and unusable recipes end with status 2, a missing model with 3, each coded', async () => {
  await expect(inspect()).rejects.toThrow(UsageError)
  await expect(inspect(at('captures'), '--frobnicate')).rejects.toThrow(UsageError)
  writeFileSync(at('bad.json'), '{"id": "x"}')
  for (const recipe of ['bad.json', 'none.json']) {
    const { status, err } = await inspect(at('captures'), '--recipe', at(recipe))
    expect([status, /MW-1027/.test(err)]).toEqual([2, true])
  }
  writeFileSync(at('lost.json'), JSON.stringify({ ...defaultRecipe, model: 'not-there' }))
  const { status, err } = await inspect(at('captures'), '--recipe', at('lost.json'))
  expect([status, /MW-1028/.test(err)]).toEqual([3, true])
})
