import { luby } from './luby.ts'
import { createOrder } from './order.ts'
import type { Lit, Outcome, Solver } from './types.ts'

export type { Lit, Outcome, Solver } from './types.ts'

const HEAD = 2
const NONE = -1

/**
 * A conflict-driven clause-learning solver (Marques-Silva and Sakallah 1996; watched literals and activity after Moskewicz
 * et al. 2001; learnt clauses judged by their levels after Audemard and Simon 2009). Incremental: clauses may be added
 * between calls, and assumptions hold for one call.
 */
export function createSolver(): Solver {
  let arena = new Int32Array(1 << 14)
  let used = 0
  let count = 0
  let vals = new Int8Array(128)
  let level = new Int32Array(64)
  let reason = new Int32Array(64)
  let phase = new Int8Array(64)
  let seen = new Int8Array(64)
  let model = new Int8Array(64)
  const watches: number[][] = []
  const trail: number[] = []
  const marks: number[] = []
  let head = 0
  let consistent = true
  let clauses: number[] = []
  let learnts: number[] = []
  let conflicts = 0
  let limit = 4000
  let final: Lit[] = []
  const order = createOrder()
  const levelSeen: number[] = []
  let stamp = 0

  function newVar(): number {
    const v = count
    count += 1
    if (count > level.length) {
      const size = level.length * 2
      vals = grown(vals, new Int8Array(size * 2))
      level = grown(level, new Int32Array(size))
      reason = grown(reason, new Int32Array(size))
      phase = grown(phase, new Int8Array(size))
      seen = grown(seen, new Int8Array(size))
      model = grown(model, new Int8Array(size))
    }
    watches.push([], [])
    levelSeen.push(0)
    phase[v] = 1
    reason[v] = NONE
    order.grow(count)
    order.insert(v)
    return v
  }

  function allocate(literals: readonly Lit[], lbd: number): number {
    const need = used + HEAD + literals.length
    if (need > arena.length) arena = grown(arena, new Int32Array(Math.max(need, arena.length * 2)))
    const at = used
    arena[at] = literals.length
    arena[at + 1] = lbd
    for (let i = 0; i < literals.length; i += 1) arena[at + HEAD + i] = literals[i]!
    used = need
    return at
  }

  function watch(at: number): void {
    const a = arena[at + HEAD]!
    const b = arena[at + HEAD + 1]!
    watches[a ^ 1]!.push(at, b)
    watches[b ^ 1]!.push(at, a)
  }

  function assign(literal: Lit, because: number): void {
    vals[literal] = 1
    vals[literal ^ 1] = -1
    const v = literal >> 1
    level[v] = marks.length
    reason[v] = because
    trail.push(literal)
  }

  function propagate(): number {
    while (head < trail.length) {
      const p = trail[head]!
      head += 1
      const falsified = p ^ 1
      const list = watches[p]!
      const n = list.length
      let i = 0
      let j = 0
      next: while (i < n) {
        const at = list[i]!
        const blocker = list[i + 1]!
        i += 2
        if (vals[blocker] === 1) {
          list[j] = at
          list[j + 1] = blocker
          j += 2
          continue
        }
        const base = at + HEAD
        if (arena[base] === falsified) {
          arena[base] = arena[base + 1]!
          arena[base + 1] = falsified
        }
        const first = arena[base]!
        if (first !== blocker && vals[first] === 1) {
          list[j] = at
          list[j + 1] = first
          j += 2
          continue
        }
        const end = base + arena[at]!
        for (let k = base + 2; k < end; k += 1) {
          const literal = arena[k]!
          if (vals[literal] !== -1) {
            arena[base + 1] = literal
            arena[k] = falsified
            watches[literal ^ 1]!.push(at, first)
            continue next
          }
        }
        list[j] = at
        list[j + 1] = first
        j += 2
        if (vals[first] === -1) {
          while (i < n) {
            list[j] = list[i]!
            j += 1
            i += 1
          }
          list.length = j
          head = trail.length
          return at
        }
        assign(first, at)
      }
      list.length = j
    }
    return NONE
  }

  function backtrack(to: number): void {
    if (marks.length <= to) return
    const from = marks[to]!
    for (let i = trail.length - 1; i >= from; i -= 1) {
      const literal = trail[i]!
      const v = literal >> 1
      vals[literal] = 0
      vals[literal ^ 1] = 0
      phase[v] = literal & 1
      reason[v] = NONE
      order.insert(v)
    }
    trail.length = from
    marks.length = to
    head = from
  }

  function addClause(literals: readonly Lit[]): void {
    if (!consistent) return
    backtrack(0)
    const kept: Lit[] = []
    for (const literal of literals) {
      if (vals[literal] === 1 || kept.includes(literal ^ 1)) return
      if (vals[literal] === 0 && !kept.includes(literal)) kept.push(literal)
    }
    if (kept.length === 0) consistent = false
    else if (kept.length === 1) {
      assign(kept[0]!, NONE)
      if (propagate() !== NONE) consistent = false
    } else {
      const at = allocate(kept, 0)
      clauses.push(at)
      watch(at)
    }
  }

  /** First unique implication point; the learnt clause's first literal is asserted, its second has the level to go to. */
  function analyse(conflict: number): Lit[] {
    const learnt: Lit[] = [0]
    let open = 0
    let at = conflict
    let index = trail.length - 1
    let p = NONE
    do {
      const size = arena[at]!
      for (let k = p === NONE ? 0 : 1; k < size; k += 1) {
        const q = arena[at + HEAD + k]!
        const v = q >> 1
        if (seen[v] !== 0 || level[v] === 0) continue
        seen[v] = 1
        order.bump(v)
        if (level[v]! >= marks.length) open += 1
        else learnt.push(q)
      }
      while (seen[trail[index]! >> 1] === 0) index -= 1
      p = trail[index]!
      index -= 1
      at = reason[p >> 1]!
      seen[p >> 1] = 0
      open -= 1
    } while (open > 0)
    learnt[0] = p ^ 1
    const marked = learnt.slice()
    const kept = learnt.filter((literal, i) => i === 0 || !redundant(literal, marked))
    for (const literal of marked) seen[literal >> 1] = 0
    if (kept.length > 1) {
      let best = 1
      for (let i = 2; i < kept.length; i += 1) if (level[kept[i]! >> 1]! > level[kept[best]! >> 1]!) best = i
      const swap = kept[1]!
      kept[1] = kept[best]!
      kept[best] = swap
    }
    return kept
  }

  /** Whether a literal follows from the others of the clause. */
  function redundant(literal: Lit, marked: Lit[]): boolean {
    if (reason[literal >> 1] === NONE) return false
    const stack = [literal]
    const before = marked.length
    while (stack.length > 0) {
      const at = reason[stack.pop()! >> 1]!
      const size = arena[at]!
      for (let k = 1; k < size; k += 1) {
        const q = arena[at + HEAD + k]!
        const v = q >> 1
        if (seen[v] !== 0 || level[v] === 0) continue
        if (reason[v] === NONE) {
          for (let i = before; i < marked.length; i += 1) seen[marked[i]! >> 1] = 0
          marked.length = before
          return false
        }
        seen[v] = 1
        marked.push(q)
        stack.push(q)
      }
    }
    return true
  }

  function analyseFinal(literal: Lit): void {
    final = [literal ^ 1]
    if (marks.length === 0) return
    seen[literal >> 1] = 1
    for (let i = trail.length - 1; i >= marks[0]!; i -= 1) {
      const v = trail[i]! >> 1
      if (seen[v] === 0) continue
      seen[v] = 0
      if (reason[v] === NONE) {
        if (level[v]! > 0) final.push(trail[i]!)
      } else {
        const at = reason[v]!
        for (let k = 1; k < arena[at]!; k += 1) {
          const q = arena[at + HEAD + k]! >> 1
          if (level[q]! > 0) seen[q] = 1
        }
      }
    }
    seen[literal >> 1] = 0
  }

  function levelsOf(literals: readonly Lit[]): number {
    stamp += 1
    let found = 0
    for (const literal of literals) {
      const l = level[literal >> 1]!
      if (levelSeen[l] !== stamp) {
        levelSeen[l] = stamp
        found += 1
      }
    }
    return found
  }

  /** Drops the worse half of the learnt clauses and moves the others together. */
  function reduce(): void {
    const locked = (at: number) => reason[arena[at + HEAD]! >> 1] === at && vals[arena[at + HEAD]!] === 1
    const sorted = learnts.slice().sort((a, b) => arena[a + 1]! - arena[b + 1]! || b - a)
    const keep = new Set<number>()
    sorted.forEach((at, i) => {
      if (i < sorted.length / 2 || arena[at + 1]! <= 2 || locked(at)) keep.add(at)
    })
    const old = arena
    const moved = new Map<number, number>()
    arena = new Int32Array(Math.max(old.length, 1 << 14))
    used = 0
    const move = (at: number) => {
      const size = HEAD + old[at]!
      arena.set(old.subarray(at, at + size), used)
      moved.set(at, used)
      used += size
      return used - size
    }
    clauses = clauses.map(move)
    learnts = learnts.filter(at => keep.has(at)).map(move)
    for (const literal of trail) {
      const v = literal >> 1
      if (reason[v] !== NONE) reason[v] = moved.get(reason[v]!)!
    }
    for (const list of watches) list.length = 0
    for (const at of clauses) watch(at)
    for (const at of learnts) watch(at)
  }

  function solve(assumptions: readonly Lit[], stop: () => boolean): Outcome {
    final = []
    if (!consistent) return 'unsat'
    backtrack(0)
    let round = 0
    for (;;) {
      round += 1
      const found = search(assumptions, 100 * luby(round), stop)
      if (found !== undefined) {
        if (found === 'sat') for (let v = 0; v < count; v += 1) model[v] = vals[2 * v]!
        backtrack(0)
        return found
      }
    }
  }

  function search(assumptions: readonly Lit[], turns: number, stop: () => boolean): Outcome | undefined {
    let turn = 0
    let steps = 0
    for (;;) {
      const conflict = propagate()
      if (conflict !== NONE) {
        conflicts += 1
        turn += 1
        if (marks.length === 0) {
          consistent = false
          return 'unsat'
        }
        const learnt = analyse(conflict)
        const lbd = levelsOf(learnt)
        backtrack(learnt.length === 1 ? 0 : level[learnt[1]! >> 1]!)
        if (learnt.length === 1) assign(learnt[0]!, NONE)
        else {
          const at = allocate(learnt, lbd)
          learnts.push(at)
          watch(at)
          assign(learnt[0]!, at)
        }
        order.decay()
        if ((conflicts & 63) === 0 && stop()) return 'unknown'
        continue
      }
      if (turn >= turns) {
        backtrack(0)
        return undefined
      }
      if (learnts.length > limit + trail.length) {
        reduce()
        limit *= 1.1
      }
      steps += 1
      if ((steps & 1023) === 0 && stop()) return 'unknown'
      let next = NONE
      while (marks.length < assumptions.length) {
        const p = assumptions[marks.length]!
        if (vals[p] === 1) marks.push(trail.length)
        else if (vals[p] === -1) {
          analyseFinal(p ^ 1)
          return 'unsat'
        } else {
          next = p
          break
        }
      }
      while (next === NONE) {
        const v = order.pop()
        if (v < 0) return 'sat'
        if (vals[2 * v] === 0) next = 2 * v + phase[v]!
      }
      marks.push(trail.length)
      assign(next, NONE)
    }
  }

  return {
    newVar,
    addClause,
    solve,
    value: literal => (model[literal >> 1]! === 1) === ((literal & 1) === 0),
    failed: () => final,
    variables: () => count,
  }
}

function grown<T extends Int8Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
