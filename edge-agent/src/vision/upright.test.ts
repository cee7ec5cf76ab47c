import { type DefectRequest, type Pattern, renderPanel } from '@millwright/models/synth'
import { expect, test } from 'vitest'
import { defaultRecipe } from './default-recipe.ts'
import { locate } from './locate.ts'
import { findOnPattern } from './pattern/find-on-pattern.ts'
import type { Picture } from './picture.ts'
import { straighten } from './upright.ts'

const [WIDTH, HEIGHT] = [1280, 720]

/** The capture as a camera turned by so many degrees sees it; the bench around it is dark. */
function turned(
  picture: Picture,
  degrees: number,
): { picture: Picture; place: (x: number, y: number) => [number, number] } {
  const turn = (degrees * Math.PI) / 180
  const [cos, sin, scale] = [Math.cos(turn), Math.sin(turn), 0.66]
  const pixels = new Uint8Array(picture.pixels.length)
  const corner = [0, 1, 2].map(c => picture.pixels[c]!)
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [dx, dy] = [(x - WIDTH / 2) / scale, (y - HEIGHT / 2) / scale]
      const [u, v] = [dx * cos + dy * sin + WIDTH / 2, dy * cos - dx * sin + HEIGHT / 2]
      const [i, j] = [Math.floor(u), Math.floor(v)]
      for (let c = 0; c < 3; c += 1) {
        const at = (p: number, q: number) =>
          p < 0 || q < 0 || p >= WIDTH || q >= HEIGHT ? corner[c]! : picture.pixels[(q * WIDTH + p) * 3 + c]!
        const [s, t] = [u - i, v - j]
        const top = at(i, j) * (1 - s) + at(i + 1, j) * s
        const low = at(i, j + 1) * (1 - s) + at(i + 1, j + 1) * s
        pixels[(y * WIDTH + x) * 3 + c] = top * (1 - t) + low * t + 0.5
      }
    }
  }
  const place = (x: number, y: number): [number, number] => {
    const [dx, dy] = [(x - WIDTH / 2) * scale, (y - HEIGHT / 2) * scale]
    return [dx * cos - dy * sin + WIDTH / 2, dy * cos + dx * sin + HEIGHT / 2]
  }
  return { picture: { ...picture, pixels }, place }
}

function look(pattern: Pattern, defects: readonly DefectRequest[], degrees: number) {
  const rendered = renderPanel({ seed: `turned ${pattern}`, width: WIDTH, height: HEIGHT, pattern, defects })
  const { picture, place } = turned(rendered, degrees)
  const seen = locate(picture, pattern)
  if (!seen.found) throw new Error(seen.why)
  const upright = straighten(picture, seen.screen)
  if (upright === undefined) throw new Error('the screen was not seen to be turned')
  const again = locate(upright.picture, pattern)
  if (!again.found) throw new Error(again.why)
  const findings = findOnPattern(upright.picture, again.screen, pattern, defaultRecipe).filter(f => f.score >= 0.4)
  return { rendered, place, tilt: seen.screen.tilt, left: again.screen.tilt, upright, findings }
}

test.each([-15, -6, 2, 9, 15])('a screen turned by %i degrees is turned upright to a tenth of a degree', degrees => {
  const { tilt, left, findings } = look('white', [], degrees)
  expect(Math.abs((tilt * 180) / Math.PI - degrees)).toBeLessThan(0.1)
  expect(Math.abs((left * 180) / Math.PI)).toBeLessThan(0.1)
  expect(findings.map(f => f.class)).toEqual([])
})

test.each([-12, 7])('a line on a screen turned by %i degrees is found', degrees => {
  const { findings } = look('white', [{ class: 'line', severity: 0.4, size: 1 }], degrees)
  expect(findings.some(f => f.class === 'line')).toBe(true)
})

test.each([-13, 8])('the place of a stain on a screen turned by %i degrees is told in pixels of the file', degrees => {
  const { rendered, place, upright, findings } = look(
    'white',
    [{ class: 'stain', severity: 0.3, size: 40, at: [0.3, 0.6] }],
    degrees,
  )
  const stain = findings.find(f => f.class === 'stain')!
  const [x, y, w, h] = rendered.objects[0]!.bbox
  const [cx, cy] = place(x + w / 2, y + h / 2)
  const [left, top, wide, high] = upright.back(stain.bbox)
  expect(Math.hypot(left + wide / 2 - cx, top + high / 2 - cy)).toBeLessThan(6)
})
