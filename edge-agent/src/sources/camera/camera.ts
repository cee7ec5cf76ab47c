/** Interface of everything that takes pictures. */
import type { InspectionLine } from '@millwright/contract'
import type { Source } from '../source.ts'

export interface CaptureRequest {
  /** When the part was in place, ms: no picture from before it is taken. */
  readonly since: number
  /** The part's name, where the line knows it: names pictures that have none of their own. */
  readonly panel?: string
  /** Only a picture whose own name says this panel. */
  readonly matchPanel?: boolean
  readonly signal: AbortSignal
  /**
   * Told the inspection before it goes on record: what hangs on it is remembered first, so that after a kill in between the
   * picture is still in the queue, and the answer known.
   */
  readonly onLine?: (line: InspectionLine) => Promise<void>
}

export interface Captured {
  readonly line: InspectionLine
  /** When it was taken, ms. */
  readonly t: number
  /** Picture and inspection are on our disk for good. */
  readonly durable: Promise<unknown>
}

export interface Camera extends Source {
  /**
   * The next picture since then, inspected before all that wait. Resolves with undefined when the signal aborts first. Rejects with ProblemError where the inspection itself is broken.
   */
  capture(request: CaptureRequest): Promise<Captured | undefined>
}
