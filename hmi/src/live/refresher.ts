/** Reads rows again, at most once per period each, however many messages ask for it. */
import type { Clock, RouteName } from '@millwright/contract'

export interface Refresher {
  ask(rows: readonly RouteName[]): void
  stop(): void
}

export function createRefresher(clock: Clock, invalidate: (row: RouteName) => void, everyMs = 1000): Refresher {
  const waiting = new Set<RouteName>()
  const stop = clock.every(everyMs, () => {
    const rows = [...waiting]
    waiting.clear()
    for (const row of rows) invalidate(row)
  })
  return {
    ask: rows => {
      for (const row of rows) waiting.add(row)
    },
    stop,
  }
}
