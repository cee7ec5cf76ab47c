import type { DefectClass, Lang, Rate } from '@millwright/contract'
import { Type } from 'typebox'
import { showTime } from '../../domain/quality/plant-day.ts'
import { classWords } from '../../reports/words.ts'
import { qualityAnswers } from '../words/quality.ts'
import { figure, inPercent, say } from '../words/say.ts'
import { Instant, instantArg } from './arguments.ts'
import { defineTool, everyone } from './tool.ts'

interface Share {
  events: number
  of: number
  /** Percent; null where nothing was counted. */
  ratePercent: number | null
  upperPercent: number
  confidencePercent: number
}
interface SummaryResult {
  lot: string | null
  from: number
  to: number
  captures: number
  pass: number
  fail: number
  review: number
  /** Percent of the captures. */
  failPercent: number | null
  reviewed: number
  escape: Share
  overkill: Share
  byClass: { class: DefectClass; captures: number; defects: number }[]
  focus: string | null
}

const FOCUS = ['escape', 'overkill', 'classes'] as const

const shareOf = (rate: Rate): Share => ({
  events: rate.events,
  of: rate.of,
  ratePercent: rate.rate === null ? null : inPercent(rate.rate),
  // Rounded up: a bound never claims too much.
  upperPercent: Math.ceil(rate.upper * 10_000 - 1e-9) / 100,
  confidencePercent: inPercent(rate.confidence),
})

/** Verdicts, escape 漏检 and overkill 过杀 of a lot or a span. */
export const getQualitySummary = defineTool({
  name: 'getQualitySummary',
  description:
    'Inspection figures of a lot or a span (default: today): verdicts, escape and overkill from the reviews with exact upper bounds, defects by class. `focus` names what was asked for.',
  schema: Type.Object({
    lot: Type.Optional(Type.String({ maxLength: 200 })),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    focus: Type.Optional(Type.Union(FOCUS.map(name => Type.Literal(name)))),
  }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant }) {
    const summary = await plant.figures.summary({
      ...(args.lot === undefined ? {} : { lot: args.lot }),
      ...(args.from === undefined ? {} : { from: instantArg('getQualitySummary', args.from) }),
      ...(args.to === undefined ? {} : { to: instantArg('getQualitySummary', args.to) }),
    })
    const { from, to, captures, pass, fail, review, reviewed } = summary
    const result: SummaryResult = {
      lot: summary.lot ?? null,
      from,
      to,
      captures,
      pass,
      fail,
      review,
      failPercent: captures === 0 ? null : inPercent(fail / captures),
      reviewed,
      escape: shareOf(summary.escape),
      overkill: shareOf(summary.overkill),
      byClass: summary.byClass as SummaryResult['byClass'],
      focus: (args.focus as string | undefined) ?? null,
    }
    return { result }
  },
  say(result: SummaryResult, { lang, timeZone }) {
    const scope =
      result.lot === null
        ? say(qualityAnswers.span, lang, { from: showTime(result.from, timeZone), to: showTime(result.to, timeZone) })
        : say(qualityAnswers.lot, lang, { lot: result.lot })
    if (result.captures === 0) return [say(qualityAnswers.nothing, lang, { scope })]
    const counts = [
      say(qualityAnswers.counts, lang, {
        scope,
        captures: result.captures,
        pass: result.pass,
        fail: result.fail,
        review: result.review,
      }),
      ...(result.failPercent === null
        ? []
        : [say(qualityAnswers.failShare, lang, { rate: figure(result.failPercent) })]),
      say(qualityAnswers.reviewed, lang, { reviewed: result.reviewed }),
    ]
    const escapes = rateSentence('escape', result.escape, scope, lang)
    const overkill = rateSentence('overkill', result.overkill, scope, lang)
    switch (result.focus) {
      case 'escape':
        return [escapes, ...counts]
      case 'overkill':
        return [overkill, ...counts]
      case 'classes':
        return [classSentence(result, lang), ...counts]
      default:
        return [...counts, escapes, overkill, classSentence(result, lang)]
    }
  },
})

function rateSentence(kind: 'escape' | 'overkill', share: Share, scope: string, lang: Lang): string {
  if (share.ratePercent === null)
    return say(kind === 'escape' ? qualityAnswers.noEscape : qualityAnswers.noOverkill, lang, { scope })
  return say(qualityAnswers[kind], lang, {
    rate: figure(share.ratePercent),
    events: share.events,
    of: share.of,
    confidence: figure(share.confidencePercent),
    upper: figure(share.upperPercent),
  })
}

function classSentence(result: SummaryResult, lang: Lang): string {
  if (result.byClass.length === 0) return say(qualityAnswers.noClasses, lang)
  const classes = result.byClass.map(entry => `${classWords[entry.class][lang]} ${entry.captures}`)
  return say(qualityAnswers.classes, lang, { classes: classes.join(lang === 'zh' ? '，' : ', ') })
}
