import type { Flaw } from '../panel.ts'
import type { Dice } from './dice.ts'
import { type Cover, rasterise, type Stamp } from './stamp.ts'
import { onScreen, type View } from './view.ts'

type Frame = { readonly width: number; readonly height: number }

/** Mura of the panel itself: no edge anywhere. Forms as products of exponentials, along the screen's own axes. */
export function mura(frame: Frame, view: View, dice: Dice, flaw: Flaw, x: number, y: number): Stamp {
  const { size } = flaw
  const [u0, v0] = onScreen(view, x, y)
  const whole = [0, 0, frame.width, frame.height] as const
  const beside = 3 * size
  const tall = [x - beside, 0, x + beside, frame.height] as const
  switch (flaw.form) {
    case 'spot': {
      const [power, flat, turn] = [dice.between([2, 3.5]), dice.between([0.6, 1]), dice.between([0, Math.PI])]
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
      return rasterise(frame, [x - 1.5 * size, y - 1.5 * size, x + 1.5 * size, y + 1.5 * size], 1, (px, py) => {
        const a = (px - x) * cos + (py - y) * sin
        const b = ((py - y) * cos - (px - x) * sin) / flat
        return Math.exp(-Math.log(2) * ((2 * Math.hypot(a, b)) / size) ** power)
      })
    }
    case 'line': {
      const sigma = Math.max(4, size / 40)
      return rasterise(frame, tall, 1, (px, py) => Math.exp(-0.5 * ((onScreen(view, px, py)[0] - u0) / sigma) ** 2))
    }
    case 'band': {
      const [half, soft] = [Math.max(12, size / 6), dice.between([6, 20])]
      const step = (t: number) => 1 / (1 + Math.exp(-t / soft))
      return rasterise(frame, [0, y - beside, frame.width, y + beside], 1, (px, py) => {
        const d = onScreen(view, px, py)[1] - v0
        return step(d + half) - step(d - half)
      })
    }
    case 'cloud': {
      const puffs = Array.from({ length: 7 }, () => [
        x + (dice.gauss() * size) / 5,
        y + (dice.gauss() * size) / 5,
        size * dice.between([0.15, 0.3]),
        dice.between([0.5, 1]),
      ])
      return rasterise(frame, [x - 1.5 * size, y - 1.5 * size, x + 1.5 * size, y + 1.5 * size], 1, (px, py) =>
        puffs.reduce(
          (sum, [a, b, r, k]) => sum + k! * Math.exp(-0.5 * (((px - a!) ** 2 + (py - b!) ** 2) / r! ** 2)),
          0,
        ),
      )
    }
    case 'curtain': {
      const stripes = Array.from({ length: 6 }, (_, i) => [
        u0 + (i - 2.5) * (size / 5) * dice.between([0.8, 1.2]),
        size * dice.between([0.025, 0.05]),
        dice.between([0.7, 1]),
      ])
      return rasterise(frame, size > 250 ? whole : tall, 1, (px, py) => {
        const [u] = onScreen(view, px, py)
        return stripes.reduce((sum, [a, s, k]) => sum + k! * Math.exp(-0.5 * ((u - a!) / s!) ** 2), 0)
      })
    }
  }
}

/** Light that creeps in at an edge: falls off as the square of the distance from a lamp behind the bezel. */
export function leak(frame: Frame, view: View, dice: Dice, flaw: Flaw): Stamp {
  const side = dice.one([0, 1, 2, 3])
  const along = dice.between([-0.85, 0.85])
  const reach = flaw.size
  const wide = dice.between([1, 2.5])
  const cover: Cover = (x, y) => {
    const [u, v] = onScreen(view, x, y)
    const edge = side < 2 ? view.halfHigh : view.halfWide
    const depth = edge + (side === 0 ? v : side === 1 ? -v : side === 2 ? u : -u)
    const off = (side < 2 ? u - along * view.halfWide : v - along * view.halfHigh) / wide
    return depth < -2 ? 0 : 1 / (1 + ((Math.max(0, depth) / reach) ** 2 + (off / reach) ** 2) * 4) ** 2
  }
  return rasterise(frame, [0, 0, frame.width, frame.height], 1, cover)
}

/** A zone of another tint: a soft-edged part of the screen, or one of its sides. */
export function tint(frame: Frame, view: View, dice: Dice, flaw: Flaw, x: number, y: number): Stamp {
  const soft = dice.between([25, 60])
  if (dice.yes(0.4)) {
    const side = dice.one([-1, 1])
    const border = dice.between([0.2, 0.6]) * view.halfWide
    return rasterise(frame, [0, 0, frame.width, frame.height], 1, (px, py) => {
      const [u] = onScreen(view, px, py)
      return 1 / (1 + Math.exp(-(side * u - border) / soft))
    })
  }
  const radius = flaw.size / 2
  const reach = radius + 6 * soft
  return rasterise(
    frame,
    [x - reach, y - reach, x + reach, y + reach],
    1,
    (px, py) => 1 / (1 + Math.exp((Math.hypot(px - x, py - y) - radius) / soft)),
  )
}
