import type { DefectClass, Reason } from '@millwright/contract'

/** Something seen in a capture, before the recipe's rules say whether it counts. */
export interface Finding {
  readonly class: DefectClass
  readonly subclass?: string
  /** 0..1. */
  readonly score: number
  readonly bbox: readonly [number, number, number, number]
  readonly area: number
  readonly reasons: readonly Reason[]
  /** What the network said, by its classes; absent where no network was asked. */
  readonly votes?: readonly number[]
}

/** 0 for nothing, 0.5 at the limit, towards 1 beyond it. */
export function scoreAgainst(limit: number, value: number): number {
  return 1 - 2 ** (-value / limit)
}
