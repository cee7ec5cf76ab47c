import type { FlatProblem } from './flat.ts'

/**
 * The decisions of a plan: which machine does each operation, and in which order each machine works. Beside them a
 * topological order of all operations, repaired after each move only between the places that the move touches.
 */
export interface Sequences {
  readonly machineOf: Int32Array
  /** Duration on the machine chosen; 0 for the dummy. */
  readonly duration: Int32Array
  /** Predecessor and successor on the machine, `n` where there is none. */
  readonly previous: Int32Array
  readonly next: Int32Array
  readonly first: Int32Array
  readonly last: Int32Array
  readonly order: Int32Array
  readonly place: Int32Array
  /** Takes over a linear order that keeps each job's order; machines work in that order. */
  load(order: ArrayLike<number>, machineOf: ArrayLike<number>): void
  /**
   * Puts v on machine m right after `left` (`n`: first). False, with nothing changed, where that would close a cycle.
   * Afterwards `touched` bounds the places in `order` whose operations saw a predecessor or
   * successor change.
   */
  move(v: number, m: number, duration: number, left: number): boolean
  readonly touched: { from: number; to: number }
}

export function createSequences(flat: FlatProblem): Sequences {
  const { n, before, after } = flat
  const machineOf = new Int32Array(n + 1)
  const duration = new Int32Array(n + 1)
  const previous = new Int32Array(n + 1).fill(n)
  const next = new Int32Array(n + 1).fill(n)
  const first = new Int32Array(flat.machines).fill(n)
  const last = new Int32Array(flat.machines).fill(n)
  const order = new Int32Array(n)
  const place = new Int32Array(n + 1)
  const shifted = new Uint8Array(n + 1)
  const buffer = new Int32Array(n)
  const touched = { from: 0, to: n - 1 }

  function durationOn(v: number, m: number): number {
    for (let c = flat.choiceFrom[v]!; c < flat.choiceFrom[v + 1]!; c += 1) {
      if (flat.choiceMachine[c] === m) return flat.choiceDuration[c]!
    }
    // Only a frozen operation stands where it could not be planned, and its times are facts.
    return 0
  }

  function load(newOrder: ArrayLike<number>, machines: ArrayLike<number>): void {
    first.fill(n)
    last.fill(n)
    for (let i = 0; i < n; i += 1) {
      const v = newOrder[i]!
      const m = machines[v]!
      order[i] = v
      place[v] = i
      machineOf[v] = m
      duration[v] = durationOn(v, m)
      const left = last[m]!
      previous[v] = left
      next[v] = n
      if (left === n) first[m] = v
      else next[left] = v
      last[m] = v
    }
    touched.from = 0
    touched.to = n - 1
  }

  function unlink(v: number): void {
    const m = machineOf[v]!
    const left = previous[v]!
    const right = next[v]!
    if (left === n) first[m] = right
    else next[left] = right
    if (right === n) last[m] = left
    else previous[right] = left
  }

  function link(v: number, m: number, left: number): void {
    const right = left === n ? first[m]! : next[left]!
    machineOf[v] = m
    previous[v] = left
    next[v] = right
    if (left === n) first[m] = v
    else next[left] = v
    if (right === n) last[m] = v
    else previous[right] = v
  }

  /** Lets v, and whatever must follow it, come after place `to`. False where `limit` itself would have to follow. */
  function delay(v: number, to: number, limit: number): boolean {
    const from = place[v]!
    let kept = from
    let count = 0
    buffer[count++] = v
    shifted[v] = 1
    let cyclic = false
    for (let i = from + 1; i <= to; i += 1) {
      const x = order[i]!
      if (shifted[before[x]!] === 1 || shifted[previous[x]!] === 1) {
        if (x === limit) {
          cyclic = true
          break
        }
        shifted[x] = 1
        buffer[count++] = x
      }
    }
    if (!cyclic) {
      for (let i = from; i <= to; i += 1) {
        const x = order[i]!
        if (shifted[x] === 0) {
          order[kept] = x
          place[x] = kept
          kept += 1
        }
      }
      for (let i = 0; i < count; i += 1) {
        order[kept] = buffer[i]!
        place[buffer[i]!] = kept
        kept += 1
      }
    }
    for (let i = 0; i < count; i += 1) shifted[buffer[i]!] = 0
    return !cyclic
  }

  /** Lets v, and whatever must come before it, come before place `to`. False where `limit` itself would have to. */
  function advance(v: number, to: number, limit: number): boolean {
    const from = place[v]!
    let kept = from
    let count = 0
    buffer[count++] = v
    shifted[v] = 1
    let cyclic = false
    for (let i = from - 1; i >= to; i -= 1) {
      const x = order[i]!
      if (shifted[after[x]!] === 1 || shifted[next[x]!] === 1) {
        if (x === limit) {
          cyclic = true
          break
        }
        shifted[x] = 1
        buffer[count++] = x
      }
    }
    if (!cyclic) {
      for (let i = from; i >= to; i -= 1) {
        const x = order[i]!
        if (shifted[x] === 0) {
          order[kept] = x
          place[x] = kept
          kept -= 1
        }
      }
      for (let i = 0; i < count; i += 1) {
        order[kept] = buffer[i]!
        place[buffer[i]!] = kept
        kept -= 1
      }
    }
    for (let i = 0; i < count; i += 1) shifted[buffer[i]!] = 0
    return !cyclic
  }

  function move(v: number, m: number, newDuration: number, left: number): boolean {
    const oldMachine = machineOf[v]!
    const oldLeft = previous[v]!
    const oldRight = next[v]!
    const from = place[v]!
    unlink(v)
    link(v, m, left)
    const right = next[v]!
    let low = from
    let high = from
    let done = true
    if (left !== n && place[left]! > from) {
      high = place[left]!
      done = delay(v, high, left)
    } else if (right !== n && place[right]! < from) {
      low = place[right]!
      done = advance(v, low, right)
    }
    if (!done) {
      unlink(v)
      link(v, oldMachine, oldLeft)
      return false
    }
    duration[v] = newDuration
    if (right !== n && place[right]! < low) low = place[right]!
    if (oldRight !== n && place[oldRight]! < low) low = place[oldRight]!
    if (left !== n && place[left]! > high) high = place[left]!
    if (oldLeft !== n && place[oldLeft]! > high) high = place[oldLeft]!
    touched.from = low
    touched.to = high
    return true
  }

  return { machineOf, duration, previous, next, first, last, order, place, load, move, touched }
}
