/**
 * Gradient boosting of regression trees on histograms (Friedman 2001; Ke et al. 2017), without chance: the same rows give
 * the same trees. It learns what is left of a plain reference (the newest known target where there is one, else the mean).
 */
import { type Static, Type } from 'typebox'
import type { Design } from './design.ts'
import { type Estimate, readTerms, Seen, widthIn } from './linear-model.ts'
import type { SampleTable } from './table.ts'

const Tree = Type.Object({
  /** Term looked at by each inner node; -1 in a leaf. */
  term: Type.Array(Type.Integer()),
  /** Values above go right. */
  cut: Type.Array(Type.Number()),
  left: Type.Array(Type.Integer()),
  right: Type.Array(Type.Integer()),
  /** Of every node, so that contributions can follow the way down (Saabas). */
  value: Type.Array(Type.Number()),
})
type Tree = Static<typeof Tree>

export const BoostedModel = Type.Object({
  kind: Type.Literal('boosted'),
  target: Type.String(),
  horizon: Type.Integer({ minimum: 0 }),
  terms: Type.Array(Type.Object({ column: Type.String(), lag: Type.Integer({ minimum: 0 }) })),
  /** Term that the trees correct; -1: the constant. */
  reference: Type.Integer({ minimum: -1 }),
  constant: Type.Number(),
  trees: Type.Array(Tree),
  seen: Seen,
  halfWidth: Type.Number(),
})
export type BoostedModel = Static<typeof BoostedModel>

export interface BoostOptions {
  readonly trees: number
  readonly depth: number
  readonly rate: number
  readonly leastRows: number
}
const BINS = 48
/** Shrinks the value of small leaves. */
const LEAF_PENALTY = 5

export function fitBoosted(
  design: Design,
  reference: number,
  options: BoostOptions,
): Pick<BoostedModel, 'reference' | 'constant' | 'trees'> {
  const { x, y, terms } = design
  const rows = y.length
  const p = terms.length
  const rest = Float64Array.from(y, (value, i) => value - (reference < 0 ? 0 : x[i * p + reference]!))
  const constant = rest.reduce((sum, value) => sum + value, 0) / Math.max(1, rows)
  for (let i = 0; i < rows; i += 1) rest[i]! -= constant
  const cuts = terms.map((_, j) => quantileCuts(x, p, j, rows))
  const bins = new Uint8Array(rows * p)
  for (let j = 0; j < p; j += 1) for (let i = 0; i < rows; i += 1) bins[i * p + j] = binOf(cuts[j]!, x[i * p + j]!)

  const trees: Tree[] = []
  for (let t = 0; t < options.trees; t += 1) {
    const tree: Tree = { term: [], cut: [], left: [], right: [], value: [] }
    const all = Int32Array.from({ length: rows }, (_, i) => i)
    grow(tree, all, options.depth)
    trees.push(tree)
  }
  return { reference, constant, trees }

  function grow(tree: Tree, members: Int32Array, depth: number): number {
    let sum = 0
    for (const i of members) sum += rest[i]!
    const node = tree.term.length
    const value = (options.rate * sum) / (members.length + LEAF_PENALTY)
    tree.term.push(-1)
    tree.cut.push(0)
    tree.left.push(-1)
    tree.right.push(-1)
    tree.value.push(value)
    const split = depth > 0 ? bestSplit(members, sum) : undefined
    if (split === undefined) {
      for (const i of members) rest[i]! -= value
      return node
    }
    tree.term[node] = split.term
    tree.cut[node] = cuts[split.term]![split.bin]!
    const goesRight = (i: number) => bins[i * p + split.term]! > split.bin
    tree.left[node] = grow(
      tree,
      members.filter(i => !goesRight(i)),
      depth - 1,
    )
    tree.right[node] = grow(tree, members.filter(goesRight), depth - 1)
    return node
  }

  function bestSplit(members: Int32Array, sum: number): { term: number; bin: number } | undefined {
    const whole = sum ** 2 / (members.length + LEAF_PENALTY)
    let best: { term: number; bin: number } | undefined
    let most = whole + 1e-9
    const sums = new Float64Array(BINS)
    const counts = new Int32Array(BINS)
    for (let j = 0; j < p; j += 1) {
      sums.fill(0)
      counts.fill(0)
      for (const i of members) {
        const bin = bins[i * p + j]!
        sums[bin]! += rest[i]!
        counts[bin]! += 1
      }
      let left = 0
      let count = 0
      for (let bin = 0; bin < cuts[j]!.length; bin += 1) {
        left += sums[bin]!
        count += counts[bin]!
        if (count < options.leastRows) continue
        if (members.length - count < options.leastRows) break
        const gain = left ** 2 / (count + LEAF_PENALTY) + (sum - left) ** 2 / (members.length - count + LEAF_PENALTY)
        if (gain > most) {
          most = gain
          best = { term: j, bin }
        }
      }
    }
    return best
  }
}

/** Values between the bins, rising. */
function quantileCuts(x: Float64Array, p: number, j: number, rows: number): number[] {
  const sorted = Float64Array.from({ length: rows }, (_, i) => x[i * p + j]!).sort()
  const cuts: number[] = []
  for (let bin = 1; bin < BINS; bin += 1) {
    const cut = sorted[Math.floor((bin * rows) / BINS)]!
    if (cuts.length === 0 || cut > cuts.at(-1)!) cuts.push(cut)
  }
  return cuts
}

function binOf(cuts: readonly number[], value: number): number {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value > cuts[middle]!) low = middle + 1
    else high = middle
  }
  return low
}

export function estimateBoosted(model: BoostedModel, table: SampleTable, row: number): Estimate | undefined {
  const read = readTerms(model.terms, model.seen, table, row)
  if (read === undefined) return undefined
  const { values, state } = read
  const contributions: Record<string, number> = {}
  const credit = (term: number, amount: number) => {
    const { column } = model.terms[term]!
    contributions[column] = (contributions[column] ?? 0) + amount
  }
  let y = model.constant
  if (model.reference >= 0) {
    const value = values[model.reference]!
    y += value
    credit(model.reference, value - (model.seen[model.terms[model.reference]!.column]?.mean ?? value))
  }
  for (const tree of model.trees) {
    let node = 0
    while (tree.term[node]! >= 0) {
      const next = values[tree.term[node]!]! > tree.cut[node]! ? tree.right[node]! : tree.left[node]!
      credit(tree.term[node]!, tree.value[next]! - tree.value[node]!)
      node = next
    }
    y += tree.value[node]!
  }
  const half = widthIn(state, model.halfWidth)
  return { y, lo: y - half, hi: y + half, state, contributions }
}
