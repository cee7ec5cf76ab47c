import type { ProblemCode } from '../problems.ts'

/** Everything that can end a scan early. */
export type Trap =
  | { readonly code: 'ST701'; readonly values: { readonly index: number; readonly low: number; readonly high: number } }
  | { readonly code: 'ST702'; readonly values: Record<string, never> }
  | { readonly code: 'ST703'; readonly values: Record<string, never> }
  | { readonly code: 'ST704'; readonly values: { readonly steps: number } }
  | { readonly code: 'ST705'; readonly values: { readonly what: string } }
  | { readonly code: 'ST709'; readonly values: { readonly depth: number } }

export type TrapCode = Trap['code'] & ProblemCode

/** Thrown inside a scan and caught at its rim: a trap ends the scan, never the simulator. */
export class TrapSignal {
  readonly trap: Trap
  constructor(trap: Trap) {
    this.trap = trap
  }
}

export function raise(trap: Trap): never {
  throw new TrapSignal(trap)
}
