/** How records are put into words. Pure. */
import type { CommandBody } from '@millwright/contract'
import type { TextValues } from '../../i18n/text.ts'

/** Text key and values of a command. */
export function commandText(body: CommandBody): {
  readonly key: `command.${CommandBody['kind']}`
  readonly values: TextValues
} {
  const key = `command.${body.kind}` as const
  switch (body.kind) {
    case 'write_tag':
      return { key, values: { tag: body.tag, value: String(body.value) } }
    case 'accept_proposal':
    case 'reject_proposal':
      return { key, values: { proposal: body.proposal } }
    case 'acknowledge_alarm':
    case 'confirm_alarm':
    case 'shelve_alarm':
    case 'unshelve_alarm':
      return { key, values: { alarm: body.alarm } }
    case 'set_loop_level':
      return { key, values: { loop: body.loop, level: body.level } }
    case 'laboratory_sample':
      return { key, values: { loop: body.loop, value: String(body.value) } }
    case 'apply_recipe':
      return { key, values: { station: body.station, recipe: body.recipe.id } }
  }
}

/** A value of an audit record, short. */
export function brief(value: unknown, most = 120): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > most ? `${text.slice(0, most)}…` : text
}

/** What a record changed: of two objects only the fields that differ, `field: before → after`. */
export function changeOf(before: unknown, after: unknown, most = 120): string {
  if (!isPlain(before) || !isPlain(after)) return arrow(brief(before, most), brief(after, most))
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return brief(
    changed.map(name => `${name}: ${arrow(brief(before[name], most), brief(after[name], most))}`).join('; '),
    most,
  )
}
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const arrow = (before: string, after: string) => (before === '' ? after : `${before} → ${after}`)

/** Figures of a model card that fit a line; nested ones are named by their path. */
export function flatMetrics(metrics: Readonly<Record<string, unknown>>, prefix = ''): [string, string][] {
  return Object.entries(metrics).flatMap(([name, value]): [string, string][] => {
    const path = prefix === '' ? name : `${prefix}.${name}`
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return flatMetrics(value as Record<string, unknown>, path)
    return [[path, typeof value === 'number' ? String(Number(value.toPrecision(4))) : brief(value)]]
  })
}
