import type { Measured } from './measure.ts'

export interface Piece {
  readonly kind: 'scratch' | 'stain' | 'oil' | 'dust'
  readonly probability: number
  readonly measured: Measured
  /** Mean probability by the network's classes. */
  readonly votes: readonly number[]
}

/** Glints of one drop lie nearer than this: px, and share of the longer. */
const OIL_GAP = 8
const OIL_REACH = 0.3

/** Joins pieces of one defect: a scratch that fades in between, the glints of one drop of oil. */
export function joinPieces(pieces: readonly Piece[]): Piece[] {
  const out = [...pieces]
  for (let again = true; again; ) {
    again = false
    for (let i = 0; i < out.length && !again; i += 1) {
      for (let j = i + 1; j < out.length && !again; j += 1) {
        if (!belong(out[i]!, out[j]!)) continue
        out[i] = join(out[i]!, out[j]!)
        out.splice(j, 1)
        again = true
      }
    }
  }
  return out
}

function belong(a: Piece, b: Piece): boolean {
  if (a.kind === 'oil' || b.kind === 'oil') {
    const [oil, other] = a.kind === 'oil' ? [a, b] : [b, a]
    return other.kind === 'oil'
      ? gap(a, b) < OIL_GAP + OIL_REACH * Math.max(a.measured.length, b.measured.length)
      : inside(other.measured, oil.measured)
  }
  if (a.kind === 'scratch' && b.kind === 'scratch') return inLine(a.measured, b.measured)
  return false
}

/** Distance between two boxes, px; 0 where they overlap. */
function gap(a: Piece, b: Piece): number {
  const [ax, ay, aw, ah] = a.measured.bbox
  const [bx, by, bw, bh] = b.measured.bbox
  return Math.hypot(Math.max(0, bx - ax - aw, ax - bx - bw), Math.max(0, by - ay - ah, ay - by - bh))
}

function inside(small: Measured, large: Measured): boolean {
  const [x, y, w, h] = large.bbox
  const [cx, cy] = small.centre
  return cx > x && cy > y && cx < x + w && cy < y + h && small.area < large.bbox[2] * large.bbox[3]
}

/** Two strokes of one line: their nearest ends are close, and both point along the way between their middles. */
function inLine(a: Measured, b: Measured): boolean {
  const reach = Math.max(16, 0.2 * Math.max(a.length, b.length))
  let nearest = Number.POSITIVE_INFINITY
  for (const [px, py] of ends(a))
    for (const [qx, qy] of ends(b)) nearest = Math.min(nearest, Math.hypot(px - qx, py - qy))
  if (nearest > reach) return false
  const way = Math.atan2(b.centre[1] - a.centre[1], b.centre[0] - a.centre[0])
  return [a, b].every(m => m.length < 12 || Math.abs(Math.sin(m.angle - way)) < 0.5)
}

function ends(m: Measured): [number, number][] {
  const [dx, dy] = [(Math.cos(m.angle) * m.length) / 2, (Math.sin(m.angle) * m.length) / 2]
  return [
    [m.centre[0] - dx, m.centre[1] - dy],
    [m.centre[0] + dx, m.centre[1] + dy],
  ]
}

function join(a: Piece, b: Piece): Piece {
  const [large, small] = a.measured.area >= b.measured.area ? [a, b] : [b, a]
  const [m, n] = [large.measured, small.measured]
  const x = Math.min(m.bbox[0], n.bbox[0])
  const y = Math.min(m.bbox[1], n.bbox[1])
  const width = Math.max(m.bbox[0] + m.bbox[2], n.bbox[0] + n.bbox[2]) - x
  const height = Math.max(m.bbox[1] + m.bbox[3], n.bbox[1] + n.bbox[3]) - y
  const area = m.area + n.area
  const share = m.area / area
  const centre = [
    share * m.centre[0] + (1 - share) * n.centre[0],
    share * m.centre[1] + (1 - share) * n.centre[1],
  ] as const
  const kind = a.kind === 'oil' || b.kind === 'oil' ? 'oil' : large.kind
  const measured: Measured = {
    ...m,
    bbox: [x, y, width, height],
    area,
    centre,
    length: Math.max(m.length, n.length, Math.hypot(width, height) * 0.9),
    contrast: share * m.contrast + (1 - share) * n.contrast,
    peak: Math.max(m.peak, n.peak),
    fill: area / (width * height),
  }
  const votes = large.votes.map((vote, k) => share * vote + (1 - share) * small.votes[k]!)
  return { kind, probability: Math.max(a.probability, b.probability), measured, votes }
}
