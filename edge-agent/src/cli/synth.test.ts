import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '@millwright/contract'
import { encodePng, RENDERED_CLASSES, renderPanel } from '@millwright/models/synth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { load } from '../vision/load.ts'
import { run as inspect } from './inspect.ts'
import { run } from './synth.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-synth-'))
const at = (...names: string[]) => join(folder, ...names)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(async () => {
  mkdirSync(at('good'))
  for (const pattern of ['surface', 'grey', 'checker'] as const) {
    const { pixels } = renderPanel({ seed: `good ${pattern}`, width: 1280, height: 720, pattern })
    writeFileSync(at('good', `A_${pattern}.png`), await encodePng(pixels, 1280, 720, 1))
  }
  writeFileSync(at('good', 'broken_white.png'), 'no image')
}, 60_000)

async function call(command: typeof run, ...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const status = await command(argv, { out: text => out.push(text), err: text => err.push(text) })
  const lines = out.join('').split('\n').filter(Boolean)
  return { status, lines: lines.map(text => JSON.parse(text)), err: err.join('') }
}
const synth = (out: string, seed = '1') =>
  call(
    run,
    '--good',
    at('good'),
    '--class',
    'scratch,stain',
    '--count',
    '4',
    '--per',
    '2',
    '--seed',
    seed,
    '--out',
    at(out),
  )

test('images, masks and manifest agree: px change under the mask, and those far from it keep their bytes', {
  timeout: 60_000,
}, async () => {
  const { status, lines, err } = await synth('out')
  expect(status).toBe(0)
  expect(lines.map(line => line.pattern)).toEqual(['grey', 'surface', 'grey', 'surface'])
  expect(err).toContain('broken_white.png')
  expect(err).toContain('a checker capture shows none')
  expect(
    readFileSync(at('out', 'manifest.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(text => JSON.parse(text)),
  ).toEqual(lines)
  for (const line of lines) {
    const [made, good, mask] = await Promise.all(
      [at('out', line.image), line.source, at('out', line.mask)].map(path => load(path, path)),
    )
    expect(line.defects.length).toBeGreaterThan(0)
    const boxes = line.defects.map((d: { bbox: number[] }) => d.bbox)
    let [marked, under, far] = [0, 0, 0]
    for (let i = 0; i < 1280 * 720; i += 1) {
      const changed = [0, 1, 2].some(c => made!.pixels[3 * i + c] !== good!.pixels[3 * i + c])
      const [x, y] = [i % 1280, Math.floor(i / 1280)]
      if (mask!.pixels[3 * i]! > 0) {
        marked += 1
        if (changed) under += 1
      } else if (changed) {
        const near = boxes.some(
          ([bx, by, w, h]: number[]) => x > bx! - 20 && y > by! - 20 && x < bx! + w! + 20 && y < by! + h! + 20,
        )
        if (!near) far += 1
      }
    }
    // Defects that cross count once in the mask and twice in the list.
    const listed = line.defects.reduce((sum: number, d: { area_px: number }) => sum + d.area_px, 0)
    expect(marked).toBeGreaterThan(0.7 * listed)
    expect(marked).toBeLessThanOrEqual(listed)
    expect(under / marked).toBeGreaterThan(0.5)
    expect(far).toBe(0)
    const classes = new Set(line.defects.map((d: { class: string }) => RENDERED_CLASSES.indexOf(d.class as never) + 1))
    const numbers = new Set(mask!.pixels.filter(v => v > 0))
    expect([...numbers].every(number => classes.has(number))).toBe(true)
  }
})

test('the same seed gives the same images, another seed others; inspection finds what was laid on', {
  timeout: 120_000,
}, async () => {
  await synth('again')
  await synth('other', '2')
  const bytes = (out: string) =>
    readdirSync(at(out))
      .filter(n => n.endsWith('.png'))
      .map(n => readFileSync(at(out, n)).toString('latin1'))
  expect(bytes('again')).toEqual(bytes('out'))
  expect(bytes('other')).not.toEqual(bytes('out'))
  const { lines } = await call(inspect, at('out'))
  expect(lines.filter(line => line.verdict !== 'pass').length).toBeGreaterThanOrEqual(3)
})

test.each([
  ['no folder', ['--out', 'x']],
  ['an unknown class', ['--good', 'x', '--out', 'y', '--class', 'banana']],
  ['a count of nothing', ['--good', 'x', '--out', 'y', '--count', '0']],
])('%s is wrong usage', async (_, argv) => {
  await expect(call(run, ...argv)).rejects.toThrow(UsageError)
})

test('a folder that is not there gives a coded message and exit 1', async () => {
  const { status, err } = await call(run, '--good', at('nowhere'), '--out', at('none'))
  expect(status).toBe(1)
  expect(err).toContain('MW-1020')
})
