/** What a number of good parts can prove about overkill. */
export interface OverkillPromise {
  /** Upper bound (one-sided Clopper-Pearson) of the share of good parts that do not pass. */
  readonly overkill_upper: number
  readonly confidence: number
  /** Good parts to teach on before the wished overkill can be promised, where none of them is refused. */
  readonly parts_needed: number
}

const CONFIDENCE = 0.95

/** `refused` of `parts` good parts, each judged by the others, did not pass; the wish is a share. */
export function promiseOf(parts: number, refused: number, wish: number): OverkillPromise {
  return {
    overkill_upper: Number(upperBound(refused, parts, CONFIDENCE).toPrecision(4)),
    confidence: CONFIDENCE,
    parts_needed: Math.max(parts, Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(1 - wish))),
  }
}

/** One-sided Clopper-Pearson bound of k of n, by bisection on the binomial tail. */
export function upperBound(k: number, n: number, confidence: number): number {
  if (k >= n) return 1
  let low = k / n
  let high = 1
  for (let step = 0; step < 60; step += 1) {
    const p = (low + high) / 2
    if (atMost(k, n, p) > 1 - confidence) low = p
    else high = p
  }
  return high
}

/** Chance of at most k of n at the rate p. */
function atMost(k: number, n: number, p: number): number {
  let choose = 0
  let sum = 0
  for (let i = 0; i <= k; i += 1) {
    sum += Math.exp(choose + i * Math.log(p) + (n - i) * Math.log1p(-p))
    choose += Math.log(n - i) - Math.log(i + 1)
  }
  return sum
}
