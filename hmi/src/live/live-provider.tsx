/** Wires the stream to the cache and the value store, for the time that someone is signed in. */
import { systemClock } from '@millwright/contract'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { call } from '../lib/api.ts'
import { patchCache, rowsTouchedBy } from './apply-message.ts'
import { createLiveValues, type LiveValues } from './live-values.ts'
import { browserScreen, createPicture } from './picture.ts'
import { createRefresher } from './refresher.ts'
import { createStreamClient, type LinkState, type Socket, type StreamClient } from './stream-client.ts'

interface Live {
  readonly stream: StreamClient
  readonly values: LiveValues
}

const LiveContext = createContext<Live | undefined>(undefined)

const streamUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/stream`

function createLive(): Live {
  const stream = createStreamClient({
    open: () => new WebSocket(streamUrl()) as unknown as Socket,
    clock: systemClock,
    random: Math.random,
    probe: () =>
      call('health').then(
        () => true,
        () => false,
      ),
  })
  // Past some hundred names the query string would outgrow what servers accept: then all are read.
  const fetchValues = (tags: readonly string[]) =>
    call('values', { query: tags.length > 150 ? {} : { tags: tags.join(',') } })
  return { stream, values: createLiveValues({ stream, fetchValues, picture: createPicture(browserScreen) }) }
}

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const cache = useQueryClient()
  const live = useMemo(createLive, [])
  useEffect(() => {
    const refresher = createRefresher(systemClock, row => void cache.invalidateQueries({ queryKey: [row] }))
    const leaves = [
      live.stream.onMessage(message => {
        patchCache(cache, message)
        refresher.ask(rowsTouchedBy(message))
      }),
      live.stream.onResync(() => void cache.invalidateQueries({ predicate: query => query.queryKey[0] !== 'session' })),
    ]
    live.stream.start()
    return () => {
      for (const leave of leaves) leave()
      refresher.stop()
      live.stream.stop()
    }
  }, [cache, live])
  return <LiveContext value={live}>{children}</LiveContext>
}

export function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === undefined) throw new Error('useLive outside LiveProvider')
  return live
}

export function useLinkState(): LinkState {
  const { stream } = useLive()
  return useSyncExternalStore(stream.onState, stream.state)
}
