/** Port to vision: a capture file in, one line out. */
import type { InspectionLine, Recipe } from '@millwright/contract'

export interface Inspector {
  /** Judges a file's path or its bytes; `name` is what the line's `image` says. Never rejects: a fault becomes a refused line. */
  inspect(capture: string | Uint8Array, name: string): Promise<InspectionLine>
  /** Uses another recipe from the next file on. Absent: recipes cannot be changed. */
  applyRecipe?(recipe: Recipe): Promise<void>
  close?(): Promise<void>
}
