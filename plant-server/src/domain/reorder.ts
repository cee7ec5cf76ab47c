/**
 * The reorder window of a Sparkplug host (3.0.0 section 5.12): messages of one node in the order of their `seq`. What comes
 * ahead of its turn is held until the missing ones are here, or until the reorder timeout has passed.
 */

export interface ReorderWindow<M> {
  /** The number whose turn it is; undefined: no birth has said where to begin. */
  expected: number | undefined
  /** Ahead of their turn, by number. */
  readonly held: Map<number, M>
  /** When the first of them came, ms. */
  heldSince: number | undefined
}

export interface Released<M> {
  /** To be dealt with now, in order. */
  readonly ready: readonly M[]
  /** Numbers before one of them are missing for good. */
  readonly gap: boolean
}

/** With more than this ahead, a number could be of this round of 256 or of the next. */
const MOST_HELD = 200

export const newWindow = <M>(): ReorderWindow<M> => ({ expected: undefined, held: new Map(), heldSince: undefined })

/** A birth of the node: the count begins anew behind `seq`. What was held belongs to the session before. */
export function restart<M>(window: ReorderWindow<M>, seq: number | undefined): Released<M> {
  const released = release(window)
  window.expected = seq === undefined ? undefined : (seq + 1) % 256
  return released
}

/** `timeoutMs` 0: nothing is held. */
export function arrive<M>(
  window: ReorderWindow<M>,
  seq: number | undefined,
  message: M,
  now: number,
  timeoutMs: number,
): Released<M> {
  if (seq === window.expected && seq !== undefined && window.held.size === 0) {
    window.expected = (seq + 1) % 256
    return { ready: [message], gap: false }
  }
  // Without a birth, or without a number, there is no order to wait for.
  if (window.expected === undefined || seq === undefined || timeoutMs === 0) {
    if (seq !== undefined) window.expected = (seq + 1) % 256
    return { ready: [message], gap: true }
  }
  // A number that is held already: this one is of another round, or came twice.
  const again = window.held.has(seq)
  const before = again ? release(window) : undefined
  window.held.set(seq, message)
  window.heldSince ??= now
  const ready = [...(before?.ready ?? []), ...inTurn(window)]
  if (window.held.size > MOST_HELD) {
    const rest = release(window)
    return { ready: [...ready, ...rest.ready], gap: true }
  }
  return { ready, gap: before?.gap ?? false }
}

/** tck-id-operational-behavior-host-reordering-rebirth: the window is over, what is missing will not come. */
export function expire<M>(window: ReorderWindow<M>, now: number, timeoutMs: number): Released<M> {
  if (window.heldSince === undefined || now - window.heldSince < timeoutMs) return { ready: [], gap: false }
  return release(window)
}

/** What the missing one has let free; the timer ends when nothing is held any more. */
function inTurn<M>(window: ReorderWindow<M>): M[] {
  const ready: M[] = []
  while (window.expected !== undefined && window.held.has(window.expected)) {
    ready.push(window.held.get(window.expected) as M)
    window.held.delete(window.expected)
    window.expected = (window.expected + 1) % 256
  }
  if (window.held.size === 0) window.heldSince = undefined
  return ready
}

/** Everything held, by distance from the number whose turn it was. */
function release<M>(window: ReorderWindow<M>): Released<M> {
  const from = window.expected ?? 0
  const distance = (seq: number) => (seq - from + 256) % 256
  const held = [...window.held].sort(([a], [b]) => distance(a) - distance(b))
  window.held.clear()
  window.heldSince = undefined
  const last = held.at(-1)
  if (last !== undefined) window.expected = (last[0] + 1) % 256
  return { ready: held.map(([, message]) => message), gap: held.length > 0 }
}
