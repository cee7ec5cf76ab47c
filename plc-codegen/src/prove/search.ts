import { core, type Type } from '../check/types.ts'
import { STEP_LIMIT } from '../run/machine.ts'
import type { Bench, Saved } from './bench.ts'
import type { Run } from './bounded.ts'
import { createRandom, type Random } from './random.ts'
import { type Constants, type Pool, poolOf } from './values.ts'

export interface SearchOptions {
  /** Scans to spend in all. */
  readonly scans: number
  /** Longest run from the start. */
  readonly depth: number
  readonly seed: number
  readonly stop: () => boolean
  readonly constants: Constants
}

export interface Found {
  /** By property: the first run that breaks it (or reaches its goal). */
  readonly bad: (Run | undefined)[]
  /** By property: whether its premise was met. */
  readonly premise: boolean[]
  readonly scans: number
  readonly depth: number
  /** Runs whose ends were worth going on from: new coverage. */
  readonly ends: readonly Run[]
}

interface Seed {
  readonly saved: Saved
  readonly run: unknown[][]
  readonly cycleMs: number
}

const CYCLES = [100, 10, 1, 1000, 50]

/**
 * Tries a unit with boundary, random and coverage-guided inputs: runs go on from states that reached something new. All
 * properties are watched in every scan.
 */
export function search(bench: Bench, options: SearchOptions): Found {
  const { scans: budget, depth, stop, constants } = options
  const random = createRandom(options.seed)
  const writers = bench.inputs.map(input => writerOf(input.type, constants))
  const count = bench.judged.length
  const bad: (Run | undefined)[] = new Array(count).fill(undefined)
  const premise: boolean[] = new Array(count).fill(false)
  const { machine } = bench.unit.program
  const { statements, branches } = machine
  const reached = { statements: new Set<number>(), branches: new Set<number>() }
  const seeds: Seed[] = []
  let used = 0
  let deepest = 0

  const isNew = (): boolean => {
    let fresh = false
    for (const [hits, known] of [
      [statements.hit, reached.statements],
      [branches.hit, reached.branches],
    ] as const) {
      for (let i = 0; i < hits.length; i += 1) {
        if (hits[i] === 1 && !known.has(i)) {
          known.add(i)
          fresh = true
        }
      }
    }
    return fresh
  }

  let work = 0
  let ended = stop()
  while (used < budget && !ended) {
    const from = seeds.length > 0 && random.next() < 0.6 ? random.pick(seeds) : undefined
    const run: unknown[][] = from === undefined ? [] : [...from.run]
    const cycleMs = from?.cycleMs ?? random.pick(CYCLES)
    if (from === undefined) bench.reset()
    else bench.load(from.saved)
    const length = Math.min(depth - run.length, 1 + random.below(random.next() < 0.2 ? depth : 24))
    let values = writers.map(write => write(random, undefined))
    for (let i = 0; i < length && used < budget && !ended; i += 1) {
      // Mostly one input changes and the others are held, as on a plant; sometimes all, sometimes none.
      const mode = random.next()
      if (mode < 0.35) values = writers.map(write => write(random, undefined))
      else if (mode < 0.8 && writers.length > 0) {
        const k = random.below(writers.length)
        values = values.slice()
        values[k] = writers[k]!(random, values)
      }
      bench.scan(values, cycleMs)
      run.push(values)
      used += 1
      work += 100 + STEP_LIMIT - machine.budget
      if (work > 20_000) {
        work = 0
        ended = stop()
      }
      let fresh = isNew()
      for (let p = 0; p < count; p += 1) {
        const { bad: broken, premise: met } = bench.judged[p]!
        if (met && !premise[p]) {
          premise[p] = true
          fresh = true
        }
        const held = bad[p]
        if (broken && (held === undefined || run.length < held.inputs.length)) bad[p] = { cycleMs, inputs: run.slice() }
      }
      if (fresh && run.length < depth) {
        seeds.push({ saved: bench.save(), run: run.slice(), cycleMs })
        if (seeds.length > 200) seeds.shift()
      }
    }
    deepest = Math.max(deepest, run.length)
  }
  return {
    bad,
    premise,
    scans: used,
    depth: deepest,
    ends: seeds.map(each => ({ cycleMs: each.cycleMs, inputs: each.run })),
  }
}

type Writer = (random: Random, before: readonly unknown[] | undefined) => unknown

function writerOf(type: Type, constants: Constants): Writer {
  const t = core(type)
  if (t.kind === 'array') {
    const size = t.dimensions.reduce((n, each) => n * (each === undefined ? 0 : each.high - each.low + 1), 1)
    const element = writerOf(t.element, constants)
    return random => Array.from({ length: size }, () => element(random, undefined))
  }
  if (t.kind === 'struct') {
    const fields = [...t.fields.values()].map(each => writerOf(each.type, constants))
    return random => fields.map(each => each(random, undefined))
  }
  const pool: Pool = poolOf(type, constants)
  return (random, before) => {
    // Two inputs that are equal decide many comparisons: a value of another input is tried too.
    if (before !== undefined && before.length > 1 && random.next() < 0.15) {
      const other = random.pick(before)
      if (typeof other === typeof pool.interesting[0] && typeof other !== 'boolean' && t.kind === 'elementary')
        return fit(t.class, t.bits, other) ? other : pool.random(random)
    }
    return random.next() < 0.7 ? random.pick(pool.interesting) : pool.random(random)
  }
}

function fit(kind: string, bits: number, value: unknown): boolean {
  if (kind === 'real') return typeof value === 'number' && (bits === 64 || Math.fround(value) === value)
  if (typeof value === 'bigint') return bits === 64 && (kind !== 'unsigned' || value >= 0n)
  if (typeof value !== 'number' || !Number.isInteger(value)) return false
  if (kind === 'signed') return value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1)
  return value >= 0 && value < 2 ** bits
}

/** Plays a run; the number of scans after which the property is broken, or undefined where it is not. */
export function replay(bench: Bench, run: Run, property: number): number | undefined {
  bench.reset()
  for (let i = 0; i < run.inputs.length; i += 1) {
    bench.scan(run.inputs[i]!, run.cycleMs)
    if (bench.judged[property]!.bad) return i + 1
  }
  return undefined
}

/** A shorter run that still breaks the property: scans are left out while it does. */
export function shorten(bench: Bench, run: Run, property: number, stop: () => boolean): Run {
  let best = run
  for (let size = Math.floor(run.inputs.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at + size <= best.inputs.length && !stop(); ) {
      const tried = { ...best, inputs: [...best.inputs.slice(0, at), ...best.inputs.slice(at + size)] }
      const broken = tried.inputs.length === 0 ? undefined : replay(bench, tried, property)
      if (broken === undefined) at += size
      else best = { ...tried, inputs: tried.inputs.slice(0, broken) }
    }
  }
  return best
}

/** The same run in plainer values: a usual cycle time, inputs at zero or held, as far as it still breaks the property. */
export function simplify(bench: Bench, run: Run, property: number, stop: () => boolean): Run {
  const length = run.inputs.length
  let best = run
  const accept = (tried: Run): boolean => {
    if (replay(bench, tried, property) !== length) return false
    best = tried
    return true
  }
  accept({ ...best, cycleMs: 100 })
  if (length > 200) return best
  for (let scan = 0; scan < length; scan += 1) {
    for (let i = 0; i < bench.inputs.length && !stop(); i += 1) {
      const held = best.inputs[scan]![i]
      if (typeof held === 'object') continue
      const before = scan === 0 ? undefined : best.inputs[scan - 1]![i]
      for (const plain of [before, ...plainest(held)]) {
        if (plain === undefined) continue
        if (plain === held) break
        const row = [...best.inputs[scan]!]
        row[i] = plain
        if (accept({ ...best, inputs: [...best.inputs.slice(0, scan), row, ...best.inputs.slice(scan + 1)] })) break
      }
    }
  }
  return best
}

function plainest(value: unknown): unknown[] {
  if (typeof value === 'boolean') return [false]
  if (typeof value === 'bigint') return [0n, 1n, -1n].filter(each => value < 0n || each >= 0n)
  if (typeof value !== 'number') return []
  return [0, 1, -1, Math.trunc(value)].filter(each => value < 0 || each >= 0)
}
