import { type Checked, checkProject } from '../check/check.ts'
import { type Diagnostic, toDiagnostics } from '../check/diagnostics.ts'
import type { PouSymbol } from '../check/symbols.ts'
import { fill, type Language, type Problem, problemTable } from '../problems.ts'
import type { Dialect } from '../syntax/dialect.ts'
import { lineStarts, positionAt } from '../syntax/span.ts'
import { compile, compileTo } from './compile-expression.ts'
import { compileBlock } from './compile-statement.ts'
import { frameMaker, maker } from './create.ts'
import { enter } from './enter.ts'
import { createInspector, type Inspector } from './inspect.ts'
import { layoutOf } from './layout.ts'
import { type Frame, type Machine, NORMAL, STEP_LIMIT } from './machine.ts'
import { MEMORY_LIMIT, tooLarge } from './memory.ts'
import type { Body, Program } from './scope.ts'
import { raise, type TrapCode, TrapSignal } from './traps.ts'

export interface TrapReport {
  readonly code: TrapCode
  readonly line: number
  readonly message: string
}

export interface Coverage {
  /** Share of statements and branches reached so far, 0 to 1. */
  readonly statements: number
  readonly branches: number
}

/** A program in motion. Scans are deterministic: time moves only by `dtMs`. */
export interface Running extends Inspector {
  /** Sets inputs, lets `dtMs` pass, runs one scan. A trap ends the scan, is reported, and the next scan goes on. */
  scan(inputs: Readonly<Record<string, unknown>>, dtMs: number): TrapReport | undefined
  coverage(): Coverage
  /** Which statements and branches were reached (1) or not (0), in an order that is the same in every run of a program. */
  hits(): { readonly statements: readonly number[]; readonly branches: readonly number[] }
}

export interface LoadedProgram {
  readonly ok: true
  readonly pou: string
  readonly diagnostics: readonly Diagnostic[]
  /** A fresh program with its initial values at time zero. */
  start(): Running
}

export interface NotLoaded {
  readonly ok: false
  readonly diagnostics: readonly Diagnostic[]
}

export type Loaded = LoadedProgram | NotLoaded

export interface LoadOptions {
  readonly dialect?: Dialect
  readonly lang?: Language
  readonly file?: string
}

/** Names of other libraries are no error to the checker, but what they do is not known: they cannot be run. */
const unknowable = new Set(['ST302', 'ST303', 'ST304'])

/** A text that compiles, with one of its units. */
export interface ReadyUnit {
  readonly ok: true
  readonly checked: Checked
  readonly pou: PouSymbol
  readonly dialect: Dialect
  readonly diagnostics: readonly Diagnostic[]
}

/** Checks a text and finds one of its units. */
export function readyUnit(text: string, pouName: string, options: LoadOptions = {}): ReadyUnit | NotLoaded {
  const file = options.file ?? ''
  const lang = options.lang ?? 'en'
  const checked = checkProject([{ file, text }], options.dialect)
  const { problems, dialect } = checked.files[0]!
  const stops = (each: Problem) => problemTable[each.code].severity === 'error' || unknowable.has(each.code)
  const diagnostics = toDiagnostics(file, text, problems, lang).map(each =>
    unknowable.has(each.code) ? { ...each, severity: 'error' as const } : each,
  )
  if (problems.some(stops)) return { ok: false, diagnostics }
  const pou = checked.project.pous.get(pouName.toUpperCase())
  if (pou === undefined || pou.node === undefined) {
    const missing: Problem = { code: 'ST706', span: { start: 0, end: 0 }, values: { name: pouName } }
    return { ok: false, diagnostics: [...diagnostics, ...toDiagnostics(file, text, [missing], lang)] }
  }
  const large = tooLarge(checked.project, pou)
  if (large !== undefined) {
    const problem: Problem = { code: 'ST711', span: large.span, values: { name: large.name, limit: MEMORY_LIMIT } }
    return { ok: false, diagnostics: [...diagnostics, ...toDiagnostics(file, text, [problem], lang)] }
  }
  return { ok: true, checked, pou, dialect, diagnostics }
}

/** Checks a text and readies one of its units to run. */
export function loadProgram(text: string, pouName: string, options: LoadOptions = {}): Loaded {
  const ready = readyUnit(text, pouName, options)
  if (!ready.ok) return ready
  const { checked, pou, dialect, diagnostics } = ready
  const start = () => startUnit(checked, pou, dialect, text, options.lang ?? 'en')
  return { ok: true, pou: pou.name, diagnostics, start }
}

/** A running unit with its memory in the open: for searching and proving. */
export interface Unit extends Running {
  readonly program: Program
  readonly pou: PouSymbol
  readonly body: Body
  readonly frame: () => Frame
  /** Where in-outs lie that no caller lends, by slot - 2. */
  readonly places: Frame
  /** As `scan`, with inputs already set; `begun` is called when they are, before the body runs. */
  turn(dtMs: number, begun?: () => void): TrapReport | undefined
}

/** Starts a unit of a checked text. */
export function startUnit(checked: Checked, pou: PouSymbol, dialect: Dialect, text: string, lang: Language): Unit {
  const program = createRun(checked, dialect)
  const { machine } = program
  const body = program.bodyOf(pou)
  const isCall = pou.kind === 'FUNCTION'
  // Without a caller, in-out variables need a place of their own.
  const places: Frame = layoutOf(pou).variables.map(variable =>
    variable.section === 'VAR_IN_OUT' ? maker(program, pou, variable.type, variable.init)([]) : null,
  )
  let frame = fresh()
  const inspector = createInspector(program, pou, () => frame)
  const starts = lineStarts(text)

  function fresh(): Frame {
    const made = body.create()
    layoutOf(pou).variables.forEach((variable, i) => {
      if (variable.section === 'VAR_IN_OUT')
        made[i + 2] = Array.isArray(places[i]) ? places[i] : { frame: places, slot: i }
    })
    return made
  }

  function turn(dtMs: number, begun?: () => void): TrapReport | undefined {
    machine.now += dtMs
    machine.budget = STEP_LIMIT
    machine.depth = 0
    begun?.()
    try {
      enter(program, body, frame)
      return undefined
    } catch (error) {
      if (!(error instanceof TrapSignal)) {
        if (!(error instanceof RangeError)) throw error
        return report('ST709', { depth: machine.depth })
      }
      return report(error.trap.code, error.trap.values)
    }
  }

  return {
    ...inspector,
    program,
    pou,
    body,
    places,
    frame: () => frame,
    turn(dtMs, begun) {
      if (isCall) frame = fresh()
      return turn(dtMs, begun)
    },
    scan(inputs, dtMs) {
      // A function keeps nothing from call to call but what is passed in.
      if (isCall) frame = fresh()
      for (const name in inputs) inspector.set(name, inputs[name])
      return turn(dtMs)
    },
    hits: () => ({ statements: [...machine.statements.hit], branches: [...machine.branches.hit] }),
    coverage: () => ({ statements: share(machine.statements.hit), branches: share(machine.branches.hit) }),
  }

  function report(code: TrapCode, values: Readonly<Record<string, string | number>>): TrapReport {
    return { code, line: positionAt(starts, machine.at).line, message: fill(problemTable[code].message[lang], values) }
  }
}

function share(hits: readonly number[]): number {
  return hits.length === 0 ? 1 : hits.reduce((sum, each) => sum + each, 0) / hits.length
}

function createRun(checked: Checked, dialect: Dialect): Program {
  const { project, typing } = checked
  const machine: Machine = {
    now: 0,
    budget: STEP_LIMIT,
    depth: 0,
    at: 0,
    statements: { hit: [] },
    branches: { hit: [] },
    globals: [],
  }
  const globals = new Map<string, number>()
  const bodies = new Map<PouSymbol, Body>()
  const program: Program = {
    project,
    typing,
    machine,
    dialect,
    globals,
    bodies,
    memory: new Map(),
    compiler: { value: compile, to: compileTo },
    bodyOf,
  }
  for (const name of project.globals.keys()) globals.set(name, globals.size)
  for (const { pou } of project.units)
    if (pou.kind === 'PROGRAM') globals.set(`PROGRAM ${pou.name.toUpperCase()}`, globals.size)
  const anyUnit = project.units[0]!.pou
  for (const [name, variable] of project.globals)
    machine.globals[globals.get(name)!] = maker(program, anyUnit, variable.type, variable.init)(machine.globals)
  for (const { pou } of project.units) {
    if (pou.kind === 'PROGRAM')
      machine.globals[globals.get(`PROGRAM ${pou.name.toUpperCase()}`)!] = frameMaker(program, pou)()
  }
  return program

  function bodyOf(pou: PouSymbol): Body {
    const known = bodies.get(pou)
    if (known !== undefined) return known
    const body: Body = { pou, create: frameMaker(program, pou), run: () => NORMAL }
    bodies.set(pou, body)
    body.run = compileBody(program, pou)
    return body
  }
}

function compileBody(program: Program, pou: PouSymbol): Body['run'] {
  const edge = [...pou.variables.values()].find(each => each.edge !== undefined)
  if (edge !== undefined) return () => raise({ code: 'ST705', values: { what: `${edge.edge} (${edge.name})` } })
  const scope = { program, pou }
  const run = compileBlock(scope, pou.node?.body ?? [])
  const layout = layoutOf(pou)
  if (pou.kind === 'FUNCTION' || pou.kind === 'METHOD') return run
  // VAR_TEMP starts anew in every call of a block (IEC 61131-3:2013, table 13).
  const temporary = layout.variables.flatMap((variable, i) =>
    variable.section === 'VAR_TEMP' ? [{ slot: i + 2, make: maker(program, pou, variable.type, variable.init) }] : [],
  )
  if (temporary.length === 0) return run
  return f => {
    for (const { slot, make } of temporary) f[slot] = make(f)
    return run(f)
  }
}
