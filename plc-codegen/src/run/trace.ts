import type { Diagnostic } from '../check/diagnostics.ts'
import { type Coverage, type LoadOptions, loadProgram, type TrapReport } from './program.ts'

/** Inputs over scans, as `mw-plc run --trace` reads them. */
export interface Trace {
  /** Time between scans in milliseconds; 100 where absent. */
  readonly cycle_ms?: number
  /** Number of scans; the longest list of inputs where absent. */
  readonly scans?: number
  /** Values before the first scan. */
  readonly initial?: Readonly<Record<string, unknown>>
  /** A value per scan; a shorter list keeps its last. */
  readonly inputs?: Readonly<Record<string, readonly unknown[]>>
  /** Further variables to record. */
  readonly watch?: readonly string[]
}

export interface TraceAnswer {
  readonly ok: true
  readonly scans: number
  readonly outputs: Readonly<Record<string, readonly unknown[]>>
  readonly traps: readonly ({ readonly scan: number } & TrapReport)[]
  readonly coverage: Coverage
  /** Names of the trace that the unit does not have: left out, not guessed. */
  readonly unknown: readonly string[]
}

export type TraceResult = TraceAnswer | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

export const SCAN_LIMIT = 10_000_000

/** What is wrong with a trace's form, as places and words, or nothing. */
export function traceFaults(trace: unknown): { place: string; what: string }[] {
  const faults: { place: string; what: string }[] = []
  if (typeof trace !== 'object' || trace === null || Array.isArray(trace)) return [{ place: '$', what: 'is no object' }]
  const t = trace as Record<string, unknown>
  const number = (name: string, high: number) => {
    const value = t[name]
    if (value !== undefined && (typeof value !== 'number' || !(value >= 0) || value > high))
      faults.push({ place: name, what: `is no number from 0 to ${high}` })
  }
  number('cycle_ms', 1e12)
  number('scans', SCAN_LIMIT)
  for (const name of ['initial', 'inputs']) {
    const value = t[name]
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
      faults.push({ place: name, what: 'is no object' })
  }
  if (typeof t.inputs === 'object' && t.inputs !== null) {
    for (const [name, list] of Object.entries(t.inputs))
      if (!Array.isArray(list)) faults.push({ place: `inputs.${name}`, what: 'is no list' })
  }
  if (t.watch !== undefined && (!Array.isArray(t.watch) || t.watch.some(each => typeof each !== 'string')))
    faults.push({ place: 'watch', what: 'is no list of names' })
  return faults
}

/** Runs a unit over a trace. Every output, in-out, result and watched variable is recorded after each scan. */
export function runTrace(text: string, pou: string, trace: Trace, options: LoadOptions = {}): TraceResult {
  const loaded = loadProgram(text, pou, options)
  if (!loaded.ok) return loaded
  const running = loaded.start()
  const inputs = Object.entries(trace.inputs ?? {}).filter(([, list]) => list.length > 0)
  const unknown = new Set<string>()
  for (const [name, value] of Object.entries(trace.initial ?? {})) if (!running.set(name, value)) unknown.add(name)
  const known = inputs.filter(([name]) => {
    const found = running.get(name) !== undefined
    if (!found) unknown.add(name)
    return found
  })
  const scans = trace.scans ?? Math.max(1, ...inputs.map(([, list]) => list.length))
  const watched = [
    ...running.interface.filter(each => each.direction !== 'input').map(each => each.name),
    ...(trace.watch ?? []),
  ]
  const outputs: Record<string, unknown[]> = {}
  for (const name of watched) {
    if (running.get(name) === undefined) unknown.add(name)
    else outputs[name] = []
  }
  const traps: ({ scan: number } & TrapReport)[] = []
  for (let scan = 0; scan < scans; scan += 1) {
    const now: Record<string, unknown> = {}
    // A list that has ended keeps its last value by being set again: an in-out may have changed it in between.
    for (const [name, list] of known)
      if (scan < list.length || running.interface.some(each => each.name === name && each.direction === 'input'))
        now[name] = list[Math.min(scan, list.length - 1)]
    const trap = running.scan(now, trace.cycle_ms ?? 100)
    if (trap !== undefined) traps.push({ scan, ...trap })
    for (const name in outputs) outputs[name]!.push(running.get(name))
  }
  return { ok: true, scans, outputs, traps, coverage: running.coverage(), unknown: [...unknown] }
}
