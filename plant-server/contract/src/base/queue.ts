/** A bounded queue between a producer that must not wait and one consumer, with a named policy for a full queue. */
export type Overflow = 'drop-oldest' | 'drop-newest'

export interface BoundedQueue<T> {
  /** False when something was dropped to make room, or this item was. */
  push(item: T): boolean
  /** The next items, at most `most`; waits for one; empty once closed and drained. */
  take(most: number): Promise<T[]>
  close(): void
  readonly size: number
  /** How many items the policy dropped so far. */
  readonly dropped: number
}

export function boundedQueue<T>(capacity: number, overflow: Overflow): BoundedQueue<T> {
  const items: T[] = []
  let dropped = 0
  let closed = false
  let wake: (() => void) | undefined
  return {
    push(item) {
      if (closed) return false
      let fitted = true
      if (items.length >= capacity) {
        dropped += 1
        fitted = false
        if (overflow === 'drop-newest') return false
        items.shift()
      }
      items.push(item)
      wake?.()
      return fitted
    },
    async take(most) {
      while (items.length === 0 && !closed) await new Promise<void>(resolve => (wake = resolve))
      wake = undefined
      return items.splice(0, most)
    },
    close() {
      closed = true
      wake?.()
    },
    get size() {
      return items.length
    },
    get dropped() {
      return dropped
    },
  }
}
