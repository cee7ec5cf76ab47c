/**
 * Laboratory samples against the meter: what the meter showed around the time of the sample, less the oven, is its offset. The offset
 * is a random walk, since meters drift, and an oven has its own scatter; so each sample counts by how much is known (scalar
 * Kalman filter). Pure.
 */
import type { laboratoryRefusals } from './texts.ts'

export type LaboratoryRefusal = keyof typeof laboratoryRefusals
export interface Corrected {
  readonly before: number
  readonly after: number
}

export interface Laboratory {
  /** The meter's mean over the last step, NaN where it showed none, ms. */
  seen(t: number, measured: number): void
  take(takenAt: number, value: number): Corrected | LaboratoryRefusal
  offset(): number
}

/** Readings around the sample that are averaged, and how long readings are kept, ms. */
const AROUND_MS = 30_000
const KEPT_MS = 8 * 3_600_000
const FEWEST = 4
/** Standard deviations, %: of a meter between calibrations, of one oven value, and how the meter strays in an hour. */
const METER_SD = 0.2
const OVEN_SD = 0.05
const STRAY_SD_H = 0.02
/** Farther than this the sample belongs to other leaf, %. */
const FARTHEST = 1.5

export function createLaboratory(): Laboratory {
  let readings: { t: number; measured: number }[] = []
  let offset = 0
  let variance = METER_SD ** 2
  let lastAt: number | undefined
  return {
    offset: () => offset,
    seen(t, measured) {
      if (!Number.isNaN(measured)) readings.push({ t, measured })
      if (readings.length > 0 && t - readings[0]!.t > 1.1 * KEPT_MS)
        readings = readings.filter(each => t - each.t <= KEPT_MS)
    },
    take(takenAt, value) {
      const around = readings.filter(({ t }) => Math.abs(t - takenAt) <= AROUND_MS)
      if (around.length < FEWEST) return 'not_measured'
      const mean = around.reduce((sum, { measured }) => sum + measured, 0) / around.length
      if (Math.abs(mean - value) > FARTHEST) return 'implausible'
      const hours = lastAt === undefined ? 0 : Math.abs(takenAt - lastAt) / 3_600_000
      variance += STRAY_SD_H ** 2 * hours
      lastAt = Math.max(takenAt, lastAt ?? takenAt)
      const gain = variance / (variance + OVEN_SD ** 2)
      const before = offset
      offset += gain * (mean - value - offset)
      variance *= 1 - gain
      return { before, after: offset }
    },
  }
}
