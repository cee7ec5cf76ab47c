import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DefectClass, RegionSample } from '@millwright/contract'
import { expect, test } from 'vitest'
import { defaultRecipe } from '../default-recipe.ts'
import type { Finding } from '../finding.ts'
import { reason } from '../reasons.ts'
import { fitRegions } from './fit-regions.ts'
import { reclassify } from './reclassify.ts'
import { labelled, readReviews } from './reviews.ts'
import { traitsOf } from './traits.ts'

const SIZE = { width: 1920, height: 1080 }

function region(name: DefectClass, score: number, bbox: Finding['bbox'], contrast: number): Finding {
  const values = {
    width: bbox[2],
    height: bbox[3],
    length_px: bbox[2],
    width_px: bbox[3],
    contrast,
    peak: 2 * contrast,
  }
  return {
    class: name,
    score,
    bbox,
    area: 0.6 * bbox[2] * bbox[3],
    reasons: [reason('aoi.stain', values)],
    votes: [0.2, 0.1, 0.5, 0.1, 0.1],
  }
}
/** Specks of dust that the checks call stains, and drops that are stains, a little different each time. */
const speck = (i: number) =>
  region('stain', 0.68 + 0.004 * (i % 5), [300 + 90 * i, 200 + 30 * i, 9 + (i % 3), 9], 30 + i)
const drop = (i: number) => region('stain', 0.9, [400 + 70 * i, 300, 34 + 2 * (i % 4), 30], 140 + i)

const sampleOf = (found: Finding, label: RegionSample['label'], capture: string): RegionSample => ({
  label,
  capture,
  class: found.class,
  score: found.score,
  traits: traitsOf(found, SIZE.width, SIZE.height),
})
const reviewed = Array.from({ length: 12 }, (_, i) => [
  sampleOf(speck(i), 'none', `c${i}`),
  sampleOf(drop(i), 'stain', `c${i}`),
]).flat()
const told = (found: Finding) => found.score >= 0.6

test('false calls that reviews showed are told no more, what was confirmed is, and unlike regions stay as they were', () => {
  const fitted = fitRegions(reviewed, defaultRecipe)
  const recipe = { ...defaultRecipe, regions: fitted.regions }
  const scratch = region('scratch', 0.8, [500, 400, 300, 12], 90)
  const [a, b, c] = reclassify([speck(20), drop(20), scratch], recipe, SIZE.width, SIZE.height)
  expect(told(a!)).toBe(false)
  expect(told(b!)).toBe(true)
  expect(c!.class).toBe('scratch')
  expect(c!.score).toBeCloseTo(0.8, 2)
  expect(fitted.worse).toEqual([])
})

test('the challenge set is never fitted to, and is the same captures at the next refit', () => {
  const { regions } = fitRegions(reviewed, defaultRecipe)
  const names = (samples: readonly RegionSample[]) => [...new Set(samples.map(s => s.capture))].sort()
  expect(names(regions.challenge).length).toBeGreaterThan(0)
  expect(names(regions.samples).filter(name => names(regions.challenge).includes(name))).toEqual([])
  const again = fitRegions(reviewed, { ...defaultRecipe, regions })
  expect(names(again.regions.challenge)).toEqual(names(regions.challenge))
  expect(again.regions.samples).toHaveLength(regions.samples.length)
})

test('a class that people call otherwise is learnt, where others are named too', () => {
  const dust = Array.from({ length: 10 }, (_, i) => sampleOf(speck(i), 'dust', `d${i}`))
  const stains = Array.from({ length: 10 }, (_, i) => sampleOf(drop(i), 'stain', `d${i}`))
  const { regions } = fitRegions([...dust, ...stains], defaultRecipe)
  const [a, b] = reclassify([speck(20), drop(20)], { ...defaultRecipe, regions }, SIZE.width, SIZE.height)
  expect([a!.class, b!.class]).toEqual(['dust', 'stain'])
})

test('reviews that turn a kept judgement around are not offered: the class is named', () => {
  const first = fitRegions(reviewed, defaultRecipe)
  // A second person calls every drop a false call; the kept challenge set still says stain.
  const contrary = Array.from({ length: 16 }, (_, i) => sampleOf(drop(i), 'none', `x${i}`))
  const second = fitRegions(contrary, { ...defaultRecipe, regions: first.regions })
  expect(second.worse).toContain('stain')
})

test('confirmations alone change nothing', () => {
  const { regions } = fitRegions(
    Array.from({ length: 6 }, (_, i) => sampleOf(drop(i), 'stain', `c${i}`)),
    defaultRecipe,
  )
  const [a] = reclassify([speck(3)], { ...defaultRecipe, regions }, SIZE.width, SIZE.height)
  expect(a).toEqual(speck(3))
})

test('a review names what overlaps; what was told and is not named is a false call; what was not shown is left out', () => {
  const [one, two] = [speck(0), drop(1)]
  const hidden = region('stain', 0.2, [1500, 900, 10, 10], 9)
  const [x, y, w, h] = two.bbox
  const review = {
    image: 'a.png',
    defects: [
      { class: 'oil', bbox: [x + 2, y + 1, w, h] },
      { class: 'scratch', bbox: [10, 10, 5, 5] },
    ],
  } as Parameters<typeof labelled>[0]
  const { samples, missed } = labelled(review, [one, two, hidden], told, SIZE)
  expect(samples.map(s => [s.label, s.class])).toEqual([
    ['oil', 'stain'],
    ['none', 'stain'],
  ])
  expect(missed).toBe(1)
})

test('a file of reviews is refused with the line of each fault', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reviews-'))
  try {
    const path = join(folder, 'r.jsonl')
    writeFileSync(
      path,
      '{"image":"a.png","defects":[]}\n{"image":"b.png","defects":[{"class":"fluff","bbox":[1,2,3,4]}]}\nnot json\n',
    )
    await expect(readReviews(path)).rejects.toMatchObject({
      problem: { code: 'MW-1027', values: { detail: expect.stringMatching(/r\.jsonl:2.*r\.jsonl:3/s) } },
    })
    writeFileSync(path, '\n')
    await expect(readReviews(path)).rejects.toMatchObject({ problem: { code: 'MW-1027' } })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
