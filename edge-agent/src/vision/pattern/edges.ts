import type { Screen } from '../locate.ts'
import { greyAt, type Picture, quantile } from '../picture.ts'
import type { Luminance, Spans } from './lit.ts'

/** A side of the screen: across = at + slope x along, px. */
export interface Side {
  readonly at: number
  readonly slope: number
}

/** The four sides of the lit screen, to a fraction of a px; one that cannot be read (a checkerboard's dark squares) is undefined. */
export interface Edges {
  readonly left: Side | undefined
  readonly right: Side | undefined
  readonly top: Side | undefined
  readonly low: Side | undefined
}

/** Places along a side that are looked at, and the least that must show the edge. */
const PLACES = 48
const LEAST_PLACES = 12
/** How far from the coarse outline the edge is sought, px, and how deep inside the screen's own light is read. */
const REACH = 28
const DEEP = 14

/** Finds where the light falls to half between screen and bezel, and lays a line through it (medians: a leak does not bend it). */
export function edgesOf(picture: Picture, screen: Screen): Edges {
  return {
    left: sideOf(picture, screen, 1, false),
    right: sideOf(picture, screen, -1, false),
    top: sideOf(picture, screen, 1, true),
    low: sideOf(picture, screen, -1, true),
  }
}

function sideOf(picture: Picture, screen: Screen, inwards: 1 | -1, level: boolean): Side | undefined {
  const { inside, width, height, scale } = screen.judged
  const [lines, count] = level ? [width, height] : [height, width]
  const step = Math.max(1, Math.floor((0.8 * lines) / PLACES))
  const points: [number, number][] = []
  for (let line = Math.floor(0.1 * lines); line < 0.9 * lines; line += step) {
    const at = (i: number) => (level ? inside[i * width + line] : inside[line * width + i])
    let first = inwards > 0 ? 0 : count - 1
    while (first >= 0 && first < count && at(first) !== 1) first += inwards
    if (first < 0 || first >= count) continue
    const along = line * scale + (scale >> 1)
    const across = crossing(picture, screen, along, first * scale + (scale >> 1), inwards, level)
    if (across !== undefined) points.push([along, across])
  }
  return points.length < LEAST_PLACES ? undefined : fit(points)
}

/** Walks outwards from a px inside until the light is half; between two px it is interpolated. */
function crossing(
  picture: Picture,
  screen: Screen,
  along: number,
  from: number,
  inwards: 1 | -1,
  level: boolean,
): number | undefined {
  const most = level ? picture.height : picture.width
  const grey = (i: number) => (level ? greyAt(picture, along, i) : greyAt(picture, i, along))
  const deep = from + inwards * DEEP
  if (deep < 0 || deep >= most) return undefined
  const own = grey(deep)
  if ((own - screen.around) * (screen.level - screen.around) < 0.25 * (screen.level - screen.around) ** 2)
    return undefined
  const half = (own + screen.around) / 2
  const beyond = (v: number) => (v - half) * (own - half) < 0
  let before = own
  for (let i = deep; i !== from - inwards * REACH && i >= 0 && i < most; i -= inwards) {
    const here = grey(i)
    if (beyond(here)) return i + inwards * ((half - here) / (before - here))
    before = here
  }
  return undefined
}

/** Median slope over pairs half the way apart, and the median of what is left (Theil and Sen). */
function fit(points: readonly (readonly [number, number])[]): Side {
  const apart = points.length >> 1
  const slopes = points.slice(apart).map(([x, y], i) => (y - points[i]![1]) / (x - points[i]![0]))
  const slope = quantile(slopes, 0.5)
  return {
    slope,
    at: quantile(
      points.map(([x, y]) => y - slope * x),
      0.5,
    ),
  }
}

/** The lens spreads the step at a side over some px. */
const MARGIN = 6

/** Cells of a map that the sides hold, less a margin, and that the mask of what is judged holds too: it knows round corners. */
export function spansOf(edges: Edges, screen: Screen, map: Luminance): Spans {
  const first = new Int32Array(map.height)
  const last = new Int32Array(map.height)
  const { left, right, top, low } = edges
  for (let y = 0; y < map.height; y += 1) {
    const [y0, y1] = [map.top + y * map.scale, map.top + (y + 1) * map.scale]
    let [from, to] = [map.left, map.left + map.width * map.scale]
    if (left !== undefined) from = Math.max(from, left.at + Math.max(left.slope * y0, left.slope * y1) + MARGIN)
    if (right !== undefined) to = Math.min(to, right.at + Math.min(right.slope * y0, right.slope * y1) - MARGIN)
    // Under the upper side: y0 >= at + slope x + margin; above the lower one alike.
    if (top !== undefined) [from, to] = cut(from, to, y0 - MARGIN - top.at, top.slope)
    if (low !== undefined) [from, to] = cut(from, to, low.at - y1 - MARGIN, -low.slope)
    const held = heldRow(screen, y0, y1 - 1)
    // The mask's own steps are coarse: where it cuts a corner off, two of its cells more are left.
    const { scale } = screen.judged
    from = held[0] > from + scale ? held[0] + 2 * scale : Math.max(from, held[0])
    to = held[1] < to - scale ? held[1] - 2 * scale : Math.min(to, held[1])
    first[y] = Math.max(0, Math.ceil((from - map.left) / map.scale))
    last[y] = Math.max(first[y]!, Math.min(map.width, Math.floor((to - map.left) / map.scale)))
  }
  return { first, last }
}

/** First px and last (beyond it) that are judged in all rows from y0 to y1. */
function heldRow({ judged: { inside, width, height, scale } }: Screen, y0: number, y1: number): [number, number] {
  let [from, to] = [0, width]
  for (let row = Math.floor(y0 / scale); row <= Math.min(height - 1, Math.floor(y1 / scale)); row += 1) {
    const line = inside.subarray(row * width, (row + 1) * width)
    const first = line.indexOf(1)
    from = Math.max(from, first < 0 ? width : first)
    to = Math.min(to, line.lastIndexOf(1) + 1)
  }
  return [from * scale, Math.max(from, to) * scale]
}

/** The part of from..to where slope x x <= room. */
function cut(from: number, to: number, room: number, slope: number): [number, number] {
  if (slope * from <= room && slope * to <= room) return [from, to]
  if (slope * from > room && slope * to > room) return [from, from]
  return slope > 0 ? [from, room / slope] : [room / slope, to]
}

/** Slope of the display's columns (px across a px down) and rows (px down a px across), as the sides have it. */
export function slopesOf({ left, right, top, low }: Edges): { readonly columns: number; readonly rows: number } {
  const mean = (a: Side | undefined, b: Side | undefined) => {
    const own = [a, b].filter(side => side !== undefined)
    return own.length === 0 ? 0 : own.reduce((sum, side) => sum + side.slope, 0) / own.length
  }
  return { columns: mean(left, right), rows: mean(top, low) }
}
