/** What a bench hands back, and what it is handed. */
import type { Spread } from './figures.ts'

export interface BenchOptions {
  /** A sample for a first look, never a figure to report. */
  readonly quick: boolean
  /** How long the plant of `start` runs before its memory is read. */
  readonly minutes: number
  /** Rows of `history`; by default a shortened run. */
  readonly rows?: number
  /** Where `history` keeps its rows for the next run, which goes on with them; a folder of its own, removed, where absent. */
  readonly keep?: string
  /** Triggers of `trigger`; by default a shortened run. */
  readonly triggers?: number
  /** Work to undo (processes, folders), newest first: after the row, and when the run is broken off. */
  readonly defer: (undo: () => void | Promise<void>) => void
  /** Progress for people, on stderr. */
  readonly say: (text: string) => void
}

export interface Measured {
  readonly name: string
  /** The figures by name; each in `unit` unless its name ends in another one (`_s`, `_mb`, `_count`). */
  readonly values: Readonly<Record<string, number>>
  readonly unit: string
  /** How it was measured, in one sentence. */
  readonly how: string
  /** Samples behind the figures. */
  readonly n: number
  /** Of the samples, in `unit`. */
  readonly spread: Spread
}

/** Nothing was measured, and why: data or model that is not there, or a product that failed. */
export interface NotMeasured {
  readonly name: string
  readonly unit: string
  /** skipped: something needed is absent; failed: the product did not do its work. */
  readonly outcome: 'skipped' | 'failed'
  /** A code of the suite's table of problems. */
  readonly code: string
  readonly why: string
}

export type Row = Measured | NotMeasured

export interface Bench {
  readonly name: string
  readonly unit: string
  readonly run: (options: BenchOptions) => Promise<Row>
}

/** Ends a row: something needed is absent, or the product failed. */
export class CannotMeasure extends Error {
  readonly outcome: NotMeasured['outcome']
  readonly code: string

  constructor(outcome: NotMeasured['outcome'], code: string, why: string) {
    super(why)
    this.outcome = outcome
    this.code = code
  }
}

export const skipped = (code: string, why: string) => new CannotMeasure('skipped', code, why)

const CODE = /\bMW-\d{4}\b/
/** A failure in the product's own words; its code where it names one. */
export const failure = (words: string) =>
  new CannotMeasure('failed', CODE.exec(words)?.[0] ?? 'MW-0103', words.trim().slice(-400))
