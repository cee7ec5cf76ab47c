import { type LiveValue, type LocalText, ProblemError, type TagDefinition } from '@millwright/contract'
import { Type } from 'typebox'
import { showTime } from '../../domain/quality/plant-day.ts'
import type { Plant } from '../ports.ts'
import { figure, say } from '../words/say.ts'
import { limitWords, qualityWords, signalWords } from '../words/signals.ts'
import { Instant, instantArg } from './arguments.ts'
import { defineTool, everyone } from './tool.ts'

interface TagValueResult {
  tag: string
  name: LocalText
  unit: string
  /** The instant asked for, ms; null: now. */
  at: number | null
  value: LiveValue['value']
  quality: string | null
  t: number | null
  stale: boolean
  limits: Record<string, number>
}

/** Refuses with MW-2004 where there is no such tag. */
export async function definitionOf(plant: Plant, tag: string): Promise<TagDefinition> {
  const definition = (await plant.tags.definitions()).find(entry => entry.tag === tag)
  if (definition === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'tag', id: tag } })
  return definition
}

export const showValue = (value: LiveValue['value']): string =>
  typeof value === 'number' ? figure(value) : value === null ? '–' : String(value)

/** The value of a tag now, or at an instant. */
export const getTagValue = defineTool({
  name: 'getTagValue',
  description: 'Value, quality and time of a tag: the newest, or the last one at or before `at`.',
  schema: Type.Object({
    tag: Type.String({ description: 'Full tag name, e.g. primary/dryer/outlet_moisture', maxLength: 200 }),
    at: Type.Optional(Instant),
  }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant, memory }) {
    const definition = await definitionOf(plant, args.tag)
    memory.tag = args.tag
    const at = args.at === undefined ? null : instantArg('getTagValue', args.at)
    const found = at === null ? await plant.tags.latest(args.tag) : await plant.tags.valueAt(args.tag, at)
    const result: TagValueResult = {
      tag: args.tag,
      name: definition.description,
      unit: definition.unit,
      at,
      value: found?.value ?? null,
      quality: found?.quality ?? null,
      t: found?.t ?? null,
      stale: at === null && (found?.stale ?? false),
      limits: { ...definition.limits },
    }
    return { result }
  },
  say(result: TagValueResult, { lang, timeZone }) {
    const at = result.at === null ? '' : showTime(result.at, timeZone)
    const common = { name: result.name, tag: result.tag, at, unit: result.unit === '' ? '' : ` ${result.unit}` }
    if (result.t === null || result.value === null)
      return [say(result.at === null ? signalWords.noValue : signalWords.noValueAt, lang, common)]
    const limits = Object.entries(result.limits).map(
      ([name, value]) => `${limitWords[name]?.[lang] ?? name} ${figure(value)}${common.unit}`,
    )
    return [
      say(result.at === null ? signalWords.value : signalWords.valueAt, lang, {
        ...common,
        value: showValue(result.value),
        t: showTime(result.t, timeZone),
      }),
      ...(result.quality === 'good'
        ? []
        : [say(signalWords.quality, lang, { quality: qualityWords[result.quality ?? 'bad'] ?? '' })]),
      ...(result.stale ? [say(signalWords.stale, lang)] : []),
      ...(limits.length === 0
        ? []
        : [say(signalWords.limits, lang, { limits: limits.join(lang === 'zh' ? '，' : ', ') })]),
    ]
  },
})
