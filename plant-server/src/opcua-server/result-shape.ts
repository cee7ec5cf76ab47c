/** An inspection as a result of machine vision (OPC 40100-1, ResultDataType). Pure. */
import type { Inspection } from '@millwright/contract'
import { DataType, LocalizedText, Variant } from 'node-opcua'

/** ResultStateDataType. */
export const RESULT_STATE = { completed: 1, failed: 4 } as const

export const resultStateOf = ({ line }: Inspection): number =>
  'error' in line ? RESULT_STATE.failed : RESULT_STATE.completed

/**
 * ResultContent of ours: verdict, score (NaN where there is none), defects as JSON, SHA-256 of the image, verdict of a
 * person (empty where nobody reviewed it), code of the fault (empty where there was none).
 */
export function contentOf({ line, sha256, review }: Inspection): Variant[] {
  const text = (value: string) => new Variant({ dataType: DataType.String, value })
  return [
    text(line.verdict),
    new Variant({ dataType: DataType.Double, value: line.score ?? Number.NaN }),
    text(JSON.stringify(line.defects)),
    text(sha256),
    text(review === undefined ? '' : review.truth),
    text('error' in line ? line.error.code : ''),
  ]
}

/** Fields of ResultDataType by their names in node-opcua's spelling. */
export function resultFieldsOf(inspection: Inspection) {
  const { id, line, t, lot } = inspection
  const judged = 'error' in line ? undefined : line
  return {
    resultId: { id },
    isPartial: false,
    isSimulated: false,
    resultState: resultStateOf(inspection),
    measId: { id: lot, description: new LocalizedText({ text: 'lot', locale: 'en' }) },
    partId: { id: line.panel ?? '' },
    internalRecipeId: { id: judged?.recipe ?? '' },
    internalConfigurationId: { id: judged?.model ?? '' },
    jobId: { id },
    creationTime: new Date(t),
    processingTimes: {
      startTime: new Date(t),
      endTime: new Date(t + (judged?.ms.total ?? 0)),
      processingDuration: judged?.ms.total ?? 0,
    },
    resultContent: contentOf(inspection),
  }
}
