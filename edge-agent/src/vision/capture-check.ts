import type { Pattern, Reason } from '@millwright/contract'
import type { Screen } from './locate.ts'
import { type Picture, quantile } from './picture.ts'
import { reason } from './reasons.ts'

/** Below this the outline of the screen is a blur, and fine defects with it. */
const LEAST_SHARPNESS = 0.22
/** Glass of a display that is off stays below this under any sane exposure. */
const MOST_OFF = 140

/** Why the capture does not show the pattern that its name says; undefined where it does. */
export function checkPattern(picture: Picture, screen: Screen, pattern: Pattern): Reason | undefined {
  const [r, g, b] = colourOf(picture, screen, pattern === 'checker' ? 0.85 : 0.5)
  const high = Math.max(r, g, b)
  const shown = ((): boolean => {
    switch (pattern) {
      case 'surface':
        return screen.level < MOST_OFF
      case 'white':
      case 'checker':
        return Math.min(r, g, b) > 110
      case 'grey':
        return Math.min(r, g, b) > 50 && high - Math.min(r, g, b) < 60
      case 'black':
        return high < 80
      case 'red':
        return r > 90 && r > 1.6 * g && r > 1.6 * b
      case 'green':
        return g > 90 && g > 1.6 * r && g > 1.6 * b
      case 'blue':
        return b > 90 && b > 1.6 * r && b > 1.6 * g
    }
  })()
  return shown ? undefined : reason('aoi.wrong_pattern', { pattern, level: `R ${r} G ${g} B ${b}` })
}

export function checkSharpness(screen: Screen): Reason | undefined {
  if (screen.sharpness >= LEAST_SHARPNESS) return undefined
  return reason('aoi.unfocused', { sharpness: screen.sharpness, limit: LEAST_SHARPNESS })
}

/** A quantile of each channel over the middle of the screen. */
function colourOf(picture: Picture, screen: Screen, share: number): [number, number, number] {
  const { width, height, scale, inside } = screen.judged
  const channels: [number[], number[], number[]] = [[], [], []]
  for (let y = 0; y < height; y += 3) {
    for (let x = 0; x < width; x += 3) {
      if (inside[y * width + x] !== 1) continue
      const at = (Math.min(picture.height - 1, y * scale) * picture.width + Math.min(picture.width - 1, x * scale)) * 3
      for (let c = 0; c < 3; c += 1) channels[c as 0 | 1 | 2].push(picture.pixels[at + c]!)
    }
  }
  return [quantile(channels[0], share), quantile(channels[1], share), quantile(channels[2], share)]
}
