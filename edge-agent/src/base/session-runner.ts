/** Drives a session machine: one connection at a time, opened, watched, closed and opened again. */
import type { Clock } from '@millwright/contract'
import {
  backoffMs,
  DISCONNECTED,
  refusedBackoffMs,
  type Session,
  type SessionInput,
  sessionStep,
} from '../domain/session-machine.ts'

/** An open connection. */
export interface Link {
  /** Closes for good; never rejects. */
  close(): Promise<void>
}

/** For `open` to reject with where the other side answered and said no: it is then left alone for longer. */
export function refusal(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { refused: true })
}
const isRefusal = (error: unknown): boolean => (error as { refused?: unknown } | null)?.refused === true

export interface SessionRunnerDeps<L extends Link> {
  /** Opens a connection and calls `lost` once if it breaks later. Rejects when it cannot. */
  readonly open: (lost: (detail: string) => void, signal: AbortSignal) => Promise<L>
  readonly online: (link: L) => void
  readonly offline: (detail: string) => void
  /** A failed attempt, for the log. */
  readonly failed?: (detail: string, attempt: number) => void
  readonly clock: Clock
  readonly random: () => number
}

export interface SessionRunner<L extends Link> {
  start(): void
  stop(): Promise<void>
  /** The open connection, while online. */
  link(): L | undefined
  /** Gives the present connection up and opens another. */
  reset(detail: string): void
  /** Tries at once where it waits: what stood in the way is gone. */
  wake(): void
}

/** Between two attempts at least, ms. */
const LEAST_WAIT_MS = 100

export function createSessionRunner<L extends Link>(deps: SessionRunnerDeps<L>): SessionRunner<L> {
  let session: Session = DISCONNECTED
  let link: L | undefined
  let detail = ''
  let aborter = new AbortController()
  let waker = new AbortController()
  let running: Promise<unknown> = Promise.resolve()
  // Connections count up: what an old one still says is ignored.
  let era = 0
  // When the attempt that failed began: a try that took long to fail is not waited for again.
  let attempted: number | undefined

  const take = (input: SessionInput) => {
    const { next, effects } = sessionStep(session, input)
    session = next
    for (const effect of effects) {
      switch (effect) {
        case 'connect':
          running = connect()
          break
        case 'wait':
          running = Promise.all([running, wait(next)])
          break
        case 'announce_online':
          if (link) deps.online(link)
          break
        case 'announce_offline':
          deps.offline(detail)
          break
        case 'close':
          close()
          break
      }
    }
  }

  const close = () => {
    era += 1
    const old = link
    link = undefined
    if (old) running = Promise.all([running, old.close()])
  }

  const wait = async (next: Session) => {
    if (next.state !== 'waiting') return
    const { signal } = aborter
    waker = new AbortController()
    const full =
      next.refusals > 0 ? refusedBackoffMs(next.refusals, deps.random()) : backoffMs(next.attempt, deps.random())
    const gone = attempted === undefined || next.refusals > 0 ? 0 : deps.clock.now() - attempted
    await deps.clock.sleep(Math.max(LEAST_WAIT_MS, full - gone), AbortSignal.any([signal, waker.signal]))
    if (!signal.aborted) take({ kind: 'waited' })
  }

  const connect = async () => {
    era += 1
    const mine = era
    const { signal } = aborter
    const attempt = session.state === 'connecting' ? session.attempt : 1
    attempted = deps.clock.now()
    const lost = (why: string) => {
      if (mine !== era) return
      detail = why
      take({ kind: 'lost' })
    }
    try {
      const opened = await deps.open(lost, signal)
      if (mine !== era || signal.aborted) return void (await opened.close())
      link = opened
      attempted = undefined
      take({ kind: 'connected' })
    } catch (error) {
      if (mine !== era) return
      detail = error instanceof Error ? error.message : String(error)
      deps.failed?.(detail, attempt)
      take({ kind: 'failed', refused: isRefusal(error) })
    }
  }

  return {
    start: () => take({ kind: 'start' }),
    async stop() {
      detail = 'stopped'
      aborter.abort()
      take({ kind: 'stop' })
      await running.catch(() => {})
      aborter = new AbortController()
    },
    link: () => link,
    reset(why) {
      detail = why
      take({ kind: 'lost' })
    },
    wake: () => waker.abort(),
  }
}
