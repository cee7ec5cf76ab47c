/** From an inspection to what the PLC is told, pure. */
import { DEFECT_CLASSES, type InspectionLine } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import { CODES, type StationConfig } from '../config/station.ts'

/** What is written; each part where the station names a tag for it. */
export const Answer = Type.Object({
  verdict: Type.Integer(),
  class: Type.Integer(),
  score: Type.Integer(),
  panel: Type.String(),
  sequence: Type.Integer(),
})
export type Answer = Static<typeof Answer>

export interface Part {
  readonly panel: string
  readonly sequence: number
}

type Codes = Pick<StationConfig, 'codes' | 'classes'>

export function answerOf(line: InspectionLine, part: Part, { codes, classes }: Codes): Answer {
  const worst = line.defects.toSorted((a, b) => b.score - a.score)[0]?.class
  const numbers = classes as Readonly<Record<string, number>> | undefined
  return {
    verdict: codes?.[line.verdict] ?? CODES[line.verdict],
    class: worst === undefined ? 0 : (numbers?.[worst] ?? DEFECT_CLASSES.indexOf(worst) + 1),
    score: Math.round((line.score ?? 0) * 100),
    panel: part.panel === '' ? (line.panel ?? '') : part.panel,
    sequence: part.sequence,
  }
}

/** A part without a verdict: the PLC is told so, as it is told of any other. */
export const noAnswer = (part: Part, { codes }: Codes): Answer => ({
  verdict: codes?.none ?? CODES.none,
  class: 0,
  score: 0,
  panel: part.panel,
  sequence: part.sequence,
})
