import { core, type Type } from '../check/types.ts'
import { layoutOf } from '../run/layout.ts'
import type { Unit } from '../run/program.ts'
import type { Expression } from '../syntax/tree.ts'
import { type Cell, cellsAt, cellsOfFrame, decode, encode, type Fixed, type InputVariable, inputsOf } from './cells.ts'
import { createFloats } from './floats.ts'
import { type Bit, createGates, FALSE, type Gates, TRUE } from './gates.ts'
import type { Algebra, Monitor } from './monitor.ts'
import { createPossible } from './possible.ts'
import { age, type Hidden } from './symbolic/blocks.ts'
import { run } from './symbolic/call.ts'
import { bitOf, value, valueTo } from './symbolic/expression.ts'
import type { Sym, SymFrame, SymMachine, SymScope } from './symbolic/machine.ts'
import { execute, put } from './symbolic/statement.ts'
import { lift, liftFrame, shapeOf, unknownOf } from './symbolic/values.ts'
import { createWords, type Word } from './words.ts'
import { writtenVariables } from './written.ts'

/** Longest cycle time that proofs cover, in milliseconds. */
export const LONGEST_CYCLE = 1000
const CYCLE_BITS = 10

/** One bit of memory: what it is now, at the start, and after the scan. `start` undefined: free. */
export interface StateBit {
  readonly now: Bit
  readonly start: boolean | undefined
  next: Bit
}

export interface Judgement {
  readonly bad: Bit
  readonly premise: Bit
}

/** A unit with its monitors as a transition system in gates. */
export interface Model {
  readonly gates: Gates
  /** Number of gates of the model itself; what unrolling adds comes after. */
  readonly size: number
  readonly states: readonly StateBit[]
  /** What may be assumed of inputs and of the cycle time. */
  readonly allowed: Bit
  /** A loop turned more often than it was unrolled: nothing is known beyond. */
  readonly overrun: Bit
  readonly judged: readonly Judgement[]
  readonly cycle: readonly Bit[]
  readonly inputs: readonly InputVariable[]
  /** The simulator's values of the inputs in one scan. */
  readonly inputValues: (bit: (b: Bit) => boolean) => unknown[]
  /** The bits that make up such values. */
  readonly inputBits: (values: readonly unknown[]) => ReadonlyMap<Bit, boolean>
  /** The whole memory after the scan, cell by cell: for comparing with the simulator. */
  readonly cells: readonly { readonly name: string; readonly next: readonly Bit[] }[]
  /** Leaves that stand for what gates cannot say. */
  readonly unknowns: readonly Bit[]
}

export interface Judge {
  readonly monitor: Monitor
  readonly expressions: readonly Expression[]
}

/** Builds the model; cells that no scan changes become constants first. */
export function buildModel(unit: Unit, judges: readonly Judge[], limit?: number): Model {
  let fixed = new Set<number>()
  for (;;) {
    const built = buildOnce(unit, judges, fixed, limit)
    const more = built.unchanged.filter(each => !fixed.has(each))
    if (more.length === 0) return built.model
    fixed = new Set([...fixed, ...more])
  }
}

function buildOnce(unit: Unit, judges: readonly Judge[], fixed: ReadonlySet<number>, limit: number | undefined) {
  const g = createGates(limit)
  const w = createWords(g)
  const fl = createFloats(g, w)
  const { program, pou } = unit
  const isCall = pou.kind === 'FUNCTION'
  const states: StateBit[] = []
  const { possible } = createPossible(g)
  const zero = w.constant(0n, 64)
  const m: SymMachine & { globals: SymFrame; cycle: Word; now: Word } = {
    g,
    w,
    fl,
    program,
    translate: { value, valueTo, execute, put },
    globals: [],
    cycle: w.constant(0n, 32),
    now: zero,
    alive: TRUE,
    overrun: FALSE,
    depth: 0,
    unknowns: [],
    possible,
  }
  const stateWord = (start: Word | undefined, width: number): StateBit[] => {
    const bits = Array.from({ length: width }, (_, i) => ({
      now: g.leaf(),
      start: start === undefined ? undefined : start[i] === TRUE,
      next: FALSE as Bit,
    }))
    states.push(...bits)
    return bits
  }
  const cycle = stateWord(undefined, CYCLE_BITS)
  for (const each of cycle) each.next = each.now
  const cycleWord = cycle.map(each => each.now)
  m.cycle = w.resize(cycleWord, 32, false)
  const clock = stateWord(zero, 64)
  m.now = w.add(
    clock.map(each => each.now),
    w.resize(m.cycle, 64, false),
  )
  m.now.forEach((bit, i) => {
    clock[i]!.next = bit
  })

  // The memory: what the simulator holds before the first scan, as constants; then every scalar becomes open.
  const { frame, places } = liftRoots(m, unit)
  const cells: Cell[] = []
  // A function keeps nothing of its own from call to call.
  const written = writtenVariables(program)
  const never: Fixed = variable => written !== undefined && !written.has(variable) && !holdsBlocks(variable.type)
  if (!isCall) cellsOfFrame(pou, frame, '', cells, never)
  rootCells(unit, m.globals, places, cells, never)
  const held: { cell: Cell; bits: StateBit[]; index: number }[] = []
  cells.forEach((cell, index) => {
    if (fixed.has(index)) return
    const start = cell.read()
    const word = typeof start === 'number' ? [start] : start
    const bits = stateWord(word, word.length)
    const now = bits.map(each => each.now)
    cell.write(typeof start === 'number' ? now[0]! : now)
    held.push({ cell, bits, index })
  })

  // Inputs may be anything of their type; reals are finite, subranges and enumerations keep to their values.
  let allowed: Bit = g.and(
    w.isZero(cycleWord) ^ 1,
    w.less(w.constant(BigInt(LONGEST_CYCLE), CYCLE_BITS), cycleWord, false) ^ 1,
  )
  const inputs = inputsOf(unit)
  const scope: SymScope = { m, pou, frame }
  const opened = inputs.map(input => {
    const holder = input.where === 'frame' ? frame : m.globals
    const { value, fits } = openValue(m, input.type, holder[input.slot] as Sym)
    holder[input.slot] = value
    allowed = g.and(allowed, fits)
    return value
  })
  const isInput = new Set(m.unknowns)
  for (const each of timersOf(frame, m.globals)) age(m, each)

  // Expressions at the start, the body, expressions at the end.
  const quietly = (expression: Expression): Bit => {
    const { alive } = m
    m.alive = TRUE
    const holds = bitOf(scope, expression, TRUE)
    const result = g.and(holds, m.alive)
    m.alive = alive
    return result
  }
  const begins = judges.map(each => new Map(each.monitor.begins.map(n => [n, quietly(each.expressions[n]!)])))
  run(scope, pou, frame, TRUE)
  const algebra: Algebra<Bit> = { true: TRUE, false: FALSE, and: g.and, or: g.or, not: a => a ^ 1 }
  const judged = judges.map(({ monitor, expressions }, i): Judgement => {
    const memory = monitor.memory.map(start => stateWord([start ? TRUE : FALSE], 1)[0]!)
    const timer = monitor.limit === undefined ? [] : stateWord(w.constant(0n, 48), 48)
    const result = monitor.judge(
      algebra,
      {
        begin: n => begins[i]!.get(n)!,
        end: n => quietly(expressions[n]!),
        clock: restart => {
          const before = timer.map(each => each.now)
          const passed = w.add(before, w.resize(m.cycle, 48, false))
          const next = w.choose(restart, w.constant(0n, 48), w.choose(passed[47]!, before, passed))
          next.forEach((bit, k) => {
            timer[k]!.next = bit
          })
          return w.less(next, w.constant(BigInt(Math.ceil(monitor.limit ?? 0)), 48), false) ^ 1
        },
      },
      memory.map(each => each.now),
    )
    result.next.forEach((bit, k) => {
      memory[k]!.next = bit
    })
    return { bad: result.bad, premise: result.premise }
  })
  const unchanged: number[] = []
  const after = held.map(({ cell, bits, index }) => {
    const end = cell.read()
    const word = typeof end === 'number' ? [end] : end
    bits.forEach((each, i) => {
      each.next = word[i]!
    })
    if (bits.every(each => each.next === each.now)) unchanged.push(index)
    return { name: cell.name, next: word }
  })
  const model: Model = {
    gates: g,
    size: g.size(),
    states,
    allowed,
    overrun: m.overrun,
    judged,
    cycle: cycleWord,
    inputs,
    inputValues: bit => opened.map((value, i) => decode(inputs[i]!.type, value, bit)),
    inputBits: values => {
      const bits = new Map<Bit, boolean>()
      opened.forEach((held, i) => {
        encode(inputs[i]!.type, held, values[i], bits)
      })
      return bits
    },
    cells: after,
    unknowns: m.unknowns.filter(each => !isInput.has(each)),
  }
  return { model, unchanged }
}

function liftRoots(m: SymMachine & { globals: SymFrame }, unit: Unit): { frame: SymFrame; places: SymFrame } {
  const { pou, program } = unit
  const { project } = program
  const made: SymFrame = []
  for (const [name, variable] of project.globals) {
    const slot = program.globals.get(name)!
    made[slot] = lift(m, variable.type, program.machine.globals[slot])
  }
  for (const each of project.units) {
    if (each.pou.kind !== 'PROGRAM') continue
    const slot = program.globals.get(`PROGRAM ${each.pou.name.toUpperCase()}`)
    if (slot !== undefined) made[slot] = liftFrame(m, each.pou, program.machine.globals[slot] as unknown[])
  }
  m.globals = made
  const frame = liftFrame(m, pou, unit.frame())
  const places: SymFrame = []
  layoutOf(pou).variables.forEach((variable, i) => {
    if (variable.section !== 'VAR_IN_OUT') return
    places[i] = lift(m, variable.type, unit.places[i])
    frame[i + 2] =
      shapeOf(variable.type).kind === 'frame' ? places[i] : { places: [{ when: TRUE, frame: places, slot: i }] }
  })
  return { frame, places }
}

function rootCells(unit: Unit, globals: SymFrame, places: SymFrame, into: Cell[], fixed: Fixed): void {
  const { pou, program } = unit
  for (const [name, variable] of program.project.globals)
    if (!variable.constant && !fixed(variable))
      cellsAt(variable.type, globals, program.globals.get(name)!, variable.name, into, fixed)
  for (const each of program.project.units) {
    const slot = program.globals.get(`PROGRAM ${each.pou.name.toUpperCase()}`)
    if (each.pou.kind === 'PROGRAM' && slot !== undefined)
      cellsOfFrame(each.pou, globals[slot], `PROGRAM ${each.pou.name}`, into, fixed)
  }
  layoutOf(pou).variables.forEach((variable, i) => {
    if (variable.section === 'VAR_IN_OUT') cellsAt(variable.type, places, i, variable.name, into, fixed)
  })
}

function timersOf(...roots: SymFrame[]): Set<Hidden> {
  const found = new Set<Hidden>()
  const seen = new Set<unknown>()
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (Array.isArray(value)) {
      if (typeof value[0] === 'number') return
      for (const each of value) visit(each)
    } else if ('kind' in value && value.kind === 'timer') found.add(value as Hidden)
  }
  for (const root of roots) visit(root)
  return found
}

function openValue(m: SymMachine, type: InputVariable['type'], held: Sym): { value: Sym; fits: Bit } {
  const shape = shapeOf(type)
  if (shape.kind === 'frame') {
    const frame = held as SymFrame
    let fits: Bit = TRUE
    const t = type.kind === 'reference' ? type.to : type
    const each = (slot: number, inner: InputVariable['type']) => {
      const opened = openValue(m, inner, frame[slot] as Sym)
      frame[slot] = opened.value
      fits = m.g.and(fits, opened.fits)
    }
    if (t.kind === 'array') for (let i = 0; i < frame.length; i += 1) each(i, t.element)
    else if (t.kind === 'struct') for (const field of t.fields.values()) each(field.index, field.type)
    return { value: frame, fits }
  }
  if (shape.kind === 'opaque') return { value: held, fits: TRUE }
  const value = unknownOf(m, type)
  if (shape.kind === 'real') return { value, fits: m.fl.isFinite(value as Word, shape.format) }
  if (shape.kind !== 'word') return { value, fits: TRUE }
  const between = (low: number, high: number) =>
    m.g.and(
      m.w.less(value as Word, m.w.constant(BigInt(low), shape.width), shape.signed) ^ 1,
      m.w.less(m.w.constant(BigInt(high), shape.width), value as Word, shape.signed) ^ 1,
    )
  if (type.kind === 'subrange') return { value, fits: between(type.low, type.high) }
  if (type.kind === 'enum') {
    const one = [...type.values.values()].map(each =>
      m.w.equal(value as Word, m.w.constant(BigInt(each.value), shape.width)),
    )
    return { value, fits: one.reduce((a, b) => m.g.or(a, b), FALSE) }
  }
  // Durations and dates that a person can write: up to 2^40 ms, 34 years.
  if (type.kind === 'elementary' && shape.width === 64 && /^(?:time|date|tod|dt)$/.test(type.class))
    return { value, fits: between(type.class === 'time' ? -(2 ** 40) : 0, 2 ** 41) }
  return { value, fits: TRUE }
}

/** Instances keep state of their own, which calls change: alone, as elements of an array, or as fields. */
function holdsBlocks(type: Type): boolean {
  const t = core(type)
  if (t.kind === 'array') return holdsBlocks(t.element)
  if (t.kind === 'struct') return [...t.fields.values()].some(field => holdsBlocks(field.type))
  return t.kind === 'block'
}
