/** Where the defects lie in a picture of the report; all in px of the capture. */
import type { Inspection } from '@millwright/contract'

export interface PictureMarks {
  readonly width: number
  readonly height: number
  /** Width of the line around a defect. */
  readonly line: number
  /** x, y, width and height of the frames, with room around the defects. */
  readonly frames: readonly (readonly [number, number, number, number])[]
}

/** Undefined for a capture that could not be judged: it has no size on record. */
export function marksOf({ line }: Inspection): PictureMarks | undefined {
  if ('error' in line) return undefined
  const room = line.width * 0.008
  return {
    width: line.width,
    height: line.height,
    line: line.width * 0.005,
    frames: line.defects.map(({ bbox: [x, y, w, h] }) => [x - room, y - room, w + 2 * room, h + 2 * room]),
  }
}
