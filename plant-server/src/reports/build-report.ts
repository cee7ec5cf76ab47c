/** The report's model, built once by code from the rows of a lot: everything that PDF, HTML and sentences say stands here. */
import { createHash } from 'node:crypto'
import {
  canonicalJson,
  type Inspection,
  type InspectionReport,
  type LocalText,
  type Lot,
  type QualitySummary,
} from '@millwright/contract'
import { summarise } from '../domain/quality/summary.ts'
import { percent, percentUp } from './format.ts'
import { classWords, conclusionWords, fill } from './words.ts'

export interface ReportContext {
  readonly lot: Lot
  readonly generatedAt: number
  readonly generatedBy: string
}

/** @param rows all inspections of the lot, in the order they were taken */
export function buildReport(rows: readonly Inspection[], context: ReportContext): InspectionReport {
  const { lot } = context
  const summary = summarise(rows, { lot: lot.id, from: lot.from, to: lot.to })
  return {
    lot,
    generatedAt: context.generatedAt,
    generatedBy: context.generatedBy,
    summary,
    models: modelsOf(rows),
    defects: defectsOf(rows),
    reviews: rows.flatMap(row =>
      row.review === undefined
        ? []
        : [
            {
              inspection: row.id,
              image: row.line.image,
              machine: row.line.verdict,
              decision: row.review.decision,
              truth: row.review.truth,
              by: row.review.by,
              t: row.review.t,
              comment: row.review.comment,
            },
          ],
    ),
    conclusion: concludeFrom(rows, summary),
    dataHash: createHash('sha256').update(canonicalJson(rows)).digest('hex'),
  }
}

function modelsOf(rows: readonly Inspection[]): InspectionReport['models'] {
  const table = new Map<string, { model: string; recipe: string; captures: number }>()
  for (const { line } of rows) {
    if ('error' in line) continue
    const key = `${line.model}\n${line.recipe}`
    const entry = table.get(key) ?? { model: line.model, recipe: line.recipe, captures: 0 }
    table.set(key, { ...entry, captures: entry.captures + 1 })
  }
  return [...table.values()].sort((a, b) => b.captures - a.captures)
}

/** Worst first. */
function defectsOf(rows: readonly Inspection[]): InspectionReport['defects'] {
  return rows
    .flatMap(row =>
      row.line.defects.map(defect => ({
        inspection: row.id,
        image: row.line.image,
        class: defect.class,
        score: defect.score,
        areaPx: defect.area_px,
        verdict: row.line.verdict,
        ...(row.review === undefined ? {} : { review: row.review.truth }),
      })),
    )
    .sort((a, b) => b.score - a.score || (a.image < b.image ? -1 : 1)) as InspectionReport['defects']
}

const said = (template: LocalText, values: Record<string, string | number>): LocalText => ({
  zh: fill(template.zh, values),
  en: fill(template.en, values),
})

function concludeFrom(rows: readonly Inspection[], summary: QualitySummary): LocalText[] {
  const { counts, noneReviewed, noEscapeSample, noOverkillSample, mainClass, open } = conclusionWords
  const sentences = [
    said(counts, {
      captures: summary.captures,
      pass: summary.pass,
      fail: summary.fail,
      review: summary.review,
      errors: summary.errors,
    }),
  ]
  const rateSentence = (rate: QualitySummary['escape'], known: LocalText, unknown: LocalText) =>
    rate.rate === null
      ? unknown
      : said(known, {
          of: rate.of,
          events: rate.events,
          rate: percent(rate.rate, 2),
          upper: percentUp(rate.upper),
          confidence: percent(rate.confidence, 0),
        })
  if (summary.reviewed === 0) sentences.push(noneReviewed)
  else {
    sentences.push(rateSentence(summary.escape, conclusionWords.escape, noEscapeSample))
    sentences.push(rateSentence(summary.overkill, conclusionWords.overkill, noOverkillSample))
  }
  const [main] = summary.byClass as { class: keyof typeof classWords; captures: number }[]
  if (main !== undefined) {
    const name = classWords[main.class]
    sentences.push(said(mainClass, { classZh: name.zh, classEn: name.en.toLowerCase(), captures: main.captures }))
  }
  const unreviewed = rows.filter(row => row.line.verdict !== 'pass' && row.review === undefined).length
  if (unreviewed > 0) sentences.push(said(open, { open: unreviewed }))
  return sentences
}
