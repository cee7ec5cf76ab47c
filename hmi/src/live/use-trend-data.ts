/** History of tags over the page's time range; where it follows live, with what the stream brings since. */
import { type History, type HistoryPoint, systemClock } from '@millwright/contract'
import { useQueries } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { call } from '../lib/api.ts'
import { useLive } from './live-provider.tsx'
import { boundsOf, printRange, spanOf, type TimeRange } from './range.ts'

export interface TrendData {
  readonly points: ReadonlyMap<string, readonly HistoryPoint[]>
  readonly tails: ReadonlyMap<string, readonly HistoryPoint[]>
  readonly loading: boolean
  readonly error: Error | null
  readonly retry: () => void
}

/** Points a tag that fill a wide screen; the server keeps minimum and maximum of each bucket. */
const POINTS = 1200
const snapshots = new WeakMap<HistoryPoint[], readonly HistoryPoint[]>()

/** A copy that stays the same object while nothing was added. */
function snapshot(tail: HistoryPoint[]): readonly HistoryPoint[] {
  const known = snapshots.get(tail)
  if (known !== undefined && known.length === tail.length && known.at(-1) === tail.at(-1)) return known
  const made = [...tail]
  snapshots.set(tail, made)
  return made
}

/** Live points kept between two reads of history. */
const TAIL = 2000

/** Stored points; where the first comes late (a value that hardly moves sends little), the one in force at the start. */
async function readHistory(tag: string, from: number, to: number, points: number): Promise<History> {
  const history = await call('history', { query: { tag, from, to, points } })
  const first = history.points[0]?.[0] ?? to
  if (first - from <= (to - from) / 100) return history
  const before = await call('valueAt', { query: { tag, at: from } })
  if (before === null || before.t > from) return history
  return { ...history, points: [[from, before.value, before.quality], ...history.points] }
}

export function useTrendData(tags: readonly string[], range: TimeRange, points = POINTS): TrendData {
  const { values } = useLive()
  const names = tags.join(' ')
  const live = range.kind === 'live'
  const span = spanOf(range)
  const key = printRange(range)
  const queries = useQueries({
    queries: tags.map(tag => ({
      queryKey: ['history', tag, key, points],
      queryFn: () => {
        const { from, to } = boundsOf(range, systemClock.now())
        return readHistory(tag, Math.round(from), Math.round(to), points)
      },
      staleTime: live ? 5_000 : Number.POSITIVE_INFINITY,
      refetchInterval: live ? Math.max(30_000, span / 120) : (false as const),
    })),
  })

  const tails = useRef(new Map<string, HistoryPoint[]>())
  const [version, setVersion] = useState(0)
  useEffect(() => {
    const followed = names === '' || !live ? [] : names.split(' ')
    tails.current = new Map(followed.map(tag => [tag, []]))
    if (followed.length === 0) return
    let fresh = false
    const leave = values.follow(followed, value => {
      const tail = tails.current.get(value.tag)
      if (tail === undefined) return
      tail.push([value.t, value.value, value.quality])
      if (tail.length > TAIL) tail.splice(0, tail.length - TAIL)
      fresh = true
    })
    // Values come ten times a second; a trend needs one picture a second.
    const stop = systemClock.every(1000, () => {
      if (fresh) setVersion(count => count + 1)
      fresh = false
    })
    return () => {
      leave()
      stop()
    }
  }, [names, live, values])

  const stored = queries.map(query => query.data)
  const stamp = queries.map(query => query.dataUpdatedAt).join(' ')
  return useMemo(
    () => ({
      points: new Map(tags.map((tag, index) => [tag, stored[index]?.points ?? []])),
      // A tail is only added to: who drew it once draws it again when it has grown.
      tails: new Map([...tails.current].map(([tag, tail]) => [tag, snapshot(tail)])),
      loading: queries.some(query => query.data === undefined && query.isFetching),
      error: queries.find(query => query.data === undefined && query.error !== null)?.error ?? null,
      retry: () => {
        for (const query of queries) void query.refetch()
      },
    }),
    // `names`, `stamp` and `version` stand for tags, stored points and tails.
    [names, stamp, version, queries.map(query => query.status + query.fetchStatus).join(' ')],
  )
}
