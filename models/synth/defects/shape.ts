import type { Canvas, Patch } from '../canvas.ts'
import type { Random } from '../random.ts'

/** Draws the coverage of one defect around a centre. `size` is its largest extent in px. Undefined where it falls outside. */
export type Shape = (
  canvas: Canvas,
  random: Random,
  cx: number,
  cy: number,
  size: number,
  /** Width across, px; drawn from the seed where it is left out. */
  thick?: number,
) => Patch | undefined

/** A closed wavy outline: radius as a share of the mean radius at an angle. */
export function wavyOutline(random: Random, roughness: number): (angle: number) => number {
  const waves = [2, 3, 4, 5, 7, 9].map(k => ({
    k,
    amplitude: (random.normal() * roughness) / Math.sqrt(k),
    phase: random.uniform(0, 2 * Math.PI),
  }))
  return angle =>
    Math.max(
      0.25,
      waves.reduce((sum, w) => sum + w.amplitude * Math.cos(w.k * angle + w.phase), 1),
    )
}
