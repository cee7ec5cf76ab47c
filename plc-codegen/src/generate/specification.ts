/**
 * What an engineer confirms before code is written: everything that the request said and everything that was assumed,
 * each sentence in both languages. Plain JSON.
 */
import type { PumpSettings } from './patterns/pump-alternation/settings.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

export interface Signal {
  readonly name: string
  readonly type: 'BOOL' | 'REAL'
  readonly direction: 'input' | 'output'
  /** Direct address, IEC 61131-3:2013 table 16. */
  readonly address: string
  readonly unit: string
  readonly comment: Words
}

export interface Parameter {
  readonly name: string
  readonly type: 'REAL' | 'TIME' | 'INT'
  /** TIME in milliseconds. */
  readonly value: number
  readonly unit: string
  readonly comment: Words
}

export interface Sentence {
  readonly id: string
  readonly text: Words
}

export interface Alarm extends Sentence {
  /** The output that shows it. */
  readonly signal: string
}

export interface Timing extends Sentence {
  readonly ms: number
}

export interface ScenarioStep {
  readonly text: Words
  /** Inputs that change at the beginning of the step. */
  readonly set: Readonly<Record<string, boolean | number>>
  readonly forMs: number
  /** Time between scans in this step. */
  readonly cycleMs: number
  /** What must hold at the end of the step. */
  readonly expect: Readonly<Record<string, boolean | number>>
}

export interface Scenario {
  readonly id: string
  readonly title: Words
  /** Outputs of which at most one may be TRUE in any scan. */
  readonly exclusive?: readonly string[]
  readonly steps: readonly ScenarioStep[]
}

export interface Specification {
  readonly id: string
  readonly pattern: 'pump-alternation'
  readonly title: Words
  /** The words that it came from, oldest first. */
  readonly requests: readonly string[]
  readonly settings: PumpSettings
  readonly signals: readonly Signal[]
  readonly parameters: readonly Parameter[]
  readonly states: readonly Sentence[]
  readonly interlocks: readonly Sentence[]
  readonly timings: readonly Timing[]
  readonly alarms: readonly Alarm[]
  /** What the request left open and the pattern filled in: to be confirmed. */
  readonly assumptions: readonly Sentence[]
  readonly scenarios: readonly Scenario[]
}

/** JSON with sorted keys and no spaces: equal content gives equal text, ready to be hashed. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
