import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { NUISANCES, PATTERNS, RENDERED_CLASSES, renderPanel } from './index.ts'

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test.each(PATTERNS)('the same request renders %s to the same bytes, another seed to others', pattern => {
  const request = {
    seed: 7,
    width: 480,
    height: 270,
    pattern,
    defects: [{ class: 'scratch' }, { class: 'stain' }],
    nuisances: NUISANCES,
  } as const
  const first = renderPanel(request)
  expect(sha(renderPanel(request).pixels)).toBe(sha(first.pixels))
  expect(renderPanel(request).objects).toEqual(first.objects)
  expect(sha(renderPanel({ ...request, seed: 8 }).pixels)).not.toBe(sha(first.pixels))
})

test.each(RENDERED_CLASSES)('a planted %s changes the picture where its truth says, and nowhere far from it', kind => {
  const surface = ['scratch', 'stain', 'oil', 'dust'].includes(kind)
  const base = { seed: 3, width: 960, height: 540, pattern: surface ? 'surface' : 'grey', nuisances: [] } as const
  const good = renderPanel(base)
  const bad = renderPanel({ ...base, defects: [{ class: kind, at: [0.5, 0.5] }] })
  expect(bad.objects.map(o => o.class)).toEqual([kind])
  const { bbox, area_px } = bad.objects[0]!
  const mark = RENDERED_CLASSES.indexOf(kind) + 1
  expect(bad.mask.filter(m => m === mark).length).toBe(area_px)
  expect(area_px).toBeLessThanOrEqual(bbox[2] * bbox[3])
  let changed = 0
  let far = 0
  for (let i = 0; i < bad.mask.length; i += 1) {
    const differs = [0, 1, 2].some(c => bad.pixels[3 * i + c] !== good.pixels[3 * i + c])
    if (differs && bad.mask[i] === mark) changed += 1
    const [x, y] = [i % 960, Math.floor(i / 960)]
    const reach = surface ? 14 : Math.max(14, bbox[2], bbox[3])
    const outside =
      x < bbox[0] - reach || y < bbox[1] - reach || x > bbox[0] + bbox[2] + reach || y > bbox[1] + bbox[3] + reach
    if (differs && outside) far += 1
  }
  expect(changed / area_px).toBeGreaterThan(0.5)
  expect(far).toBe(0)
})

test('a good panel has no objects and an empty mask', () => {
  const good = renderPanel({ seed: 1, width: 320, height: 180, pattern: 'surface', nuisances: NUISANCES })
  expect(good.objects).toEqual([])
  expect(good.mask.every(m => m === 0)).toBe(true)
})

test('full HD is rendered in time for a capture station', () => {
  const start = performance.now()
  renderPanel({
    seed: 2,
    width: 1920,
    height: 1080,
    pattern: 'white',
    defects: [{ class: 'mura' }],
    nuisances: NUISANCES,
  })
  // Bar 1 s; the rest is for a busy machine.
  expect(performance.now() - start).toBeLessThan(4000)
})
