import type { LocalText } from '@millwright/contract'
import { Type } from 'typebox'
import { HOUR, showTime } from '../../domain/quality/plant-day.ts'
import { figure, say } from '../words/say.ts'
import { signalWords } from '../words/signals.ts'
import { Instant, instantArg } from './arguments.ts'
import { definitionOf } from './get-tag-value.ts'
import { defineTool, everyone } from './tool.ts'

interface TagHistoryResult {
  tag: string
  name: LocalText
  unit: string
  from: number
  to: number
  /** Good numeric values. */
  count: number
  bad: number
  min: number | null
  max: number | null
  /** Arithmetic mean of the samples; with a deadband it is not the mean over time. */
  mean: number | null
  first: number | null
  last: number | null
}

/** How a tag ran over a span. */
export const getTagHistory = defineTool({
  name: 'getTagHistory',
  description: 'Least, greatest, mean, first and last good value of a tag over a span (default: the last hour).',
  schema: Type.Object({
    tag: Type.String({ description: 'Full tag name', maxLength: 200 }),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
  }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant, clock, memory }) {
    const definition = await definitionOf(plant, args.tag)
    memory.tag = args.tag
    const to = args.to === undefined ? clock.now() : instantArg('getTagHistory', args.to)
    const from = args.from === undefined ? to - HOUR : instantArg('getTagHistory', args.from)
    const { points } = await plant.tags.history(args.tag, from, to)
    const good = points.flatMap(([, value, quality]) =>
      quality === 'good' && typeof value === 'number' ? [value] : [],
    )
    const round = (value: number | undefined) => (value === undefined ? null : Number(value.toFixed(4)))
    const sum = good.reduce((total, value) => total + value, 0)
    const result: TagHistoryResult = {
      tag: args.tag,
      name: definition.description,
      unit: definition.unit,
      from,
      to,
      count: good.length,
      bad: points.filter(([, , quality]) => quality === 'bad').length,
      min: good.length === 0 ? null : round(good.reduce((a, b) => Math.min(a, b))),
      max: good.length === 0 ? null : round(good.reduce((a, b) => Math.max(a, b))),
      mean: good.length === 0 ? null : round(sum / good.length),
      first: round(good[0]),
      last: round(good.at(-1)),
    }
    return { result }
  },
  say(result: TagHistoryResult, { lang, timeZone }) {
    const common = {
      name: result.name,
      tag: result.tag,
      unit: result.unit,
      from: showTime(result.from, timeZone),
      to: showTime(result.to, timeZone),
    }
    const { min, max, mean, first, last } = result
    if (min === null || max === null || mean === null || first === null || last === null)
      return [say(signalWords.noHistory, lang, common)]
    return [
      say(signalWords.history, lang, {
        ...common,
        min: figure(min),
        max: figure(max),
        mean: figure(mean),
        count: result.count,
      }),
      say(signalWords.historyEnds, lang, { first: figure(first), last: figure(last), unit: result.unit }),
      ...(result.bad > 0 ? [say(signalWords.historyBad, lang, { bad: result.bad })] : []),
    ]
  },
})
