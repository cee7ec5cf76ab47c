/** The time range of a page, kept in its URL (`?range=`); panels only read it. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react'
import { type LiveSpan, parseRange, printRange, type TimeRange } from './range.ts'

interface RangeState {
  readonly range: TimeRange
  setRange(range: TimeRange): void
}

const RangeContext = createContext<RangeState | undefined>(undefined)

export function TimeRangeProvider({ initial, children }: { readonly initial: LiveSpan; readonly children: ReactNode }) {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const text = typeof search.range === 'string' ? search.range : undefined
  const setRange = useCallback(
    (range: TimeRange) => {
      const next = (before: Record<string, unknown>) => ({ ...before, range: printRange(range) })
      void navigate({ to: '.', search: next as never, replace: true })
    },
    [navigate],
  )
  const state = useMemo(() => ({ range: parseRange(text, initial), setRange }), [text, initial, setRange])
  return <RangeContext value={state}>{children}</RangeContext>
}

export function useTimeRange(): RangeState {
  const state = useContext(RangeContext)
  if (state === undefined) throw new Error('useTimeRange outside TimeRangeProvider')
  return state
}
