import { labelValue } from '../check/statements.ts'
import { core, isWide, settle, type Type } from '../check/types.ts'
import type {
  AssignStatement,
  CaseStatement,
  Expression,
  ForStatement,
  IfStatement,
  Statement,
} from '../syntax/tree.ts'
import { arithmetic } from './arithmetic.ts'
import { compileCall } from './compile-call.ts'
import { compile, compileTo } from './compile-expression.ts'
import { compilePlace } from './compile-place.ts'
import { convertValue, numberTo } from './convert-value.ts'
import {
  CONTINUE,
  type Evaluate,
  EXIT,
  type Execute,
  type Frame,
  NORMAL,
  RESULT,
  RETURN,
  type Signal,
  STEP_LIMIT,
} from './machine.ts'
import { type Scope, typeIn, unsupported } from './scope.ts'
import { raise } from './traps.ts'
import { copyInto, isAggregate } from './values.ts'

/** Compiles a statement list; reaching a statement is noted for coverage and for the place of a trap. */
export function compileBlock(scope: Scope, statements: readonly Statement[]): Execute {
  const { machine } = scope.program
  const { hit } = machine.statements
  const real = statements.filter(each => each.kind !== 'empty' && each.kind !== 'label')
  const ids = real.map(() => hit.push(0) - 1)
  const places = real.map(each => each.span.start)
  const runs = real.map(each => compileStatement(scope, each))
  const count = runs.length
  return f => {
    for (let i = 0; i < count; i += 1) {
      machine.at = places[i]!
      hit[ids[i]!] = 1
      const signal = runs[i]!(f)
      if (signal !== NORMAL) return signal
    }
    return NORMAL
  }
}

function compileStatement(scope: Scope, statement: Statement): Execute {
  switch (statement.kind) {
    case 'assign':
      return compileAssignment(scope, statement)
    case 'callStatement': {
      const call = compileCall(scope, statement.call)
      return f => {
        call(f)
        return NORMAL
      }
    }
    case 'if':
      return compileIf(scope, statement)
    case 'case':
      return compileCase(scope, statement)
    case 'for':
      return compileFor(scope, statement)
    case 'while': {
      const condition = compile(scope, statement.condition)
      const body = compileLoopBody(scope, statement.body)
      return f => {
        while (condition(f) === true) {
          const signal = body(f)
          if (signal === EXIT) break
          if (signal === RETURN) return RETURN
        }
        return NORMAL
      }
    }
    case 'repeat': {
      const until = compile(scope, statement.until)
      const body = compileLoopBody(scope, statement.body)
      return f => {
        do {
          const signal = body(f)
          if (signal === EXIT) break
          if (signal === RETURN) return RETURN
        } while (until(f) !== true)
        return NORMAL
      }
    }
    case 'exit':
      return () => EXIT
    case 'continue':
      return () => CONTINUE
    case 'return': {
      if (statement.value === undefined) return () => RETURN
      const value = compileTo(scope, statement.value, scope.pou.returns)
      return f => {
        f[RESULT] = value(f)
        return RETURN
      }
    }
    case 'region':
      return compileBlock(scope, statement.body)
    case 'empty':
    case 'label':
      return () => NORMAL
    case 'jump':
    case 'badStatement': {
      const fail = unsupported(statement.kind === 'jump' ? 'GOTO' : 'unreadable statement')
      return f => {
        fail(f)
        return NORMAL
      }
    }
  }
}

function compileAssignment(scope: Scope, statement: AssignStatement): Execute {
  const runs = [...(statement.also ?? []), statement.target].map(target => assignOne(scope, statement, target))
  if (runs.length === 1) return runs[0]!
  return f => {
    for (const run of runs) run(f)
    return NORMAL
  }
}

function assignOne(scope: Scope, statement: AssignStatement, target: Expression): Execute {
  const { operator, value } = statement
  const type = typeIn(scope, target)
  const place = compilePlace(scope, target)
  switch (operator) {
    case 'REF=':
      return rebind(scope, target, value)
    case '?=':
    case ':=':
      break
    case 'S=':
    case 'R=': {
      const condition = compile(scope, value)
      const result = operator === 'S='
      return f => {
        if (condition(f) === true) place.write(f, result)
        return NORMAL
      }
    }
    default: {
      const operation = arithmetic(operator.slice(0, -1), type)
      if (operation === undefined) return failing(operator)
      const next = operation(place.read, compileTo(scope, value, type))
      return f => {
        place.write(f, next(f))
        return NORMAL
      }
    }
  }
  if (isAggregate(type)) {
    const source = compile(scope, value)
    return f => {
      copyInto(place.read(f), source(f))
      return NORMAL
    }
  }
  const source = compileTo(scope, value, type)
  const { write } = place
  return f => {
    write(f, source(f))
    return NORMAL
  }
}

function failing(what: string): Execute {
  const fail = unsupported(what)
  return f => {
    fail(f)
    return NORMAL
  }
}

/** `r REF= x` sets the reference itself; only a plain variable can hold one. */
function rebind(scope: Scope, target: Expression, value: Expression): Execute {
  const ref = scope.program.typing.refs.get(target)
  if (ref?.to !== 'variable') return failing('REF=')
  const holder = { ...ref.variable, type: { kind: 'pointer', to: ref.variable.type } as const }
  const plain: Scope = {
    ...scope,
    program: {
      ...scope.program,
      typing: { ...scope.program.typing, refs: new Map([[target, { ...ref, variable: holder }]]) },
    },
  }
  const slot = compilePlace(plain, target)
  const isNull = typeIn(scope, value).kind === 'null' || (value.kind === 'literal' && Number(value.value) === 0)
  if (isNull) {
    return f => {
      slot.write(f, null)
      return NORMAL
    }
  }
  const source = compilePlace(scope, value)
  return f => {
    slot.write(f, source.reference(f))
    return NORMAL
  }
}

function compileIf(scope: Scope, statement: IfStatement): Execute {
  const { hit } = scope.program.machine.branches
  const branches = statement.branches.map(branch => ({
    condition: compile(scope, branch.condition),
    id: hit.push(0) - 1,
    body: compileBlock(scope, branch.body),
  }))
  const elseId = hit.push(0) - 1
  const otherwise: Execute = statement.otherwise === undefined ? () => NORMAL : compileBlock(scope, statement.otherwise)
  if (branches.length === 1) {
    const { condition, id, body } = branches[0]!
    return f => {
      if (condition(f) === true) {
        hit[id] = 1
        return body(f)
      }
      hit[elseId] = 1
      return otherwise(f)
    }
  }
  return f => {
    for (const branch of branches) {
      if (branch.condition(f) === true) {
        hit[branch.id] = 1
        return branch.body(f)
      }
    }
    hit[elseId] = 1
    return otherwise(f)
  }
}

function compileCase(scope: Scope, statement: CaseStatement): Execute {
  const { hit } = scope.program.machine.branches
  const type = settle(core(typeIn(scope, statement.selector)))
  const selector = compile(scope, statement.selector)
  const singles = new Map<unknown, number>()
  const ranges: { low: number | bigint; high: number | bigint; branch: number }[] = []
  const ids: number[] = []
  const bodies: Execute[] = []
  const held = (value: unknown): unknown =>
    type.kind === 'elementary' && (typeof value === 'number' || typeof value === 'bigint')
      ? numberTo(type, value)
      : value
  statement.branches.forEach((branch, i) => {
    ids.push(hit.push(0) - 1)
    bodies.push(compileBlock(scope, branch.body))
    for (const label of branch.labels) {
      const context = { pou: scope.pou, project: scope.program.project, typing: scope.program.typing }
      const low = labelValue(context, label.low)
      if (low === undefined) continue
      if (label.high === undefined) {
        if (!singles.has(held(low))) singles.set(held(low), i)
      } else {
        const high = labelValue(context, label.high)
        if (high !== undefined) ranges.push({ low: low as number, high: high as number, branch: i })
      }
    }
  })
  const elseId = hit.push(0) - 1
  const otherwise: Execute = statement.otherwise === undefined ? () => NORMAL : compileBlock(scope, statement.otherwise)
  return f => {
    const value = selector(f)
    let branch = singles.get(value)
    if (branch === undefined) {
      branch = ranges.find(each => (value as number) >= each.low && (value as number) <= each.high)?.branch
    }
    if (branch === undefined) {
      hit[elseId] = 1
      return otherwise(f)
    }
    hit[ids[branch]!] = 1
    return bodies[branch]!(f)
  }
}

function compileLoopBody(scope: Scope, statements: readonly Statement[]): Execute {
  const { machine } = scope.program
  const { hit } = machine.branches
  const id = hit.push(0) - 1
  const body = compileBlock(scope, statements)
  return f => {
    machine.budget -= 1
    if (machine.budget < 0) raise({ code: 'ST704', values: { steps: STEP_LIMIT } })
    hit[id] = 1
    return body(f)
  }
}

/** Bounds and step are evaluated once, before the first turn (IEC 61131-3:2013, 7.3.3.4.2). */
function compileFor(scope: Scope, statement: ForStatement): Execute {
  const type: Type = core(typeIn(scope, statement.variable))
  const place = compilePlace(scope, statement.variable)
  const wide = type.kind === 'elementary' && isWide(type)
  const from = compileTo(scope, statement.from, type)
  const bound = (expression: Expression): Evaluate => {
    // A bound may exceed the variable's type by one turn: it is compared as it is, not wrapped.
    const value = compile(scope, expression)
    return wide ? f => BigInt(value(f) as number) : f => Number(value(f))
  }
  const to = bound(statement.to)
  const by: Evaluate = statement.by === undefined ? () => (wide ? 1n : 1) : bound(statement.by)
  const body = compileLoopBody(scope, statement.body)
  const store = convertValue(
    wide
      ? { kind: 'elementary', name: 'LINT', class: 'signed', bits: 64 }
      : { kind: 'elementary', name: 'DINT', class: 'signed', bits: 33 },
    type,
  )
  return (f: Frame): Signal => {
    const limit = to(f) as number
    const step = by(f) as number
    let value = from(f) as number
    place.write(f, value)
    while (step >= 0 ? value <= limit : value >= limit) {
      const signal = body(f)
      if (signal === EXIT) break
      if (signal === RETURN) return RETURN
      value = (place.read(f) as number) + step
      place.write(f, store === undefined ? value : store(value))
    }
    return NORMAL
  }
}
