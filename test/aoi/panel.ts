import type { Pattern } from '@millwright/models/synth'

/** Families that the product knows, and those that it was never shown. */
export const KNOWN = ['dead_pixel', 'line', 'mura', 'light_leak', 'colour', 'scratch', 'stain', 'oil'] as const
export const UNKNOWN = ['sticking', 'rings', 'crack', 'bubble', 'pinholes'] as const
export type Family = (typeof KNOWN)[number] | (typeof UNKNOWN)[number]

/** A flaw to draw; each renderer has its own way to draw it. */
export interface Flaw {
  readonly family: Family
  /** Centre, shares of the screen's width and height. */
  readonly at: readonly [number, number]
  /** Extent, px at full HD: length of a scratch, diameter of an area, reach of a leak. */
  readonly size: number
  /** Width across (scratch, line), px. */
  readonly thick: number
  /** Mura: its form. */
  readonly form: 'spot' | 'line' | 'band' | 'cloud' | 'curtain'
  /** Brighter than the screen, or darker. */
  readonly bright: boolean
  /**
   * Share of the light around (over the half-height core; of a dead pixel: of one pixel's light, more than 1 for several; on black, of
   * full white, a leak of the black itself), SEMU (mura), dE00 (colour).
   */
  readonly severity: number
}

export type Nuisance = 'moire' | 'dust' | 'reflection' | 'drift'
export const NUISANCES: readonly Nuisance[] = ['moire', 'dust', 'reflection', 'drift']

/** One capture to render. */
export interface Shot {
  readonly renderer: 'first' | 'second'
  readonly settings: SettingsName
  /** Same panel, same station: all captures of a panel share it. */
  readonly seed: string
  readonly pattern: Exclude<Pattern, 'surface'>
  readonly flaw: Flaw | undefined
  readonly nuisances: readonly Nuisance[]
}
export type SettingsName = 'development' | 'test' | 'unseen' | 'other_light' | 'heavy_moire'

/** A rendered capture. */
export interface Taken {
  /** RGB, 8 bits. */
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  /** Box of the flaw: x, y, width, height, px; undefined where none was drawn. */
  readonly box: readonly [number, number, number, number] | undefined
}

export const [WIDTH, HEIGHT] = [1920, 1080]
/** Size of a px on the panel: a 14-inch screen. */
export const MM_A_PX = 309 / 1920
