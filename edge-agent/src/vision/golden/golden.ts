import type { GoldenMark, Pattern, Reason } from '@millwright/contract'
import { ciede2000, labOf } from '@millwright/models'
import type { Screen } from '../locate.ts'
import { judgedBox, LINEAR } from '../pattern/lit.ts'
import type { Picture } from '../picture.ts'
import type { GoldenAspect } from '../reason-words.ts'
import { reason } from '../reasons.ts'

/**
 * How far the golden sample may be from how it was learnt: light as a share, colour in dE00 at equal light, focus as a share of the sharpness
 * lost, place and size in % of the picture's width, turn in degrees, evenness as a share.
 */
const LIMITS: Readonly<Record<GoldenAspect, number>> = {
  light: 0.15,
  colour: 3,
  focus: 0.25,
  place: 4,
  size: 4,
  tilt: 1.5,
  evenness: 0.1,
}

/** Is it a capture of the golden sample? By the panel's name. */
export const isGolden = (panel: string) => /^golden/i.test(panel)

/** What a capture of the golden sample shows of camera, focus, light and colour. */
export function markOf(picture: Picture, screen: Screen, pattern: Pattern): GoldenMark {
  const fields = fieldsOf(picture, screen)
  const middle = fields[4]!
  const light = fields.map(lightOf)
  const [x, y] = middleOf(screen)
  return {
    pattern,
    colour: middle.map(v => round(v)) as GoldenMark['colour'],
    sharpness: round(screen.sharpness),
    place: [round(x / picture.width), round(y / picture.width)],
    size: round(screen.sides[0] / picture.width),
    tilt: round((screen.tilt * 180) / Math.PI),
    evenness: round(Math.min(...light) / Math.max(1e-6, ...light)),
  }
}

/** What is further from the learnt mark than is allowed; empty where the station may inspect. */
export function offFrom(seen: GoldenMark, learnt: GoldenMark): Reason[] {
  const [own, wanted] = [lightOf(seen.colour), lightOf(learnt.colour)]
  const off: Record<GoldenAspect, number> = {
    light: Math.abs(own - wanted) / Math.max(4, wanted),
    colour: learnt.pattern === 'black' ? 0 : colourOff(seen.colour, learnt.colour),
    // Sharper than it was is no fault.
    focus: Math.max(0, 1 - seen.sharpness / Math.max(1e-3, learnt.sharpness)),
    place: 100 * Math.hypot(seen.place[0] - learnt.place[0], seen.place[1] - learnt.place[1]),
    size: 100 * Math.abs(seen.size - learnt.size),
    tilt: Math.abs(seen.tilt - learnt.tilt),
    evenness: Math.max(0, learnt.evenness - seen.evenness),
  }
  return (Object.keys(LIMITS) as GoldenAspect[])
    .filter(aspect => off[aspect] > LIMITS[aspect])
    .map(aspect => reason('aoi.golden_off', { pattern: seen.pattern, aspect, off: off[aspect], limit: LIMITS[aspect] }))
}

const round = (v: number) => Number(v.toFixed(4))
const lightOf = (rgb: readonly number[]) => 0.2126 * rgb[0]! + 0.7152 * rgb[1]! + 0.0722 * rgb[2]!

/** CIEDE2000 of two colours brought to the same light: exposure has a limit of its own. */
function colourOff(a: GoldenMark['colour'], b: GoldenMark['colour']): number {
  const [p, q] = [linear(a), linear(b)]
  const gain = lightOf(q) / Math.max(1e-6, lightOf(p))
  const white = Math.max(1e-6, ...q)
  const lab = (rgb: readonly number[], by: number) => labOf([rgb[0]! * by, rgb[1]! * by, rgb[2]! * by])
  return ciede2000(lab(p, gain / white), lab(q, 1 / white))
}

const linear = (rgb: readonly number[]) => rgb.map(v => LINEAR[Math.min(255, Math.max(0, Math.round(v)))]!)

function middleOf({ corners }: Screen): [number, number] {
  const mean = (k: 0 | 1) => corners.reduce((sum, corner) => sum + corner[k], 0) / corners.length
  return [mean(0), mean(1)]
}

/** Mean encoded RGB of nine fields, each a fifth of the screen wide and high, row by row. */
function fieldsOf(picture: Picture, screen: Screen): number[][] {
  const [left, top, right, low] = judgedBox(screen)
  const [w, h] = [right - left + 1, low - top + 1]
  return Array.from({ length: 9 }, (_, i) => {
    const [cx, cy] = [left + (w * (1 + 2 * (i % 3))) / 6, top + (h * (1 + 2 * Math.floor(i / 3))) / 6]
    const sums = [0, 0, 0]
    let count = 0
    for (let y = Math.floor(cy - h / 10); y < cy + h / 10; y += 3) {
      for (let x = Math.floor(cx - w / 10); x < cx + w / 10; x += 3) {
        const at =
          (Math.min(picture.height - 1, Math.max(0, y)) * picture.width + Math.min(picture.width - 1, Math.max(0, x))) *
          3
        for (let c = 0; c < 3; c += 1) sums[c]! += picture.pixels[at + c]!
        count += 1
      }
    }
    return sums.map(sum => sum / Math.max(1, count))
  })
}
