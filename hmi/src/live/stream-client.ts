/**
 * One WebSocket to `/api/stream`: subscriptions by tag, reconnect with back-off, and honesty about staleness.
 *
 *   connecting ── hello ──▶ live ── close, silence that a probe confirms ──▶ stale ── hello ──▶ live
 *
 * A gap in `seq` means that frames were lost: everything is subscribed again and listeners are told to refetch. After a cut the
 * server sends the events that were missed; only where it cannot are listeners told to refetch.
 */
import { backoff, type ClientMessage, type Clock, type ServerMessage } from '@millwright/contract'

/** What is needed of a WebSocket. */
export interface Socket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: (() => void) | null
}

export interface StreamDeps {
  open(): Socket
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Does the server answer at all? Asked when nothing has come for `silenceMs`. */
  probe(): Promise<boolean>
  readonly silenceMs?: number
}

/** Tags in one message. */
const MOST_TAGS = 2000

export type LinkState = 'connecting' | 'live' | 'stale'

export interface StreamClient {
  start(): void
  stop(): void
  /** Counted: a tag stays subscribed until each of its subscribers has left. */
  subscribe(tags: readonly string[]): () => void
  onMessage(listener: (message: ServerMessage) => void): () => void
  /** Everything that came so far is on the screen: the server sends no faster than that. */
  seen(): void
  /** Called after a connection that could not be resumed and after each gap: what was read before may be old. */
  onResync(listener: () => void): () => void
  onState(listener: () => void): () => void
  state(): LinkState
  /** When the last frame came, ms by `clock`; undefined before the first. */
  lastFrameAt(): number | undefined
}

/** Frames are trusted to be ours; a frame of another shape is ignored. */
function read(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const message: unknown = JSON.parse(data)
    const fits =
      typeof message === 'object' &&
      message !== null &&
      'type' in message &&
      'seq' in message &&
      typeof message.seq === 'number'
    return fits ? (message as ServerMessage) : undefined
  } catch {
    return undefined
  }
}

const listeners = <A extends unknown[]>() => {
  const all = new Set<(...args: A) => void>()
  return {
    add(listener: (...args: A) => void): () => void {
      all.add(listener)
      return () => all.delete(listener)
    },
    tell(...args: A): void {
      for (const listener of [...all]) listener(...args)
    },
  }
}

export function createStreamClient({ open, clock, random, probe, silenceMs = 15_000 }: StreamDeps): StreamClient {
  const messages = listeners<[ServerMessage]>()
  const resyncs = listeners<[]>()
  const states = listeners<[]>()
  const counts = new Map<string, number>()
  const delays = () => backoff({ first: 500, factor: 1.8, most: 10_000, jitter: 0.4, random })

  let state: LinkState = 'connecting'
  let socket: Socket | undefined
  let ready = false
  let running: AbortController | undefined
  let waits = delays()
  let lastSeq: number | undefined
  let lastFrameAt: number | undefined
  /** The run of the server, and its newest event that came. */
  let run: string | undefined
  let lastEvent = 0
  let stopWatch = () => {}

  const become = (next: LinkState) => {
    if (state === next) return
    state = next
    states.tell()
  }
  const send = (message: ClientMessage) => {
    if (ready) socket?.send(JSON.stringify(message))
  }
  const sendTags = (type: 'subscribe' | 'unsubscribe', tags: readonly string[]) => {
    for (let at = 0; at < tags.length; at += MOST_TAGS) send({ type, tags: tags.slice(at, at + MOST_TAGS) })
  }
  const subscribeAll = () => sendTags('subscribe', [...counts.keys()])

  const greeted = (message: ServerMessage & { type: 'hello' }) => {
    const known = run !== undefined && message.stream === run
    if (known) send({ type: 'resume', stream: message.stream ?? '', event: lastEvent })
    else lastEvent = message.event ?? 0
    run = message.stream
    subscribeAll()
    if (!known) resyncs.tell()
  }

  const receive = (message: ServerMessage) => {
    lastFrameAt = clock.now()
    const gap = lastSeq !== undefined && message.seq !== lastSeq + 1
    lastSeq = message.seq
    if ('event' in message && message.event !== undefined && message.type !== 'hello') lastEvent = message.event
    if (message.type === 'hello') {
      waits = delays()
      become('live')
      messages.tell(message)
      greeted(message)
      return
    }
    messages.tell(message)
    const lost = message.type === 'resumed' && message.missed === null
    if (gap) subscribeAll()
    if (gap || lost) resyncs.tell()
  }

  const connect = () => {
    const signal = running?.signal
    if (signal === undefined || signal.aborted) return
    const mine = open()
    socket = mine
    ready = false
    lastSeq = undefined
    mine.onopen = () => {
      if (socket === mine) ready = true
    }
    mine.onmessage = event => {
      const message = socket === mine ? read(event.data) : undefined
      if (message !== undefined) receive(message)
    }
    mine.onclose = () => {
      if (socket !== mine) return
      socket = undefined
      ready = false
      if (signal.aborted) return
      become('stale')
      void clock.sleep(waits.next().value, signal).then(connect)
    }
  }

  /** A half-open connection never closes by itself: after a silence the server is asked by HTTP. */
  const watch = async () => {
    const mine = socket
    if (mine === undefined || lastFrameAt === undefined || clock.now() - lastFrameAt < silenceMs) return
    // A server that hangs takes the request and never answers it: that is no answer.
    const answered = await Promise.race([probe(), clock.sleep(silenceMs / 3).then(() => false)])
    if (answered || socket !== mine) return
    mine.close()
    mine.onclose?.()
  }

  return {
    start() {
      if (running !== undefined) return
      running = new AbortController()
      stopWatch = clock.every(silenceMs / 3, () => void watch())
      connect()
    },
    stop() {
      running?.abort()
      running = undefined
      stopWatch()
      const mine = socket
      socket = undefined
      ready = false
      mine?.close()
      become('connecting')
    },
    subscribe(tags) {
      const added = tags.filter(tag => !counts.has(tag))
      for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
      sendTags('subscribe', added)
      let left = false
      return () => {
        if (left) return
        left = true
        const gone: string[] = []
        for (const tag of tags) {
          const count = (counts.get(tag) ?? 1) - 1
          if (count > 0) counts.set(tag, count)
          else {
            counts.delete(tag)
            gone.push(tag)
          }
        }
        sendTags('unsubscribe', gone)
      }
    },
    onMessage: messages.add,
    seen() {
      if (lastSeq !== undefined) send({ type: 'seen', seq: lastSeq })
    },
    onResync: resyncs.add,
    onState: states.add,
    state: () => state,
    lastFrameAt: () => lastFrameAt,
  }
}
