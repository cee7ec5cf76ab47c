import { createHash } from 'node:crypto'
import type { PartGuard } from '@millwright/contract'
import { type Face, type Features, faceOf } from '../part/face.ts'
import { packFace, packProjection, unpack } from '../part/guard.ts'
import { alike, distances, gistOf } from '../part/nearest.ts'
import { learnPlaces, placesOf, standardise, strayOf } from '../part/places.ts'
import { fitProjection, project } from '../part/projection.ts'
import type { Picture } from '../picture.ts'

/** Median brightness that parts are brought to. */
const LEVEL = 110
/** Pixels of a part that are looked at; larger ones are reduced. */
const MOST_PIXELS = 400_000
/** Values kept a cell. */
const DIMS = 64
/** Parts that the recipe keeps; of more, an even choice. */
const MOST_PARTS = 240

export interface TaughtPart {
  readonly guard: PartGuard
  /** Good parts that would not pass, each held against the others. */
  readonly refused: number
}

/** Brings parts to one scale: that at which the usual one has at most `MOST_PIXELS`. */
export function scaleFor(sizes: readonly { width: number; height: number }[]): number {
  const areas = sizes.map(({ width, height }) => width * height).sort((a, b) => a - b)
  return Math.min(1, Math.sqrt(MOST_PIXELS / areas[areas.length >> 1]!))
}

export function seeFace(features: Features, picture: Picture, scale: number): Promise<Face> {
  return faceOf(features, picture, scale, LEVEL)
}

/**
 * Learns what good faces look like, and the limit that the wished share of them would go beyond: the conformal quantile of
 * each part's stray, held against all others.
 */
export function teachPart(faces: readonly Face[], model: string, scale: number, wish: number): TaughtPart {
  const kept = faces.filter(
    (_, i) => Math.floor((i * MOST_PARTS) / faces.length) !== Math.floor(((i - 1) * MOST_PARTS) / faces.length),
  )
  const good = faces.length <= MOST_PARTS ? faces : kept
  const projection = fitProjection(good, DIMS)
  const projected = good.map(face => project(face, projection))
  const unit = unitOf(projected)
  const taught = {
    model,
    scale,
    level: LEVEL,
    dims: projection.dims,
    projection: packProjection(projection),
    unit,
    parts: projected.map(face => packFace(face, unit)),
  }
  // Judged as the station will: from what was packed.
  const { parts } = unpack({ ...taught, id: '', means: [], deviations: [], limit: 0, spread: 1 })
  const gists = parts.map(gistOf)
  const maps = parts.map((face, i) => ({
    places: placesOf(face),
    far: distances(
      face,
      alike(gists[i]!, gists, i).map(k => parts[k]!),
    ),
  }))
  const { means, deviations } = learnPlaces(maps)
  const strays = maps.map(({ far, places }) => strayOf(standardise(far, places, means, deviations)))
  const { limit, spread } = limitOf(strays, wish)
  const id = createHash('sha256').update(taught.projection).update(JSON.stringify(taught.parts)).digest('hex')
  return {
    guard: {
      ...taught,
      id: id.slice(0, 16),
      means: means.map(short),
      deviations: deviations.map(short),
      limit,
      spread,
    },
    refused: strays.filter(stray => stray > limit).length,
  }
}

/** The conformal quantile for the wish; where too few parts were seen for it, beyond the worst by a tenth of the range. */
function limitOf(strays: readonly number[], wish: number): { limit: number; spread: number } {
  const sorted = [...strays].sort((a, b) => a - b)
  const median = sorted[sorted.length >> 1]!
  const most = sorted.at(-1)!
  const rank = Math.ceil((sorted.length + 1) * (1 - wish))
  const limit = rank <= sorted.length ? sorted[rank - 1]! + 1e-6 : most + 0.1 * (most - median)
  const mean = strays.reduce((sum, v) => sum + v, 0) / strays.length
  const spread = Math.sqrt(strays.reduce((sum, v) => sum + (v - mean) ** 2, 0) / strays.length)
  return { limit: short(limit), spread: short(Math.max(0.1, spread)) }
}

/** Size of a step of int8 so that all but the outermost thousandth fits. */
function unitOf(faces: readonly Face[]): number {
  const sizes = Float32Array.from(
    faces.flatMap(({ cells }) => Array.from({ length: 500 }, (_, i) => Math.abs(cells[(i * 7919) % cells.length]!))),
  ).sort()
  return short(Math.max(1e-3, sizes[Math.floor(0.999 * (sizes.length - 1))]! / 120))
}

const short = (value: number) => Number(value.toPrecision(6))
