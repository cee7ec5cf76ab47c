/** How long a silent device is waited for, pure. */

export interface Patience {
  /** Slowest answer of late, ms; 0: it has never answered. */
  readonly slowest: number
}

export const NO_PATIENCE: Patience = { slowest: 0 }

/** Old answers count less and less: a device that was slow once is not waited for so long for ever. */
export const answeredIn = ({ slowest }: Patience, ms: number): Patience => ({ slowest: Math.max(ms, slowest * 0.98) })

const LEAST_MS = 100

/**
 * Time limit of the `tried`-th try (from 1) to hear a silent device again, ms: four times its slowest answer, since each
 * such wait holds up the others on its line; every fourth try, and one that has never answered, gets the whole limit.
 */
export function probeTimeout({ slowest }: Patience, tried: number, timeoutMs: number): number {
  if (slowest === 0 || tried % 4 === 0) return timeoutMs
  return Math.min(timeoutMs, Math.max(LEAST_MS, 4 * slowest))
}
