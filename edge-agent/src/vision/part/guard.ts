import type { PartGuard } from '@millwright/contract'
import type { Face } from './face.ts'
import { alike, distances, gistOf } from './nearest.ts'
import { placesOf, standardise } from './places.ts'
import type { Projection } from './projection.ts'

/** A taught guard, unpacked. */
export interface Guard {
  readonly projection: Projection
  readonly parts: readonly Face[]
  readonly gists: readonly Float32Array[]
}

export function unpack(guard: PartGuard): Guard {
  const bytes = Buffer.from(guard.projection, 'base64')
  const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  const channels = floats.length / (1 + guard.dims)
  const projection = { dims: guard.dims, mean: floats.slice(0, channels), weights: floats.slice(channels) }
  const parts = guard.parts.map(({ rows, columns, cells }): Face => {
    const packed = Buffer.from(cells, 'base64')
    const values = Float32Array.from(packed, byte => ((byte << 24) >> 24) * guard.unit)
    return { rows, columns, dims: guard.dims, cells: values }
  })
  return { projection, parts, gists: parts.map(gistOf) }
}

/** Bytes of a projection and of a face, as the recipe holds them. */
export function packProjection({ mean, weights }: Projection): string {
  const floats = new Float32Array(mean.length + weights.length)
  floats.set(mean)
  floats.set(weights, mean.length)
  return Buffer.from(floats.buffer).toString('base64')
}

export function packFace({ rows, columns, cells }: Face, unit: number): PartGuard['parts'][number] {
  const bytes = Int8Array.from(cells, v => Math.max(-127, Math.min(127, Math.round(v / unit))))
  return { rows, columns, cells: Buffer.from(bytes.buffer).toString('base64') }
}

/** How far each cell of a face strays from good, in deviations of its place. */
export function strayMap(
  face: Face,
  { parts, gists }: Pick<Guard, 'parts' | 'gists'>,
  { means, deviations }: Pick<PartGuard, 'means' | 'deviations'>,
): Float32Array {
  const near = alike(gistOf(face), gists).map(i => parts[i]!)
  return standardise(distances(face, near), placesOf(face), means, deviations)
}
