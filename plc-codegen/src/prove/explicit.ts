import { core, type Type } from '../check/types.ts'
import type { Bench, Saved } from './bench.ts'
import type { Run } from './bounded.ts'

export interface Explored {
  readonly complete: boolean
  readonly states: number
  /** Longest shortest way from the start. */
  readonly depth: number
  readonly bad: readonly (Run | undefined)[]
  readonly premise: readonly boolean[]
  /** By property: a run to a state from which its goal is never reached again. */
  readonly stuck: readonly (Run | undefined)[]
}

const ALPHABET = 256

/** All values of the inputs together, or undefined where they are too many to list. */
export function alphabetOf(types: readonly Type[]): unknown[][] | undefined {
  let all: unknown[][] = [[]]
  for (const type of types) {
    const values = valuesOf(type)
    if (values === undefined || all.length * values.length > ALPHABET) return undefined
    all = all.flatMap(each => values.map(value => [...each, value]))
  }
  return all
}

function valuesOf(type: Type): unknown[] | undefined {
  if (type.kind === 'subrange')
    return type.high - type.low < 32 && type.base.bits < 64
      ? Array.from({ length: type.high - type.low + 1 }, (_, i) => type.low + i)
      : undefined
  const t = core(type)
  if (t.kind === 'enum') return [...t.values.values()].map(each => each.value)
  return t.kind === 'elementary' && t.class === 'bool' ? [false, true] : undefined
}

interface Node {
  readonly saved: Saved
  readonly parent: number
  readonly input: readonly unknown[]
  readonly depth: number
}

/**
 * Visits every reachable state, breadth first, so that the first run to a fault is a shortest one. Only for units in which
 * time plays no part: the cycle time is then of no matter.
 */
export function explore(
  bench: Bench,
  alphabet: readonly (readonly unknown[])[],
  limit: number,
  stop: () => boolean,
): Explored {
  const count = bench.judged.length
  const bad: (Run | undefined)[] = new Array(count).fill(undefined)
  const premise: boolean[] = new Array(count).fill(false)
  const nodes: Node[] = []
  const known = new Map<string, number>()
  // By property: states that a scan which meets the goal starts from.
  const meets: Set<number>[] = Array.from({ length: count }, () => new Set())
  const from: number[][] = []
  bench.reset()
  const add = (parent: number, input: readonly unknown[], depth: number): number => {
    const saved = bench.save()
    const key = keyOf(saved)
    const held = known.get(key)
    if (held !== undefined) return held
    known.set(key, nodes.length)
    nodes.push({ saved, parent, input, depth })
    from.push([])
    return nodes.length - 1
  }
  const runTo = (node: number): unknown[][] => {
    const inputs: unknown[][] = []
    for (let at = node; nodes[at]!.parent >= 0; at = nodes[at]!.parent) inputs.push([...nodes[at]!.input])
    return inputs.reverse()
  }
  add(-1, [], 0)
  let complete = true
  for (let at = 0; at < nodes.length; at += 1) {
    if (nodes.length > limit || stop()) {
      complete = false
      break
    }
    for (const input of alphabet) {
      const { saved, depth } = nodes[at]!
      bench.load(saved)
      bench.scan(input, 100)
      bench.judged.forEach((each, p) => {
        if (each.premise) premise[p] = true
        if (!each.bad) return
        meets[p]!.add(at)
        bad[p] ??= { cycleMs: 100, inputs: [...runTo(at), [...input]] }
      })
      const next = add(at, input, depth + 1)
      from[next]!.push(at)
    }
  }
  const stuck = meets.map(goal => {
    if (!complete) return undefined
    const reaches = new Set(goal)
    const open = [...goal]
    while (open.length > 0) {
      for (const before of from[open.pop()!]!) {
        if (reaches.has(before)) continue
        reaches.add(before)
        open.push(before)
      }
    }
    const lost = nodes.findIndex((_, i) => !reaches.has(i))
    return lost < 0 ? undefined : { cycleMs: 100, inputs: runTo(lost) }
  })
  return { complete, states: nodes.length, depth: nodes.at(-1)?.depth ?? 0, bad, premise, stuck }
}

function keyOf({ snapshot, memories, clocks }: Saved): string {
  return JSON.stringify([snapshot.roots, snapshot.memory, memories, clocks], (key, value) => {
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
    // What a frame is of does not change, and is not plain data.
    return key === '0' && typeof value === 'object' && value !== null && 'pou' in value ? null : value
  })
}
