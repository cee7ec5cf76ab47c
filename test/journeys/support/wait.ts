/** Waiting for a condition, never for a time. */
import { setTimeout as pause } from 'node:timers/promises'

/** Asks again and again until the answer is not undefined or false; the last error is told when time runs out. */
export async function waitFor<T>(
  what: string,
  limitMs: number,
  ask: () => T | Promise<T>,
  everyMs = 250,
): Promise<NonNullable<T>> {
  const end = performance.now() + limitMs
  let last: unknown
  while (performance.now() < end) {
    const answer = await ask()
    if (answer !== undefined && answer !== false && answer !== null) return answer as NonNullable<T>
    last = answer
    await pause(everyMs)
  }
  throw new Error(`waited ${limitMs / 1000} s for ${what}; last answer ${JSON.stringify(last)}`)
}
