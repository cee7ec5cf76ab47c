import { labelValue } from '../../check/statements.ts'
import { core, settle, type Type } from '../../check/types.ts'
import { RESULT } from '../../run/machine.ts'
import type { AssignStatement, CaseStatement, Expression, ForStatement, Statement } from '../../syntax/tree.ts'
import { type Bit, FALSE, TRUE } from '../gates.ts'
import type { Word } from '../words.ts'
import { arithmetic } from './arithmetic.ts'
import { call, writeProperty } from './call.ts'
import { bitOf, value, valueTo } from './expression.ts'
import { type Sym, type SymScope, typeOf, unsupported } from './machine.ts'
import { places, readFrom, writeTo } from './place.ts'
import { shapeOf } from './values.ts'

/** Turns of a loop: whose end is known beforehand, and whose end depends on inputs or memory. */
const TURNS = 5000
const OPEN_TURNS = 400
const LARGE = 120_000

interface Loop {
  exits: Bit
  continues: Bit
}

/** Runs statements where `guard` holds; gives back where the next statement is reached. */
export function execute(scope: SymScope, statements: readonly Statement[], guard: Bit, loop?: Loop): Bit {
  let live = guard
  for (const statement of statements) {
    if (live === FALSE || scope.m.alive === FALSE) return live
    live = one(scope, statement, live, loop)
  }
  return live
}

function one(scope: SymScope, statement: Statement, guard: Bit, loop: Loop | undefined): Bit {
  const { m } = scope
  const { g } = m
  switch (statement.kind) {
    case 'assign':
      assign(scope, statement, guard)
      return guard
    case 'callStatement':
      call(scope, statement.call, guard)
      return guard
    case 'if': {
      let open = guard
      const ends: Bit[] = []
      let plain = true
      const enter = (body: readonly Statement[], when: Bit) => {
        const end = when === FALSE ? FALSE : execute(scope, body, when, loop)
        if (end !== when) plain = false
        ends.push(end)
      }
      for (const branch of statement.branches) {
        const test = bitOf(scope, branch.condition, open)
        enter(branch.body, g.and(open, test))
        open = g.and(open, test ^ 1)
      }
      enter(statement.otherwise ?? [], open)
      return plain ? guard : ends.reduce((a, b) => g.or(a, b), FALSE)
    }
    case 'case':
      return choice(scope, statement, guard, loop)
    case 'for':
      return counted(scope, statement, guard)
    case 'while':
      return turns(scope, statement.body, guard, live => bitOf(scope, statement.condition, live))
    case 'repeat': {
      let first = true
      return turns(scope, statement.body, guard, live => {
        if (first) {
          first = false
          return TRUE
        }
        return bitOf(scope, statement.until, live) ^ 1
      })
    }
    case 'exit':
      if (loop !== undefined) loop.exits = g.or(loop.exits, guard)
      return FALSE
    case 'continue':
      if (loop !== undefined) loop.continues = g.or(loop.continues, guard)
      return FALSE
    case 'return':
      if (statement.value !== undefined) {
        const next = valueTo(scope, statement.value, scope.pou.returns, guard)
        writeTo(scope, [{ when: TRUE, frame: scope.frame, slot: RESULT }], next, scope.pou.returns, guard)
      }
      return FALSE
    case 'region':
      return execute(scope, statement.body, guard, loop)
    case 'empty':
    case 'label':
      return guard
    case 'jump':
    case 'badStatement':
      return unsupported(statement.kind === 'jump' ? 'GOTO' : 'unreadable statement')
  }
}

/** Turns of a loop until none can go on; `again` gives the test before each. */
function turns(scope: SymScope, body: readonly Statement[], guard: Bit, again: (live: Bit) => Bit): Bit {
  const { m } = scope
  const { g } = m
  let live = guard
  let left: Bit = FALSE
  for (let turn = 0; ; turn += 1) {
    const test = again(live)
    left = g.or(left, g.and(live, test ^ 1))
    live = g.and(g.and(live, test), m.alive)
    if (live === FALSE) return left
    if (live !== TRUE && turn >= 4 && !m.possible(live)) return left
    if (turn >= (live === guard ? TURNS : OPEN_TURNS) || g.size() > LARGE) {
      m.overrun = g.or(m.overrun, live)
      m.alive = g.and(m.alive, live ^ 1)
      return left
    }
    const loop: Loop = { exits: FALSE, continues: FALSE }
    const end = execute(scope, body, live, loop)
    left = g.or(left, loop.exits)
    live = g.or(end, loop.continues)
  }
}

/** Bounds and step are taken once; the variable is compared before it wraps. */
function counted(scope: SymScope, statement: ForStatement, guard: Bit): Bit {
  const { m } = scope
  const { g, w } = m
  const type = core(typeOf(scope, statement.variable))
  const shape = shapeOf(type)
  if (shape.kind !== 'word') return unsupported('FOR')
  const width = 68
  const bound = (expression: Expression): Word => {
    const own = shapeOf(settle(typeOf(scope, expression)))
    if (own.kind !== 'word') return unsupported('FOR')
    const known = typeOf(scope, expression)
    return known.kind === 'integerLiteral'
      ? w.constant(BigInt(known.value), width)
      : w.resize(value(scope, expression, guard) as Word, width, own.signed)
  }
  const limit = bound(statement.to)
  const step = statement.by === undefined ? w.constant(1n, width) : bound(statement.by)
  const write = (next: Word, when: Bit) =>
    writeTo(scope, places(scope, statement.variable, when), w.resize(next, shape.width, true), type, when)
  const read = () =>
    w.resize(readFrom(scope, places(scope, statement.variable, guard), type) as Word, width, shape.signed)
  write(w.resize(valueTo(scope, statement.from, type, guard) as Word, width, shape.signed), guard)
  let at = read()
  const down = step[width - 1]!
  const inRange = () => g.ite(down, w.less(at, limit, true) ^ 1, w.less(limit, at, true) ^ 1)
  let first = true
  return turns(scope, statement.body, guard, live => {
    if (!first) {
      at = w.add(read(), step)
      write(at, live)
    }
    first = false
    return inRange()
  })
}

function choice(scope: SymScope, statement: CaseStatement, guard: Bit, loop: Loop | undefined): Bit {
  const { m } = scope
  const { g, w } = m
  const type = settle(core(typeOf(scope, statement.selector)))
  const shape = shapeOf(type)
  const selected = value(scope, statement.selector, guard)
  if (shape.kind !== 'word' || !Array.isArray(selected)) return unsupported('CASE')
  const width = 68
  const wide = w.resize(selected as Word, width, shape.signed)
  const context = { pou: scope.pou, project: m.program.project, typing: m.program.typing }
  const is = (held: number | bigint) => w.equal(selected as Word, w.constant(BigInt(held), shape.width))
  const singles = new Map<string, number>()
  const hits: Bit[] = statement.branches.map(() => FALSE)
  const ranges: { branch: number; hit: Bit }[] = []
  statement.branches.forEach((branch, i) => {
    for (const label of branch.labels) {
      const low = labelValue(context, label.low)
      if (low === undefined) continue
      if (label.high === undefined) {
        const key = String(BigInt.asUintN(shape.width, BigInt(low as number)))
        if (singles.has(key)) continue
        singles.set(key, i)
        hits[i] = g.or(hits[i]!, is(low as number))
      } else {
        const high = labelValue(context, label.high)
        if (high === undefined) continue
        const above = w.less(wide, w.constant(BigInt(low as number), width), true) ^ 1
        const below = w.less(w.constant(BigInt(high as number), width), wide, true) ^ 1
        ranges.push({ branch: i, hit: g.and(above, below) })
      }
    }
  })
  let free = hits.reduce((a, b) => g.or(a, b), FALSE) ^ 1
  for (const { branch, hit } of ranges) {
    hits[branch] = g.or(hits[branch]!, g.and(free, hit))
    free = g.and(free, hit ^ 1)
  }
  let plain = true
  const ends = [...statement.branches.map(each => each.body), statement.otherwise ?? []].map((body, i) => {
    const when = g.and(guard, i < hits.length ? hits[i]! : free)
    const end = when === FALSE ? FALSE : execute(scope, body, when, loop)
    if (end !== when) plain = false
    return end
  })
  return plain ? guard : ends.reduce((a, b) => g.or(a, b), FALSE)
}

function assign(scope: SymScope, statement: AssignStatement, guard: Bit): void {
  for (const target of [...(statement.also ?? []), statement.target]) assignOne(scope, statement, target, guard)
}

function assignOne(scope: SymScope, statement: AssignStatement, target: Expression, guard: Bit): void {
  const { m } = scope
  const { operator, value: source } = statement
  const type = typeOf(scope, target)
  if (operator === 'REF=' || operator === '?=') unsupported(operator)
  if (operator === 'S=' || operator === 'R=') {
    put(scope, target, operator === 'S=' ? TRUE : FALSE, type, m.g.and(guard, bitOf(scope, source, guard)))
  } else if (operator === ':=') {
    if (type.kind === 'pointer' || type.kind === 'interface') unsupported('a pointer')
    const next = shapeOf(type).kind === 'frame' ? value(scope, source, guard) : valueTo(scope, source, type, guard)
    put(scope, target, next, type, guard)
  } else {
    const before = value(scope, target, guard)
    const next = arithmetic(m, operator.slice(0, -1), type, before, valueTo(scope, source, type, guard), guard)
    put(scope, target, next, type, guard)
  }
}

/** Writes a value to what an expression names: a place, a bit or slice of one, or a property. */
export function put(scope: SymScope, target: Expression, next: Sym, type: Type, guard: Bit): void {
  const { m } = scope
  if (target.kind === 'bit') {
    const whole = typeOf(scope, target.target)
    const word = value(scope, target.target, guard)
    if (!Array.isArray(word)) unsupported('bit')
    const width = { X: 1, B: 8, W: 16, D: 32 }[target.size]
    const from = target.index * width
    const part: readonly Bit[] = typeof next === 'number' ? [next] : (next as Word)
    const changed = (word as Word).map((bit, i) => (i >= from && i < from + width ? (part[i - from] ?? FALSE) : bit))
    put(scope, target.target, changed, whole, guard)
    return
  }
  const ref = m.program.typing.refs.get(target)
  if (ref?.to === 'property') writeProperty(scope, target, ref.property, next, guard)
  else writeTo(scope, places(scope, target, guard), next, type, guard)
}
