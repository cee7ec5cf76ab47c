import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { DefectClass, describe, ProblemError, parseJson, parser, type RegionSample } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import type { Finding } from '../finding.ts'
import { traitsOf } from './traits.ts'

/** A person's judgement of one capture: all that is on it, and what was called falsely (`none`). */
const ReviewLine = Type.Object({
  image: Type.String(),
  defects: Type.Array(
    Type.Object({
      class: Type.Union([DefectClass, Type.Literal('none')]),
      /** x, y, width, height in pixels of the file. */
      bbox: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
    }),
  ),
})
export type ReviewLine = Static<typeof ReviewLine>

const lines = parser(ReviewLine)

/** Reads a file of reviews, a line a capture; images are sought from the working folder, then beside the file. @throws ProblemError MW-1027 with every fault. */
export async function readReviews(path: string): Promise<ReviewLine[]> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const refuse = (detail: string) => new ProblemError({ code: 'MW-1027', place: path, values: { detail } })
  if (text === undefined) throw refuse('there is no such file')
  const faults: string[] = []
  const out = text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const parsed = parseJson(lines, line, `${path}:${i + 1}`)
    if (parsed.ok) return [parsed.value]
    // The first of a line: a union of classes faults once a class.
    faults.push(...parsed.fault.slice(0, 1).map(p => describe(p).en))
    return []
  })
  if (faults.length > 0) throw refuse(faults.slice(0, 5).join('; '))
  if (out.length === 0) throw refuse('no capture is reviewed in it')
  return out
}

/** Where the image of a review may lie. */
export function placesOf(image: string, reviews: string): string[] {
  return isAbsolute(image) ? [image] : [image, resolve(dirname(reviews), image)]
}

/** Boxes that overlap by this share of their union are one thing. */
const SAME = 0.3

/**
 * Labels what the checks saw on a capture by its review. What they told and the review does not name is a false call; what they saw
 * below their threshold was not shown to the person, and is left out.
 */
export function labelled(
  review: ReviewLine,
  findings: readonly Finding[],
  isTold: (found: Finding) => boolean,
  size: { readonly width: number; readonly height: number },
): { samples: RegionSample[]; missed: number } {
  const taken = new Set<Finding>()
  const samples: RegionSample[] = []
  const add = (found: Finding, label: RegionSample['label']) => {
    taken.add(found)
    const traits = traitsOf(found, size.width, size.height)
    samples.push({ label, capture: review.image, class: found.class, score: found.score, traits })
  }
  let missed = 0
  const pairs = review.defects
    .flatMap(defect => findings.map(found => ({ defect, found, share: overlap(defect.bbox, found.bbox) })))
    .filter(pair => pair.share >= SAME)
    .sort((a, b) => b.share - a.share)
  const named = new Set<ReviewLine['defects'][number]>()
  for (const { defect, found } of pairs) {
    if (taken.has(found) || named.has(defect)) continue
    named.add(defect)
    add(found, defect.class)
  }
  for (const defect of review.defects) if (!named.has(defect) && defect.class !== 'none') missed += 1
  for (const found of findings) if (!taken.has(found) && isTold(found)) add(found, 'none')
  return { samples, missed }
}

function overlap(a: readonly number[], b: readonly number[]): number {
  const w = Math.min(a[0]! + a[2]!, b[0]! + b[2]!) - Math.max(a[0]!, b[0]!)
  const h = Math.min(a[1]! + a[3]!, b[1]! + b[3]!) - Math.max(a[1]!, b[1]!)
  if (w <= 0 || h <= 0) return 0
  return (w * h) / (a[2]! * a[3]! + b[2]! * b[3]! - w * h)
}
