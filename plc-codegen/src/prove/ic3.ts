import { createEncoder } from './cnf.ts'
import { AND, type Bit, FALSE, LEAF, TRUE, XOR } from './gates.ts'
import type { Model } from './model.ts'
import { createSolver, type Lit } from './sat/solver.ts'

/** State bits with their values, as literals of the states' numbers: 2i for true, 2i + 1 for false. */
type Cube = readonly number[]

export type Ic3Outcome =
  | { readonly result: 'proved' | 'unknown' }
  | { readonly result: 'violated'; readonly depth: number }

interface Obligation {
  readonly cube: Cube
  readonly level: number
  /** Scans from here to the bad one. */
  readonly distance: number
}

/** Property-directed reachability (Bradley 2011; Eén, Mishchenko, Brayton 2011) over the bits that matter to `bad`. */
export function ic3(model: Model, bad: Bit, stop: () => boolean): Ic3Outcome {
  const { gates } = model
  const wrong = gates.or(bad, model.overrun)
  if (wrong === FALSE) return { result: 'proved' }
  const relevant = coneOf(model, wrong)
  const solver = createSolver()
  const encoder = createEncoder(gates, solver)
  if (model.allowed !== TRUE) solver.addClause([encoder.literal(model.allowed)])
  const wrongLiteral = encoder.literal(wrong)
  const now = new Map<number, Lit>()
  const next = new Map<number, Lit>()
  for (const i of relevant) {
    now.set(i, encoder.literal(model.states[i]!.now))
    next.set(i, encoder.literal(model.states[i]!.next))
  }
  const leaves = freeLeaves(model)
  const nowOf = (c: number) => now.get(c >> 1)! ^ (c & 1)
  const nextOf = (c: number) => next.get(c >> 1)! ^ (c & 1)
  const levels: { active: Lit; cubes: Cube[] }[] = []
  const addLevel = () => {
    levels.push({ active: 2 * solver.newVar(), cubes: [] })
  }
  addLevel()
  // Level 0 is the start.
  for (const i of relevant) {
    const { start } = model.states[i]!
    if (start !== undefined) solver.addClause([levels[0]!.active ^ 1, now.get(i)! ^ (start ? 0 : 1)])
  }
  const startsIn = (cube: Cube) =>
    cube.every(c => {
      const { start } = model.states[c >> 1]!
      return start === undefined || start === ((c & 1) === 0)
    })
  const assumptionsFrom = (level: number) => levels.slice(level).map(each => each.active)
  const stateOf = (): Cube => relevant.map(i => 2 * i + (solver.value(now.get(i)!) ? 0 : 1))
  const UNKNOWN = { result: 'unknown' } as const

  /** The part of a state that alone, with these inputs, leads where it led. */
  function lift(state: Cube, target: readonly Lit[]): Cube {
    const inputs = leaves.map(leaf => encoder.known(leaf)).filter(each => each !== undefined)
    const held = inputs.map(literal => (solver.value(literal) ? literal : literal ^ 1))
    const t = 2 * solver.newVar()
    solver.addClause([t ^ 1, ...target.map(each => each ^ 1)])
    const states = state.map(nowOf)
    const found = solver.solve([t, ...held, ...states], stop)
    let lifted = state
    if (found === 'unsat') {
      const needed = new Set(solver.failed())
      lifted = state.filter(c => needed.has(nowOf(c)))
    }
    solver.addClause([t ^ 1])
    return lifted
  }

  /** Whether the cube can be entered from level - 1 from outside itself; if not, the part of it that shows so. */
  function entered(cube: Cube, level: number): 'yes' | 'unknown' | Cube {
    const t = 2 * solver.newVar()
    solver.addClause([t ^ 1, ...cube.map(c => nowOf(c) ^ 1)])
    const found = solver.solve([t, ...assumptionsFrom(level - 1), ...cube.map(nextOf)], stop)
    if (found === 'sat') return 'yes'
    const needed = new Set(solver.failed())
    solver.addClause([t ^ 1])
    if (found === 'unknown') return 'unknown'
    return cube.filter(c => needed.has(nextOf(c)))
  }

  /** Adds back what keeps the cube away from the start. */
  function apart(cube: Cube, whole: Cube): Cube {
    if (!startsIn(cube)) return cube
    const extra = whole.find(c => {
      const { start } = model.states[c >> 1]!
      return start !== undefined && start !== ((c & 1) === 0)
    })
    return extra === undefined ? whole : [...cube, extra]
  }

  /**
   * Bits that never leave their start value, found together: all are assumed, and those that a scan can change are dropped
   * until none is (Houdini; Flanagan, Leino 2001). Often the sign of a number.
   */
  function constantBits(): 'unknown' | 'done' {
    let open = relevant.flatMap(i => {
      const { start } = model.states[i]!
      return start === undefined ? [] : [2 * i + (start ? 0 : 1)]
    })
    for (;;) {
      if (open.length === 0) return 'done'
      const t = 2 * solver.newVar()
      const changes = open.map(nextOf)
      solver.addClause([t ^ 1, ...changes.map(each => each ^ 1)])
      const found = solver.solve([t, ...open.map(nowOf)], stop)
      const kept = found === 'sat' ? open.filter(c => solver.value(nextOf(c))) : open
      solver.addClause([t ^ 1])
      if (found === 'unknown') return 'unknown'
      if (found === 'unsat') break
      open = kept
    }
    for (const c of open) solver.addClause([nowOf(c)])
    return 'done'
  }

  /** Leaves literals out while the rest stays out of reach. */
  function generalise(cube: Cube, level: number, depth: number): Cube {
    let best = cube
    for (const c of cube) {
      if (best.length <= 1 || stop()) break
      if (!best.includes(c)) continue
      best =
        down(
          best.filter(each => each !== c),
          level,
          depth,
        ) ?? best
    }
    return best
  }

  /**
   * Shrinks a cube until it is out of reach, or gives up. What leads into it is blocked where it is out of reach itself,
   * else the cube is widened to hold it (Hassan, Bradley, Somenzi 2013).
   */
  function down(cube: Cube, level: number, depth: number): Cube | undefined {
    let tried = cube
    let helped = 0
    for (;;) {
      if (tried.length === 0 || startsIn(tried) || stop()) return undefined
      const found = entered(tried, level)
      if (found === 'unknown') return undefined
      if (found !== 'yes') return apart(found, tried)
      const state = lift(stateOf(), tried.map(nextOf))
      const whole = new Set(state)
      if (depth < 1 && helped < 3 && level > 1 && !startsIn(state)) {
        const before = entered(state, level - 1)
        if (before !== 'yes' && before !== 'unknown') {
          helped += 1
          let up = level - 1
          while (up < levels.length - 1 && Array.isArray(entered(state, up + 1))) up += 1
          block(generalise(apart(before, state), level - 1, depth + 1), Math.min(up, level - 1))
          continue
        }
      }
      const opposite = new Set(state.map(each => each ^ 1))
      const joined = tried.filter(each => !opposite.has(each) && (whole.has(each) || state.length < relevant.length))
      if (joined.length === tried.length) return undefined
      tried = joined
    }
  }

  function block(cube: Cube, level: number): void {
    solver.addClause([levels[level]!.active ^ 1, ...cube.map(c => nowOf(c) ^ 1)])
    levels[level]!.cubes.push(cube)
  }

  // Level 0 first: bad in the very first scan.
  const first = solver.solve([levels[0]!.active, wrongLiteral], stop)
  if (first === 'sat') return { result: 'violated', depth: 1 }
  if (first === 'unknown' || constantBits() === 'unknown') return UNKNOWN
  addLevel()
  for (let k = 1; ; k += 1) {
    for (;;) {
      if (stop()) return UNKNOWN
      const found = solver.solve([...assumptionsFrom(k), wrongLiteral], stop)
      if (found === 'unknown') return UNKNOWN
      if (found === 'unsat') break
      const queue: Obligation[] = [{ cube: lift(stateOf(), [wrongLiteral]), level: k, distance: 1 }]
      while (queue.length > 0) {
        if (stop()) return UNKNOWN
        let at = 0
        for (let i = 1; i < queue.length; i += 1) if (queue[i]!.level < queue[at]!.level) at = i
        const { cube, level, distance } = queue[at]!
        if (startsIn(cube)) return { result: 'violated', depth: distance }
        if (level === 0) {
          queue.splice(at, 1)
          continue
        }
        const answer = entered(cube, level)
        if (answer === 'unknown') return UNKNOWN
        if (answer === 'yes') {
          const state = stateOf()
          const before = lift(state, cube.map(nextOf))
          queue.push({ cube: before, level: level - 1, distance: distance + 1 })
          continue
        }
        queue.splice(at, 1)
        const general = generalise(apart(answer, cube), level, 0)
        let up = level
        while (up < k) {
          const further = entered(general, up + 1)
          if (further === 'yes' || further === 'unknown') break
          up += 1
        }
        block(general, up)
        if (up < k) queue.push({ cube, level: up + 1, distance })
      }
    }
    addLevel()
    // Move clauses outwards; a level that keeps none is an invariant.
    for (let i = 1; i <= k; i += 1) {
      const level = levels[i]!
      const stay: Cube[] = []
      for (const cube of level.cubes) {
        if (stop()) return UNKNOWN
        const found = solver.solve([...assumptionsFrom(i), ...cube.map(nextOf)], stop)
        if (found === 'unsat') block(cube, i + 1)
        else stay.push(cube)
      }
      level.cubes = stay
      if (stay.length === 0) return { result: 'proved' }
    }
  }
}

/** Numbers of the state bits that a bit depends on over time. */
export function coneOf(model: Model, bit: Bit): number[] {
  const { gates } = model
  const index = new Map(model.states.map((each, i) => [each.now >> 1, i]))
  const seen = new Set<number>()
  const found = new Set<number>()
  const stack = [bit >> 1]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen.has(node) || node === 0) continue
    seen.add(node)
    const kind = gates.kind(node)
    if (kind === LEAF) {
      const i = index.get(node)
      if (i !== undefined && !found.has(i)) {
        found.add(i)
        stack.push(model.states[i]!.next >> 1)
      }
      continue
    }
    for (let n = 0; n < (kind === AND || kind === XOR ? 2 : 3); n += 1) stack.push(gates.operand(node, n as 0) >> 1)
  }
  return [...found].sort((a, b) => a - b)
}

/** Leaves that are no state: inputs and what is not known. */
function freeLeaves(model: Model): Bit[] {
  const states = new Set(model.states.map(each => each.now >> 1))
  const found: Bit[] = []
  for (let node = 1; node < model.size; node += 1)
    if (model.gates.kind(node) === LEAF && !states.has(node)) found.push(node * 2)
  return found
}
