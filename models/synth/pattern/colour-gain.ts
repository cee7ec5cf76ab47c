import { ciede2000, labOf } from '../../src/colour/ciede2000.ts'

/** Gains per channel (share, e.g. 0.02 = 2 % more) that shift a linear RGB level by a wished CIEDE2000 in the direction `hue` (radians). */
export function colourGain(
  level: readonly [number, number, number],
  difference: number,
  hue: number,
): [number, number, number] {
  const lit = level.map(v => v > 60)
  const alone = lit.filter(Boolean).length < 2
  // A single primary has no white balance to lose: mix some of the others in.
  const way = [Math.cos(hue), Math.cos(hue + 2.0944), Math.cos(hue + 4.18879)] as const
  const gains = (k: number): [number, number, number] =>
    alone
      ? [(lit[0] ? -0.3 : 8) * k, (lit[1] ? -0.3 : 8) * k, (lit[2] ? -0.3 : 8) * k]
      : [way[0] * k, way[1] * k, way[2] * k]
  const white = Math.max(...level) / 255
  const base = labOf([level[0] / 255 / white, level[1] / 255 / white, level[2] / 255 / white])
  const shift = (k: number) => {
    const g = gains(k)
    return ciede2000(
      base,
      labOf([
        (level[0] * (1 + g[0])) / 255 / white,
        (level[1] * (1 + g[1])) / 255 / white,
        (level[2] * (1 + g[2])) / 255 / white,
      ]),
    )
  }
  let [low, high] = [0, 0.9]
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2
    if (shift(middle) < difference) low = middle
    else high = middle
  }
  return gains(low)
}
