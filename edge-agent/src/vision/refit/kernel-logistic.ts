/** A case of the regression: traits, what is known before (log odds), the truth, and the capture it is from. */
export interface Case {
  readonly traits: readonly number[]
  readonly before: number
  readonly truth: boolean
  readonly weight: number
  readonly capture: string
}

/**
 * How far log odds move: a sum over reviewed regions, each weighing as much as it is alike (Gaussian of `reach` in traits). Far from all of
 * them nothing moves: what reviews of one product do not show stays as it was.
 */
export interface Shift {
  readonly reach: number
  /** A weight a reviewed region, in the order of the samples. */
  readonly weights: number[]
}

export function shiftOf(
  { reach, weights }: Shift,
  seen: readonly (readonly number[])[],
  traits: readonly number[],
): number {
  let sum = 0
  for (let i = 0; i < weights.length; i += 1) sum += weights[i]! * alike(seen[i]!, traits, reach)
  return sum
}

export const chance = (logOdds: number) => 1 / (1 + Math.exp(-logOdds))

/**
 * Kernel logistic regression with an offset, by iteratively reweighted least squares (Zhu and Hastie 2005): least deviance plus `ridge` times
 * the squared norm of the shift.
 */
export function fitShift(cases: readonly Case[], reach: number, ridge: number): Shift {
  const n = cases.length
  const kernel = cases.map(a => Float64Array.from(cases, b => alike(a.traits, b.traits, reach)))
  let weights: number[] = new Array<number>(n).fill(0)
  for (let round = 0; round < 12; round += 1) {
    const shift = kernel.map(row => row.reduce((sum, k, i) => sum + k * weights[i]!, 0))
    const rows: number[][] = []
    const right: number[] = []
    cases.forEach(({ before, truth, weight }, i) => {
      const p = chance(before + shift[i]!)
      const curve = Math.max(1e-4, weight * p * (1 - p))
      rows.push(Array.from(kernel[i]!, (k, j) => k + (i === j ? ridge / curve : 0)))
      right.push(shift[i]! + (weight * ((truth ? 1 : 0) - p)) / curve)
    })
    const next = solve(rows, right)
    const moved = Math.max(0, ...next.map((w, i) => Math.abs(w - weights[i]!)))
    weights = next
    if (moved < 1e-5) break
  }
  return { reach, weights: weights.map(w => Number(w.toFixed(6))) }
}

/** Mean deviance on cases that the fit did not see. */
export function devianceOf(cases: readonly Case[], shift: Shift, seen: readonly Case[]): number {
  const traits = seen.map(c => c.traits)
  let sum = 0
  for (const { traits: own, before, truth } of cases) {
    const p = chance(before + shiftOf(shift, traits, own))
    sum -= 2 * Math.log(Math.max(1e-9, truth ? p : 1 - p))
  }
  return sum / Math.max(1, cases.length)
}

function alike(a: readonly number[], b: readonly number[], reach: number): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i]! - (b[i] ?? 0)) ** 2
  return Math.exp(-sum / (2 * reach * reach))
}

/** Gaussian elimination with pivoting, in place. */
function solve(rows: number[][], right: readonly number[]): number[] {
  const n = right.length
  for (const [i, row] of rows.entries()) row.push(right[i]!)
  for (let a = 0; a < n; a += 1) {
    let pivot = a
    for (let r = a + 1; r < n; r += 1) if (Math.abs(rows[r]![a]!) > Math.abs(rows[pivot]![a]!)) pivot = r
    ;[rows[a], rows[pivot]] = [rows[pivot]!, rows[a]!]
    const top = rows[a]!
    for (let r = a + 1; r < n; r += 1) {
      const factor = rows[r]![a]! / top[a]!
      if (factor !== 0) for (let c = a; c <= n; c += 1) rows[r]![c]! -= factor * top[c]!
    }
  }
  const out = new Array<number>(n).fill(0)
  for (let a = n - 1; a >= 0; a -= 1) {
    let sum = rows[a]![n]!
    for (let b = a + 1; b < n; b += 1) sum -= rows[a]![b]! * out[b]!
    out[a] = sum / rows[a]![a]!
  }
  return out
}
