/** View logic of inspections: what a line says, and the part of an image that is in view. Pure. */
import type { Inspection, InspectionLine, JudgedLine } from '@millwright/contract'

export const isJudged = (line: InspectionLine): line is JudgedLine => !('error' in line)

/** Name of the panel that a line is about. */
export const panelOf = (line: InspectionLine): string => line.panel ?? line.image

export type Shown = 'all' | 'fail' | 'review' | 'pass' | 'unreviewed'

/** The query for a filter. */
export function queryFor(shown: Shown, lot: string | undefined, limit: number) {
  return {
    limit,
    ...(lot === undefined ? {} : { lot }),
    ...(shown === 'unreviewed' ? { reviewed: false } : {}),
    ...(shown === 'fail' || shown === 'review' || shown === 'pass' ? { verdict: shown } : {}),
  }
}

/** The neighbours of an inspection in a list that is newest first. */
export function neighbours(list: readonly Inspection[], id: string): { newer?: string; older?: string } {
  const at = list.findIndex(each => each.id === id)
  if (at < 0) return {}
  const newer = list[at - 1]?.id
  const older = list[at + 1]?.id
  return { ...(newer === undefined ? {} : { newer }), ...(older === undefined ? {} : { older }) }
}

/** Part of the image in view, in its pixels. */
export interface View {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const MOST_ZOOM = 32

/** Keeps the view inside the image. */
function inside(view: View, width: number, height: number): View {
  const x = Math.min(Math.max(0, view.x), width - view.width)
  const y = Math.min(Math.max(0, view.y), height - view.height)
  return { ...view, x, y }
}

/** Zooms by `factor` (over 1: nearer) around a point of the image. */
export function zoom(view: View, factor: number, at: { x: number; y: number }, width: number, height: number): View {
  const scale = Math.min(1 / factor, width / view.width)
  const least = width / MOST_ZOOM / view.width
  const by = Math.max(scale, least)
  const next = {
    x: at.x - (at.x - view.x) * by,
    y: at.y - (at.y - view.y) * by,
    width: view.width * by,
    height: view.height * by,
  }
  return inside(next, width, height)
}

export const pan = (view: View, dx: number, dy: number, width: number, height: number): View =>
  inside({ ...view, x: view.x - dx, y: view.y - dy }, width, height)

/** A view that shows a box with room around it. */
export function viewOf([x, y, w, h]: readonly [number, number, number, number], width: number, height: number): View {
  const room = Math.max(w * 3, (h * 3 * width) / height, width / MOST_ZOOM)
  const scale = Math.min(1, room / width)
  const size = { width: width * scale, height: height * scale }
  return inside({ x: x + w / 2 - size.width / 2, y: y + h / 2 - size.height / 2, ...size }, width, height)
}
