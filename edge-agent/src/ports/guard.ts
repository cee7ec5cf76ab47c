/** Port to the guard: every write to a machine passes it, at the time of writing. */
import type { Reading, Reason, TagDefinition } from '@millwright/contract'

export interface WriteRequest {
  readonly tag: TagDefinition
  /** Largest step from the present value, in the tag's unit. */
  readonly maxStep?: number
  readonly value: number | boolean
  /** What the tag reads now. */
  readonly current: Reading | undefined
  readonly now: number
}

export interface Guard {
  /** Why the write is refused; empty: it may be done. */
  judge(request: WriteRequest): Reason[]
}
