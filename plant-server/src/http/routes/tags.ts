import { createReadStream } from 'node:fs'
import { type Clock, type HistoryInterval, type LiveValue, ProblemError, tagMatcher } from '@millwright/contract'
import type { Audit } from '../../ports.ts'
import type { ReadingStore } from '../../stores/readings.ts'
import type { LiveValues } from '../../stream/live-values.ts'
import type { TagRegistry } from '../../tags/registry.ts'
import type { SomeHandlers } from '../handlers.ts'

/** A reply is built in memory. */
const MOST_VALUES = 500_000
const MOST_BUCKETS = 20_000
const WIDTHS: Readonly<Record<HistoryInterval, number>> = { second: 1000, minute: 60_000, hour: 3_600_000 }
const MEDIA = { parquet: 'application/vnd.apache.parquet', csv: 'text/csv; charset=utf-8' }

export function createTagHandlers(deps: {
  tags: TagRegistry
  live: LiveValues
  readings: ReadingStore
  audit: Audit
  clock: Pick<Clock, 'now'>
}): SomeHandlers<
  'listTags' | 'values' | 'history' | 'historyAggregates' | 'exportHistory' | 'deleteHistory' | 'valueAt'
> {
  const { tags, live, readings, audit, clock } = deps
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
      if (query.points !== undefined)
        return { tag, unit, points: await readings.decimated(tag, from, to, query.points) }
      const n = await readings.countIn(tag, from, to)
      if (n > MOST_VALUES) throw new ProblemError({ code: 'MW-2070', values: { n, limit: MOST_VALUES } })
      return { tag, unit, points: await readings.raw(tag, from, to) }
    },
    async historyAggregates({ query: { tag: name, interval, ...query } }) {
      const { tag, unit } = known(name)
      const [from, to] = [timeOf(query.from, 'from'), timeOf(query.to, 'to')]
      const n = Math.ceil((to - from) / WIDTHS[interval])
      if (n > MOST_BUCKETS) throw new ProblemError({ code: 'MW-2070', values: { n, limit: MOST_BUCKETS } })
      return { tag, unit, interval, buckets: await readings.aggregates(tag, from, to, interval, clock.now()) }
    },
    async exportHistory({ query }, caller) {
      const [from, to] = [timeOf(query.from, 'from'), timeOf(query.to, 'to')]
      const stored = readings.tags()
      const wanted = new Set<string>()
      for (const pattern of query.tags.split(',')) {
        const found = stored.filter(tagMatcher(pattern.trim()))
        if (found.length === 0) throw new ProblemError({ code: 'MW-2004', values: { what: 'tag', id: pattern } })
        for (const tag of found) wanted.add(tag)
      }
      const file = await readings.exportFile({ tags: [...wanted], from, to, format: query.format })
      const after = { tags: wanted.size, from, to, format: query.format, rows: file.rows, bytes: file.bytes }
      await audit.record({ action: 'history.export', subject: query.tags, before: null, after, reason: '' }, caller)
      const body = createReadStream(file.path)
      body.once('close', () => void file.remove())
      return { mediaType: MEDIA[query.format], body, fileName: `history.${query.format}` }
    },
    async deleteHistory({ body }, caller) {
      const [from, to] = [timeOf(body.from, 'from'), timeOf(body.to, 'to')]
      if (!readings.tags().includes(body.tag)) known(body.tag)
      const removed = await readings.remove(body.tag, from, to)
      const before = { values: removed, from: new Date(from).toISOString(), to: new Date(to).toISOString() }
      const entry = { action: 'history.delete', subject: body.tag, before, after: null, reason: body.reason }
      await audit.record(entry, caller)
      return { removed }
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
