import type { Checked } from '../check/check.ts'
import type { PouSymbol } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import { compile } from '../run/compile-expression.ts'
import { toJson } from '../run/json.ts'
import type { Evaluate } from '../run/machine.ts'
import { startUnit, type TrapReport, type Unit } from '../run/program.ts'
import { restore, type Snapshot, takeSnapshot } from '../run/snapshot.ts'
import type { Trace } from '../run/trace.ts'
import { TrapSignal } from '../run/traps.ts'
import type { Dialect } from '../syntax/dialect.ts'
import type { Run } from './bounded.ts'
import { type InputVariable, inputsOf } from './cells.ts'
import type { Judge } from './model.ts'
import { booleans, type Judged, type Seen } from './monitor.ts'
import { setValue, structuredCopy } from './values.ts'

/** The simulator with monitors attached: what is found in gates is believed only when it happens here. */
export interface Bench {
  readonly unit: Unit
  readonly inputs: readonly InputVariable[]
  reset(): void
  save(): Saved
  load(saved: Saved): void
  /** One scan; `judged[i]` tells about the i-th property. */
  scan(values: readonly unknown[], cycleMs: number): TrapReport | undefined
  readonly judged: { bad: boolean; premise: boolean }[]
  /** A run as a trace that `mw-plc run` replays. */
  trace(run: Run): Trace
}

export interface Saved {
  readonly snapshot: Snapshot
  readonly memories: readonly (readonly boolean[])[]
  readonly clocks: readonly number[]
}

export function createBench(
  checked: Checked,
  pou: PouSymbol,
  dialect: Dialect,
  text: string,
  judges: readonly Judge[],
): Bench {
  const unit = startUnit(checked, pou, dialect, text, 'en')
  const inputs = inputsOf(unit)
  const scope = { program: unit.program, pou }
  const compiled = judges.map(each => each.expressions.map(expression => compile(scope, expression)))
  const start = takeSnapshot(unit)
  let memories = judges.map(each => [...each.monitor.memory])
  let clocks = judges.map(() => 0)
  const judged = judges.map(() => ({ bad: false, premise: false }))
  const begins = judges.map(each => each.monitor.begins.map(() => false))
  let cycle = 0

  const holds = (evaluate: Evaluate): boolean => {
    try {
      return evaluate(unit.frame()) === true
    } catch (error) {
      if (error instanceof TrapSignal || error instanceof RangeError) return false
      throw error
    }
  }
  const begun = () => {
    for (let i = 0; i < judges.length; i += 1) {
      const { begins: wanted } = judges[i]!.monitor
      for (let k = 0; k < wanted.length; k += 1) begins[i]![k] = holds(compiled[i]![wanted[k]!]!)
    }
  }
  const seen: Seen<boolean>[] = judges.map((each, i) => ({
    begin: n => begins[i]![each.monitor.begins.indexOf(n)]!,
    end: n => holds(compiled[i]![n]!),
    clock: again => {
      clocks[i] = again ? 0 : clocks[i]! + cycle
      return clocks[i]! >= (each.monitor.limit ?? 0)
    },
  }))

  return {
    unit,
    inputs,
    judged,
    reset() {
      restore(unit, start)
      memories = judges.map(each => [...each.monitor.memory])
      clocks = judges.map(() => 0)
    },
    save: () => ({ snapshot: takeSnapshot(unit), memories: memories.map(each => [...each]), clocks: [...clocks] }),
    load(saved) {
      restore(unit, saved.snapshot)
      memories = saved.memories.map(each => [...each])
      clocks = [...saved.clocks]
    },
    scan(values, cycleMs) {
      cycle = cycleMs
      const trap = unit.turn(cycleMs, () => {
        const frame = unit.frame()
        for (let i = 0; i < inputs.length; i += 1) {
          const { where, slot } = inputs[i]!
          setValue(where === 'frame' ? frame : unit.program.machine.globals, slot, values[i])
        }
        begun()
      })
      for (let i = 0; i < judges.length; i += 1) {
        const result: Judged<boolean> = judges[i]!.monitor.judge(booleans, seen[i]!, memories[i]!)
        memories[i] = result.next as boolean[]
        const one = judged[i]!
        one.bad = result.bad
        one.premise = result.premise
      }
      return trap
    },
    trace: ({ cycleMs, inputs: scans }) => ({
      cycle_ms: cycleMs,
      scans: scans.length,
      inputs: Object.fromEntries(
        inputs.map((input, i) => [input.name, scans.map(each => jsonOf(input.type, each[i]))]),
      ),
    }),
  }
}

function jsonOf(type: Type, value: unknown): unknown {
  return toJson(core(type), structuredCopy(value))
}
