/** A promise with a bound: what a dead wire would leave open for ever fails after `ms`. */
import type { Clock } from '@millwright/contract'

export async function within<T>(clock: Clock, ms: number, what: string, promise: Promise<T>): Promise<T> {
  const done = new AbortController()
  const late = clock.sleep(ms, done.signal).then(() => {
    if (!done.signal.aborted) throw new Error(`${what}: timed out after ${ms} ms`)
    return undefined as never
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    done.abort()
    late.catch(() => {})
  }
}
