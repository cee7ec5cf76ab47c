import type { InspectionLine } from '@millwright/contract'
import type { Taken } from './panel.ts'
import type { Panel } from './plan.ts'
import type { PanelRecord } from './records.ts'

/** A finding this near to the flaw's box, px, is of the flaw. */
const NEAR = 24

type Box = readonly number[]
const meets = (a: Box, b: Box) =>
  a[0]! < b[0]! + b[2]! + NEAR &&
  b[0]! < a[0]! + a[2]! + NEAR &&
  a[1]! < b[1]! + b[3]! + NEAR &&
  b[1]! < a[1]! + a[3]! + NEAR

/** The record of a panel from the lines of its captures and the panel's verdict. */
export function recordOf(
  panel: Panel,
  verdict: PanelRecord['verdict'],
  lines: readonly InspectionLine[],
  boxes: readonly Taken['box'][],
): PanelRecord {
  const elsewhere: string[] = []
  const refused: string[] = []
  let best: { name: string; score: number } | undefined
  lines.forEach((line, i) => {
    if ('error' in line) refused.push(`${panel.shots[i]!.pattern} ${line.error.code} ${line.error.message}`)
    for (const { class: name, score, bbox } of line.defects) {
      const box = boxes[i]
      if (box === undefined || !meets(bbox, box))
        elsewhere.push(`${panel.shots[i]!.pattern} ${name} ${score.toFixed(2)} ${bbox.join(',')}`)
      else if (best === undefined || score > best.score) best = { name, score }
    }
  })
  const { id, row, group, renderer, family } = panel
  return {
    id,
    row,
    group,
    renderer,
    family,
    times: Number(panel.times.toFixed(4)),
    captures: lines.length,
    verdict,
    inPlace: best !== undefined,
    ...(best === undefined ? {} : { named: best.name }),
    elsewhere,
    refused,
    ms: lines.flatMap(line => ('ms' in line ? [line.ms.total] : [])),
  }
}
