import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InspectionLine } from '@millwright/contract'
import { createInspector } from '@millwright/edge-agent'
import { afterEach, describe, expect, it } from 'vitest'
import { recordOf } from './judge.ts'
import { justNoticed } from './limits.ts'
import { MM_A_PX } from './panel.ts'
import { GROUPS, type Panel, planPanel, ROWS } from './plan.ts'
import { openRecords, type PanelRecord } from './records.ts'
import { figuresOf, rate } from './report.ts'
import { take } from './take.ts'
import { encodeTiff } from './tiff.ts'

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the plan', () => {
  const all = ROWS.flatMap(row =>
    GROUPS.flatMap(group => Array.from({ length: 200 }, (_, i) => planPanel('test', row, group, i, 3))),
  )
  it('holds every severity to its group', () => {
    const outside = all.filter(({ group, times }) => {
      if (group === 'good') return times < 0.1 || times > 0.5
      return group === 'between' ? times < 0.5 || times > 1 : times < 1
    })
    expect(outside.map(panel => panel.id)).toEqual([])
  })
  it('shows the flaw in the first capture of a panel, and has half of the held-out panels from each renderer', () => {
    expect(all.filter(panel => panel.shots[0]!.flaw === undefined)).toEqual([])
    const heldOut = all.filter(panel => panel.row === 'held-out')
    expect(heldOut.filter(panel => panel.renderer === 'second')).toHaveLength(heldOut.length / 2)
  })
  it('has nuisances on at least half of the good panels', () => {
    const good = all.filter(panel => panel.row === 'held-out' && panel.group === 'good')
    expect(good.filter(panel => panel.shots[0]!.nuisances.length > 0).length).toBeGreaterThan(good.length / 2)
  })
  it('keeps small marks of good panels below half of the mura limit too', () => {
    const semus = all
      .filter(({ group, family }) => group === 'good' && (family === 'stain' || family === 'oil'))
      .map(({ shots }) => shots[0]!.flaw!)
      .map(flaw => (100 * flaw.severity) / justNoticed((Math.PI / 4) * (flaw.size * MM_A_PX) ** 2))
    expect(Math.max(...semus)).toBeLessThan(0.76)
  })
  it('shares no seed and no setting of chance between development and test', () => {
    const a = planPanel('development', 'held-out', 'good', 0, 1)
    const b = planPanel('test', 'held-out', 'good', 0, 1)
    expect(a.shots[0]!.seed).not.toBe(b.shots[0]!.seed)
    expect(a.shots[0]!.settings).not.toBe(b.shots[0]!.settings)
  })
})

describe('the second renderer', () => {
  const shots = [1, 3, 5, 7].map(i => planPanel('development', 'held-out', 'defective', i, 1).shots[0]!)
  it('gives the same bytes for the same shot, and others for another panel', () => {
    const [a, b] = shots as [Panel['shots'][0], Panel['shots'][0]]
    expect(sha(take(a).pixels)).toBe(sha(take(a).pixels))
    expect(sha(take(a).pixels)).not.toBe(sha(take(b).pixels))
  })
  it('changes the picture at the flaw alone', () => {
    const shot = { ...shots[1]!, nuisances: [] }
    const flawed = take(shot)
    const clean = take({ ...shot, flaw: undefined })
    let far = 0
    const [x, y, w, h] = flawed.box!
    for (let i = 0; i < clean.pixels.length; i += 1) {
      // Noise goes with the light: a px is changed where it differs by more than two levels.
      if (Math.abs(clean.pixels[i]! - flawed.pixels[i]!) <= 2) continue
      const [px, py] = [Math.floor(i / 3) % clean.width, Math.floor(i / 3 / clean.width)]
      if (px < x - 12 || px > x + w + 12 || py < y - 12 || py > y + h + 12) far += 1
    }
    expect(far).toBe(0)
  })
  it('shares no drawing code with the first', () => {
    const folder = join(import.meta.dirname, 'camera')
    const imports = readdirSync(folder).flatMap(name =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/from '([^']+)'/g)].map(match => match[1]!),
    )
    expect(imports.length).toBeGreaterThan(10)
    expect(imports.filter(name => name.includes('synth'))).toEqual([])
  })
})

it('a written TIFF is inspected as the pixels that it holds', { timeout: 60_000 }, async () => {
  const shot = planPanel('development', 'held-out', 'defective', 1, 1).shots[0]!
  const { pixels, width, height, box } = take(shot)
  const inspector = createInspector({ workers: 1 })
  const line = await inspector.inspect(encodeTiff(pixels, width, height), `P1_${shot.pattern}.tif`)
  await inspector.close()
  expect(line).not.toHaveProperty('error')
  expect(line.defects[0]?.class).toBe('dead_pixel')
  expect(Math.abs(line.defects[0]!.bbox[0]! - box![0])).toBeLessThan(8)
})

const panel = planPanel('test', 'held-out', 'defective', 0, 1)
const lineWith = (bbox: [number, number, number, number]): InspectionLine => ({
  image: 'x',
  panel: 'x',
  pattern: 'white',
  verdict: 'fail',
  score: 0.9,
  width: 1920,
  height: 1080,
  defects: [{ class: 'line', score: 0.9, bbox, area_px: 4, area_pct: 0.1, reasons: [] }],
  reasons: [],
  ms: { decode: 1, locate: 1, infer: 1, rules: 1, total: 4 },
  model: 'm@1',
  recipe: 'r@1',
})

describe('records and figures', () => {
  it('a finding far from the flaw does not count as found', () => {
    expect(recordOf(panel, 'fail', [lineWith([100, 100, 4, 4])], [[110, 100, 4, 4]])).toMatchObject({
      inPlace: true,
      named: 'line',
      elsewhere: [],
    })
    const far = recordOf(panel, 'fail', [lineWith([100, 100, 4, 4])], [[900, 100, 4, 4]])
    expect(far.inPlace).toBe(false)
    expect(far.elsewhere).toHaveLength(1)
  })
  it('counts escape, escape in place and overkill with exact bounds', () => {
    const of = (group: 'good' | 'defective', verdict: PanelRecord['verdict'], inPlace: boolean): PanelRecord => ({
      ...recordOf(panel, verdict, [], []),
      group,
      inPlace,
    })
    const lines = [
      of('defective', 'fail', true),
      of('defective', 'review', false),
      of('defective', 'pass', false),
      of('good', 'pass', false),
      of('good', 'review', false),
      of('good', 'fail', false),
    ]
    const figures = figuresOf(lines, 'held-out', 'both')
    expect([figures.escape.k, figures.escapeInPlace.k, figures.overkill.k, figures.failed.k]).toEqual([1, 2, 2, 1])
    expect(rate(0, 300).upper).toBeCloseTo(0.00994, 4)
    expect(rate(0, 0).upper).toBe(1)
  })
  it('a run that was cut short goes on with what it has, a torn last line left out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mw-aoi-'))
    folders.push(folder)
    const record = recordOf(panel, 'pass', [], [])
    openRecords(folder, 'test').add(record)
    writeFileSync(join(folder, 'test.jsonl'), '{"id":"torn', { flag: 'a' })
    const again = openRecords(folder, 'test')
    expect(again.all()).toEqual([record])
    again.add({ ...record, id: 'next' })
    expect([...openRecords(folder, 'test').all()].map(line => line.id)).toEqual([record.id, 'next'])
  })
})
