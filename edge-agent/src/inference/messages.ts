import type { JudgedLine, Problem, Recipe } from '@millwright/contract'

/** What a worker is started with. */
export interface WorkerSetup {
  readonly model: string
  /** Folder of the models; the suite's own where undefined. */
  readonly home: string | undefined
}

export interface Job {
  readonly id: number
  readonly source: string | Uint8Array
  readonly name: string
  /** Absent where it is that of the worker's job before: a taught one has megabytes. */
  readonly recipe?: Recipe
}

export type FromWorker =
  | { readonly kind: 'ready'; readonly model: string }
  | { readonly kind: 'broken'; readonly problem: Problem }
  | { readonly kind: 'judged'; readonly id: number; readonly line: JudgedLine }
  | { readonly kind: 'refused'; readonly id: number; readonly problem: Problem }
