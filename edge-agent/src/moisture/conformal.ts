/** Split conformal prediction (Vovk et al. 2005; Lei et al. 2018): half width from held-out absolute residuals. */

/** The ceil((n + 1) * share)-th smallest absolute residual; infinite with too few to promise that share. */
export function conformalHalfWidth(residuals: readonly number[], share: number): number {
  const sorted = residuals.map(Math.abs).sort((a, b) => a - b)
  const rank = Math.ceil((sorted.length + 1) * share)
  return rank > sorted.length ? Number.POSITIVE_INFINITY : sorted[rank - 1]!
}
