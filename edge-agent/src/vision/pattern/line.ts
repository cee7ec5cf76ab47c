import { type Finding, scoreAgainst } from '../finding.ts'
import type { Screen } from '../locate.ts'
import { type Picture, quantile, robust } from '../picture.ts'
import { reason } from '../reasons.ts'
import { judgedBox, LINEAR } from './lit.ts'

const LEAST_Z = 8
/** A line fails from this share of the luminance; on black, of full white. */
const LIMIT = 0.03
const BLACK_LIMIT = 0.01
const REACH = 4

/** Full rows and columns that differ from their neighbours: profile of the means against its own running median. */
export function findLines(picture: Picture, screen: Screen, dark: boolean): Finding[] {
  const box = judgedBox(screen)
  return [...inProfile(picture, box, true, dark), ...inProfile(picture, box, false, dark)]
}

function inProfile(
  picture: Picture,
  box: readonly [number, number, number, number],
  vertical: boolean,
  dark: boolean,
): Finding[] {
  const profile = profileOf(picture, box, vertical)
  const off = profile.map((value, i) => {
    const near = profile.subarray(Math.max(0, i - REACH), i + REACH + 1)
    return value - quantile(near, 0.5)
  })
  const { deviation } = robust(off)
  const noise = Math.max(deviation, 2e-5)
  const level = dark ? 0.74 : quantile(profile, 0.5)
  const limit = dark ? BLACK_LIMIT : LIMIT
  const out: Finding[] = []
  for (let i = 2; i < off.length - 2; i += 1) {
    if (Math.abs(off[i]!) < LEAST_Z * noise) continue
    let last = i
    while (last + 1 < off.length && Math.abs(off[last + 1]!) >= 0.4 * Math.abs(off[i]!)) last += 1
    const strongest = Math.max(...Array.from(off.subarray(i, last + 1), Math.abs))
    const contrast = strongest / Math.max(1e-3, level)
    const thick = last - i + 1
    if (contrast > 0.3 * limit && thick <= REACH) {
      const [left, top, right, low] = box
      const bbox = vertical
        ? ([left + i, top, thick, low - top + 1] as const)
        : ([left, top + i, right - left + 1, thick] as const)
      const direction = vertical ? 'vertical' : 'horizontal'
      out.push({
        class: 'line',
        subclass: direction,
        score: scoreAgainst(limit, contrast),
        bbox,
        area: bbox[2] * bbox[3],
        reasons: [
          reason('aoi.line', {
            direction,
            position: vertical ? left + i : top + i,
            contrast: 100 * contrast,
            z: strongest / noise,
          }),
        ],
      })
    }
    i = last
  }
  return out
}

/** Mean linear light of each column (or row) of the box, all channels together. */
function profileOf(
  picture: Picture,
  [left, top, right, low]: readonly [number, number, number, number],
  vertical: boolean,
): Float32Array {
  const columns = right - left + 1
  const rows = low - top + 1
  const profile = new Float32Array(vertical ? columns : rows)
  for (let y = 0; y < rows; y += 1) {
    let at = ((top + y) * picture.width + left) * 3
    for (let x = 0; x < columns; x += 1) {
      const sum = LINEAR[picture.pixels[at]!]! + LINEAR[picture.pixels[at + 1]!]! + LINEAR[picture.pixels[at + 2]!]!
      profile[vertical ? x : y]! += sum / 3
      at += 3
    }
  }
  const count = vertical ? rows : columns
  return profile.map(sum => sum / count)
}
