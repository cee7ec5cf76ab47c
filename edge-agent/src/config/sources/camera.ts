/** A camera station whose captures are inspected. */
import { type Static, Type } from 'typebox'
import { Id, Ms, strict } from '../strict.ts'

export const CameraConfig = strict({
  id: Id,
  kind: Type.Literal('camera'),
  folder: Type.String({ minLength: 1 }),
  /** ISA-95 equipment id of the inspecting station. */
  station: Type.String({ minLength: 1 }),
  /** A file whose size has not changed for so long is complete. */
  settleMs: Ms(300),
  /** Look into the folder again at least so often. */
  pollMs: Ms(1000),
  recipe: Type.Optional(Type.String()),
  /** What becomes of a file once it is recorded: keep it, move it to `done/`, or delete it. */
  after: Type.Optional(
    Type.Unsafe<'keep' | 'move' | 'delete'>(
      Type.Union([Type.Literal('keep'), Type.Literal('move'), Type.Literal('delete')]),
    ),
  ),
})
export type CameraConfig = Static<typeof CameraConfig>
