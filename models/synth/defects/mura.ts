import { createPatch, type Patch, smooth } from '../canvas.ts'
import { createField, sample } from '../noise.ts'
import type { Random } from '../random.ts'
import type { MuraForm } from '../types.ts'

/** The screen's rectangle: x, y, width, height in px. */
type Box = readonly [number, number, number, number]

/** A mura of one of five forms (spot, line, band, cloud, curtain): soft, of mean coverage about 1 over its area. */
export function muraShape(
  canvas: Parameters<typeof createPatch>[0],
  random: Random,
  form: MuraForm,
  cx: number,
  cy: number,
  size: number,
  box: Box,
): Patch | undefined {
  const [left, top, width, height] = box
  switch (form) {
    case 'spot':
      return fill(createPatch(canvas, cx - size, cy - size, cx + size, cy + size), (x, y) =>
        bump(Math.hypot(x - cx, y - cy) / (size / 2)),
      )
    case 'line': {
      const half = Math.max(3, size / 30)
      return fill(createPatch(canvas, cx - 3 * half, top, cx + 3 * half, top + height - 1), x => bump((x - cx) / half))
    }
    case 'band': {
      const half = Math.max(10, size / 5)
      return fill(createPatch(canvas, left, cy - 3 * half, left + width - 1, cy + 3 * half), (_, y) =>
        bump((y - cy) / half),
      )
    }
    case 'cloud': {
      const field = createField(random, 4 * size, 4 * size, size / 3)
      return fill(createPatch(canvas, cx - size, cy - size, cx + size, cy + size), (x, y) => {
        const fade = bump(Math.hypot(x - cx, y - cy) / (size * 0.55))
        return fade * Math.max(0.2, 1 + 0.5 * sample(field, x - cx + size, y - cy + size))
      })
    }
    case 'curtain': {
      const pitch = Math.max(12, size / 8)
      return fill(createPatch(canvas, cx - size, top, cx + size, top + height - 1), x => {
        const fade = bump((x - cx) / (size * 0.55))
        return fade * (0.5 + 0.5 * Math.cos((2 * Math.PI * (x - cx)) / pitch)) * 1.4
      })
    }
  }
}

function fill(patch: Patch | undefined, cover: (x: number, y: number) => number): Patch | undefined {
  if (patch === undefined) return undefined
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) patch.cover[y * patch.width + x] = cover(x + patch.x, y + patch.y)
  }
  return patch
}

/** 1 inside, falling softly to 0 between 0.6 and 1.6 radii. */
function bump(radii: number): number {
  return 1 - smooth((Math.abs(radii) - 0.6) / 1)
}

/** Contrast in % that makes a mura of `semu` over an area in mm2: SEMI D31-1102, SEMU = |Cx| / (1.97 / Sx^0.33 + 0.72). */
export function contrastOfSemu(semu: number, areaMm2: number): number {
  return semu * (1.97 / areaMm2 ** 0.33 + 0.72)
}
