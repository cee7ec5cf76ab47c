/** Rows of inspections for tests and the sample plant: repeatable, no chance in them. */
import { createHash } from 'node:crypto'
import type { Defect, DefectClass, Inspection, Review, Verdict } from '@millwright/contract'

export interface InspectionSeed {
  readonly panel: string
  readonly t: number
  readonly verdict: Verdict
  readonly defects?: readonly { class: DefectClass; score: number }[]
  readonly review?: Review
  readonly lot: string
  readonly station?: string
  /** The capture could not be judged. */
  readonly error?: { code: string; message: string }
}

const REASON = {
  code: 'score',
  text: { zh: '得分达到判废阈值', en: 'score reaches the failing threshold' },
  values: {},
}

export function makeInspection(seed: InspectionSeed): Inspection {
  const image = `${seed.panel}_surface.png`
  const sha256 = createHash('sha256').update(image).digest('hex')
  const station = seed.station ?? 'AOI-1'
  const defects = (seed.defects ?? []).map(
    (defect, i): Defect => ({
      class: defect.class,
      score: defect.score,
      bbox: [100 + 50 * i, 80, 40, 12],
      area_px: 480,
      area_pct: 0.0231,
      reasons: [REASON],
    }),
  )
  return {
    id: `${station}:${sha256}:${image}`,
    station,
    t: seed.t,
    sha256,
    bytes: 120_000,
    mediaType: 'image/png',
    line:
      seed.error === undefined
        ? {
            image,
            panel: seed.panel,
            pattern: 'surface',
            width: 1920,
            height: 1080,
            verdict: seed.verdict,
            score: defects.reduce((most, defect) => Math.max(most, defect.score), 0.02),
            defects,
            reasons: defects.length > 0 ? [REASON] : [],
            ms: { decode: 12, locate: 8, infer: 41, rules: 1, total: 62 },
            model: 'screen-defects@1',
            recipe: 'panel-default@1',
          }
        : { image, panel: seed.panel, verdict: 'review', error: seed.error, defects: [], score: null },
    agent: 'packing',
    lot: seed.lot,
    ...(seed.review === undefined ? {} : { review: seed.review }),
  }
}
