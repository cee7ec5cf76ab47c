/** A tag's newest value, with how far it may be trusted. */
import type { LiveValue } from '@millwright/contract'
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { useLinkState, useLive } from './live-provider.tsx'
import type { LinkState } from './stream-client.ts'

/** good, uncertain, bad: as the source says · stale: may be old · none: nothing is known. */
export type Trust = 'good' | 'uncertain' | 'bad' | 'stale' | 'none'

/** A broken connection or a silent agent outweighs the quality of the last value. */
export function trustOf(value: LiveValue | undefined, link: LinkState): Trust {
  if (value === undefined) return 'none'
  if (link !== 'live' || value.stale) return 'stale'
  return value.value === null ? 'bad' : value.quality
}

export interface LiveReading {
  readonly value: LiveValue | undefined
  readonly trust: Trust
}

export function useLiveValue(tag: string): LiveReading {
  const { values } = useLive()
  const link = useLinkState()
  const watch = useCallback((listener: () => void) => values.watch([tag], listener), [values, tag])
  const value = useSyncExternalStore(watch, () => values.get(tag))
  return { value, trust: trustOf(value, link) }
}

/** Several tags at once; the map changes when any of them does, a reading only when it does itself. */
export function useLiveValues(tags: readonly string[]): ReadonlyMap<string, LiveReading> {
  const { values } = useLive()
  const link = useLinkState()
  const names = tags.join(' ')
  const version = useRef(0)
  const before = useRef<ReadonlyMap<string, LiveReading>>(new Map())
  const watch = useCallback(
    (listener: () => void) =>
      values.watch(names === '' ? [] : names.split(' '), () => {
        version.current += 1
        listener()
      }),
    [values, names],
  )
  const seen = useSyncExternalStore(watch, () => version.current)
  // `seen` stands for the values behind the names.
  return useMemo(() => {
    const readings = (names === '' ? [] : names.split(' ')).map((tag): [string, LiveReading] => {
      const value = values.get(tag)
      const trust = trustOf(value, link)
      const known = before.current.get(tag)
      return [tag, known?.value === value && known?.trust === trust ? known : { value, trust }]
    })
    before.current = new Map(readings)
    return before.current
  }, [values, names, link, seen])
}
