/** Time as an argument. Only `systemClock` reads the machine's clock. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `tick` every `ms` until the returned stop function is called. Does not keep a process alive. */
  every(ms: number, tick: () => void): () => void
}

type Handle = { unref?: () => void }
declare const setTimeout: (run: () => void, ms: number) => Handle
declare const clearTimeout: (handle: Handle) => void
declare const setInterval: (run: () => void, ms: number) => Handle
declare const clearInterval: (handle: Handle) => void

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (signal?.aborted) return resolve()
      const done = () => {
        clearTimeout(handle)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const handle = setTimeout(done, ms)
      signal?.addEventListener('abort', done)
    }),
  every: (ms, tick) => {
    const handle = setInterval(tick, ms)
    handle.unref?.()
    return () => clearInterval(handle)
  },
}

export interface ManualClock extends Clock {
  /** Moves time on by `ms`, waking sleepers and tickers in order, and lets their promises settle. */
  advance(ms: number): Promise<void>
}

/** A clock for tests: stands still until advanced. */
export function manualClock(start = 1_764_000_000_000): ManualClock {
  let now = start
  const waiting: { at: number; run: () => void; every?: number; stopped?: boolean }[] = []
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve()
  }
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise(resolve => {
        if (signal?.aborted) return resolve()
        waiting.push({ at: now + ms, run: resolve })
        signal?.addEventListener('abort', () => resolve())
      }),
    every: (ms, tick) => {
      const entry: (typeof waiting)[number] = { at: now + ms, run: tick, every: ms }
      waiting.push(entry)
      return () => {
        entry.stopped = true
      }
    },
    async advance(ms) {
      const end = now + ms
      for (;;) {
        const next = waiting.filter(entry => !entry.stopped && entry.at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        now = next.at
        if (next.every === undefined) waiting.splice(waiting.indexOf(next), 1)
        else next.at += next.every
        next.run()
        await settle()
      }
      now = end
      await settle()
    },
  }
}
