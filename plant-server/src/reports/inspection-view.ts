/** The report as the reader sees it: the model's figures in words of one language. PDF and HTML both draw this. */
import type { DefectClass, InspectionReport, Lang, LocalText, Rate } from '@millwright/contract'
import { showTime } from '../domain/quality/plant-day.ts'
import { type Drawing, pareto, verdictBar } from './drawing.ts'
import { percent, percentDown, percentUp } from './format.ts'
import type { PictureMarks } from './picture-marks.ts'
import { classWords, decisionWords, fill, truthWords, verdictWords, words } from './words.ts'

/** A figure with the place in the model that it comes from, e.g. `summary.escape.upper`. */
export interface Figure {
  readonly key: string
  readonly text: string
}

export interface Table {
  readonly heading: string
  readonly heads: readonly string[]
  /** Right-aligned columns. */
  readonly numeric: readonly number[]
  readonly rows: readonly (readonly Figure[])[]
  readonly none: string
  readonly note: string
}

export interface ReportView {
  readonly lang: Lang
  readonly title: string
  readonly suite: string
  readonly lot: string
  readonly page: string
  readonly dataHash: string
  readonly facts: readonly { readonly label: string; readonly value: Figure }[]
  readonly resultHeading: string
  readonly tiles: readonly { readonly label: string; readonly value: Figure; readonly tone: string }[]
  readonly verdicts: Drawing
  readonly conclusionHeading: string
  readonly conclusion: readonly string[]
  readonly rates: Table
  readonly paretoHeading: string
  readonly pareto: Drawing | null
  readonly classes: Table
  readonly picturesHeading: string
  /** Worst captures, one entry a capture: `image` is the inspection id by which pictures are looked up. */
  readonly pictures: readonly {
    readonly inspection: string
    readonly caption: string
    readonly detail: string
    /** Absent until the rows are at hand, and where the capture's size is not known. */
    readonly marks?: PictureMarks
  }[]
  readonly defects: Table
  readonly reviews: Table
  readonly models: Table
  readonly signature: string
  readonly date: string
  readonly dataNote: string
}

/** Most rows and pictures that a report prints; what is left out is said. */
export const MOST_DEFECTS = 120
export const MOST_PICTURES = 9

export function viewReport(report: InspectionReport, lang: Lang, timeZone: string): ReportView {
  const say = (text: LocalText | undefined) => text?.[lang] ?? ''
  const figure = (key: string, text: string | number): Figure => ({ key, text: String(text) })
  const { summary, lot } = report
  const time = (t: number) => showTime(t, timeZone)
  const share = (count: number) => (summary.captures === 0 ? percent(0) : percent(count / summary.captures))
  const optional = (label: LocalText, key: string, value: string | undefined) =>
    value === undefined ? [] : [{ label: say(label), value: figure(key, value) }]
  const classes = summary.byClass as { class: DefectClass; captures: number; defects: number }[]
  const defects = report.defects as (InspectionReport['defects'][number] & { class: DefectClass })[]
  const left = defects.length - MOST_DEFECTS

  const rateRow = (name: LocalText, meaning: LocalText, key: string, rate: Rate): Figure[] => [
    figure('', say(name)),
    figure(`${key}.events`, rate.events),
    figure(`${key}.of`, rate.of),
    figure(`${key}.rate`, rate.rate === null ? say(words.unknownRate) : percent(rate.rate, 2)),
    figure(`${key}.lower`, rate.of === 0 ? '–' : percentDown(rate.lower)),
    figure(`${key}.upper`, rate.of === 0 ? '–' : percentUp(rate.upper)),
    figure('', say(meaning)),
  ]
  const { confidence } = summary.escape

  return {
    lang,
    title: say(words.title),
    suite: say(words.suite),
    lot: lot.id,
    page: say(words.page),
    dataHash: report.dataHash,
    facts: [
      { label: say(words.lot), value: figure('lot.id', lot.id) },
      { label: say(words.station), value: figure('lot.station', lot.station) },
      ...optional(words.order, 'lot.order', lot.order),
      ...optional(words.product, 'lot.product', lot.product),
      { label: say(words.period), value: figure('lot.from', `${time(lot.from)} – ${time(lot.to)}`) },
      { label: say(words.generated), value: figure('generatedAt', `${time(report.generatedAt)} (${timeZone})`) },
      { label: say(words.generatedBy), value: figure('generatedBy', report.generatedBy) },
    ],
    resultHeading: say(words.result),
    tiles: [
      { label: say(words.captures), value: figure('summary.captures', summary.captures), tone: 'plain' },
      { label: say(verdictWords.pass), value: figure('summary.pass', summary.pass), tone: 'pass' },
      { label: say(verdictWords.fail), value: figure('summary.fail', summary.fail), tone: 'fail' },
      { label: say(verdictWords.review), value: figure('summary.review', summary.review), tone: 'review' },
      { label: say(words.errors), value: figure('summary.errors', summary.errors), tone: 'plain' },
      { label: say(words.reviewed), value: figure('summary.reviewed', summary.reviewed), tone: 'plain' },
    ],
    verdicts: verdictBar(
      (['pass', 'fail', 'review'] as const).map(tone => ({
        tone,
        name: say(verdictWords[tone]),
        count: summary[tone],
        percent: share(summary[tone]),
      })),
      say(words.result),
    ),
    conclusionHeading: say(words.conclusion),
    conclusion: report.conclusion.map(say),
    rates: {
      heading: say(words.rates),
      heads: ['', words.events, words.of, words.rate, words.lower, words.upper, words.meaning].map(head =>
        typeof head === 'string' ? head : say(head),
      ),
      numeric: [1, 2, 3, 4, 5],
      rows: [
        rateRow(words.escape, words.escapeMeaning, 'summary.escape', summary.escape),
        rateRow(words.overkill, words.overkillMeaning, 'summary.overkill', summary.overkill),
      ],
      none: '',
      note: fill(say(words.boundsNote), {
        confidence: percent(confidence, 0),
        both: percent(2 * confidence - 1, 0),
      }),
    },
    paretoHeading: say(words.pareto),
    pareto:
      classes.length === 0
        ? null
        : pareto(
            [...classes]
              .sort((a, b) => b.defects - a.defects)
              .map(entry => ({ name: say(classWords[entry.class]), count: entry.defects })),
            say(words.pareto),
          ),
    classes: {
      heading: '',
      heads: [words.class, words.withClass, words.defectCount].map(say),
      numeric: [1, 2],
      rows: classes.map((entry, i) => [
        figure(`summary.byClass.${i}.class`, say(classWords[entry.class])),
        figure(`summary.byClass.${i}.captures`, entry.captures),
        figure(`summary.byClass.${i}.defects`, entry.defects),
      ]),
      none: say(words.noDefects),
      note: '',
    },
    picturesHeading: say(words.image),
    pictures: defects
      .filter((defect, i) => defects.findIndex(other => other.inspection === defect.inspection) === i)
      .slice(0, MOST_PICTURES)
      .map(defect => ({
        inspection: defect.inspection,
        caption: defect.image,
        detail: `${say(classWords[defect.class])} · ${say(words.score)} ${defect.score.toFixed(3)}`,
      })),
    defects: {
      heading: say(words.defects),
      heads: [words.image, words.class, words.score, words.area, words.verdict, words.review].map(say),
      numeric: [2, 3],
      rows: defects
        .slice(0, MOST_DEFECTS)
        .map((defect, i) => [
          figure(`defects.${i}.image`, defect.image),
          figure(`defects.${i}.class`, say(classWords[defect.class])),
          figure(`defects.${i}.score`, defect.score.toFixed(3)),
          figure(`defects.${i}.areaPx`, Math.round(defect.areaPx)),
          figure(`defects.${i}.verdict`, say(verdictWords[defect.verdict as keyof typeof verdictWords])),
          figure(`defects.${i}.review`, defect.review === undefined ? '–' : say(truthWords[defect.review])),
        ]),
      none: say(words.noDefects),
      note: left > 0 ? fill(say(words.moreDefects), { count: left }) : '',
    },
    reviews: {
      heading: say(words.reviews),
      heads: [words.image, words.verdict, words.decision, words.truth, words.by, words.time, words.comment].map(say),
      numeric: [],
      rows: report.reviews.map((entry, i) => [
        figure(`reviews.${i}.image`, entry.image),
        figure(`reviews.${i}.machine`, say(verdictWords[entry.machine as keyof typeof verdictWords])),
        figure(`reviews.${i}.decision`, say(decisionWords[entry.decision])),
        figure(`reviews.${i}.truth`, say(truthWords[entry.truth])),
        figure(`reviews.${i}.by`, entry.by),
        figure(`reviews.${i}.t`, time(entry.t)),
        figure(`reviews.${i}.comment`, entry.comment),
      ]),
      none: say(words.noReviews),
      note: '',
    },
    models: {
      heading: say(words.models),
      heads: [words.model, words.recipe, words.captures].map(say),
      numeric: [2],
      rows: report.models.map((entry, i) => [
        figure(`models.${i}.model`, entry.model),
        figure(`models.${i}.recipe`, entry.recipe),
        figure(`models.${i}.captures`, entry.captures),
      ]),
      none: say(words.none),
      note: '',
    },
    signature: say(words.signature),
    date: say(words.date),
    dataNote: say(words.dataNote),
  }
}
