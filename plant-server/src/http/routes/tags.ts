import { type LiveValue, ProblemError } from '@millwright/contract'
import type { ReadingStore } from '../../stores/readings.ts'
import type { LiveValues } from '../../stream/live-values.ts'
import type { TagRegistry } from '../../tags/registry.ts'
import type { SomeHandlers } from '../handlers.ts'

export function createTagHandlers(deps: {
  tags: TagRegistry
  live: LiveValues
  readings: Pick<ReadingStore, 'raw' | 'decimated' | 'valueAt'>
}): SomeHandlers<'listTags' | 'values' | 'history' | 'valueAt'> {
  const { tags, live, readings } = deps
  const known = (tag: string) => {
    const definition = tags.get(tag)
    if (definition === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'tag', id: tag } })
    return definition
  }
  return {
    listTags: async () => tags.all(),
    values: async ({ query }) => {
      if (query.tags === undefined || query.tags === '') return live.all()
      return query.tags
        .split(',')
        .map(tag => live.get(tag))
        .filter((value): value is LiveValue => value !== undefined)
    },
    async history({ query }) {
      const { tag, unit } = known(query.tag)
      const from = timeOf(query.from, 'from')
      const to = timeOf(query.to, 'to')
      const points =
        query.points === undefined
          ? await readings.raw(tag, from, to)
          : await readings.decimated(tag, from, to, query.points)
      return { tag, unit, points }
    },
    async valueAt({ query }) {
      const { tag } = known(query.tag)
      const found = await readings.valueAt(tag, timeOf(query.at, 'at'))
      if (found === undefined) return null
      const [t, value, quality] = found
      return { tag, t, value, quality, stale: false }
    },
  }
}

/** ms since 1970, or ISO 8601 with its offset. */
export function timeOf(text: number | string, place: string): number {
  const t = typeof text === 'number' || /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (!Number.isFinite(t) || Math.abs(t) > 8.64e15)
    throw new ProblemError({ code: 'MW-0101', place, values: { detail: 'must be ms since 1970 or ISO 8601' } })
  return t
}
