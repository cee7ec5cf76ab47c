import { DEFECT_CLASSES, type DefectClass, type Verdict } from '@millwright/contract'
import { Type } from 'typebox'
import { showTime, startOfDay } from '../../domain/quality/plant-day.ts'
import { classWords, verdictWords } from '../../reports/words.ts'
import { qualityAnswers } from '../words/quality.ts'
import { figure, say } from '../words/say.ts'
import { Instant, instantArg } from './arguments.ts'
import { defineTool, everyone } from './tool.ts'

interface InspectionsResult {
  count: number
  /** Only the number was asked for. */
  countOnly: boolean
  /** Newest first. */
  inspections: {
    id: string
    image: string
    verdict: Verdict
    score: number | null
    classes: DefectClass[]
    t: number
  }[]
}

const MOST = 8

/** Inspections of a lot or a span (default: today) by verdict, class and whether they are reviewed. */
export const listInspections = defineTool({
  name: 'listInspections',
  description:
    'Inspections of a lot or a span (default: today), newest first; by verdict, class of defect, reviewed or not.',
  schema: Type.Object({
    lot: Type.Optional(Type.String({ maxLength: 200 })),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    verdict: Type.Optional(Type.Union(['pass', 'fail', 'review'].map(name => Type.Literal(name)))),
    class: Type.Optional(Type.Union(DEFECT_CLASSES.map(name => Type.Literal(name)))),
    reviewed: Type.Optional(Type.Boolean()),
    countOnly: Type.Optional(Type.Boolean()),
  }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant, clock, timeZone }) {
    const rows = await plant.inspections.select(
      args.lot !== undefined
        ? { lot: args.lot }
        : {
            from:
              args.from === undefined ? startOfDay(clock.now(), timeZone) : instantArg('listInspections', args.from),
            ...(args.to === undefined ? {} : { to: instantArg('listInspections', args.to) }),
          },
    )
    const wanted = args as { verdict?: Verdict; class?: DefectClass; reviewed?: boolean }
    const found = rows.filter(
      row =>
        (wanted.verdict === undefined || row.line.verdict === wanted.verdict) &&
        (wanted.class === undefined || row.line.defects.some(defect => defect.class === wanted.class)) &&
        (wanted.reviewed === undefined || (row.review !== undefined) === wanted.reviewed),
    )
    const result: InspectionsResult = {
      count: found.length,
      countOnly: args.countOnly === true,
      inspections: found
        .slice(-MOST)
        .reverse()
        .map(row => ({
          id: row.id,
          image: row.line.image,
          verdict: row.line.verdict,
          score: row.line.score,
          classes: [...new Set(row.line.defects.map(defect => defect.class))] as DefectClass[],
          t: row.t,
        })),
    }
    return { result }
  },
  say(result: InspectionsResult, { lang, timeZone }) {
    const rows = (result.countOnly ? [] : result.inspections).map(row =>
      say(qualityAnswers.inspectionRow, lang, {
        image: row.image,
        verdict: verdictWords[row.verdict],
        score: row.score === null ? qualityAnswers.noScore : figure(row.score, 3),
        classes:
          row.classes.length === 0
            ? qualityAnswers.noDefect
            : row.classes.map(name => classWords[name][lang]).join(lang === 'zh' ? '、' : ', '),
        t: showTime(row.t, timeZone),
      }),
    )
    return [say(qualityAnswers.inspections, lang, { count: result.count }), ...rows]
  },
})
