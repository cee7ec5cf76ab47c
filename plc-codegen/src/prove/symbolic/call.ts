import type { PouSymbol, PropertySymbol, Variable } from '../../check/symbols.ts'
import { methodOf } from '../../check/symbols.ts'
import { core } from '../../check/types.ts'
import { isByReference, layoutOf } from '../../run/layout.ts'
import { type BlockInfo, RESULT } from '../../run/machine.ts'
import { matchArguments } from '../../run/match-arguments.ts'
import type { Argument, CallExpression, Expression } from '../../syntax/tree.ts'
import { type Bit, FALSE, TRUE } from '../gates.ts'
import { isStandard, stepStandard } from './blocks.ts'
import { type Sym, type SymFrame, type SymScope, typeOf, unsupported, value, valueTo } from './machine.ts'
import { instances, places } from './place.ts'
import { standard } from './standard.ts'
import { choose, convert, copyWhere, lift, liftFrame, shapeOf } from './values.ts'

const DEPTH = 60

/** A call in gates, its body in place; mirrors `run/compile-call.ts`. */
export function call(scope: SymScope, expression: CallExpression, guard: Bit): Sym {
  const ref = scope.m.program.typing.refs.get(expression.target)
  if (ref?.to === 'standard') return standard(scope, expression, ref.name, guard)
  if ((ref?.to === 'pou' && ref.pou.kind === 'FUNCTION') || ref?.to === 'result')
    return callFunction(scope, expression, ref.pou, guard)
  if (ref?.to === 'method') return callMethod(scope, expression, ref.pou, guard)
  const type = ref?.to === 'pou' ? undefined : core(typeOf(scope, expression.target))
  const pou = ref?.to === 'pou' ? ref.pou : type?.kind === 'block' ? type.pou : undefined
  return pou === undefined ? unsupported('call of an unknown block') : callBlock(scope, expression, pou, guard)
}

/** Runs a body in a frame; what it leaves by RETURN ends with it. */
export function run(scope: SymScope, pou: PouSymbol, frame: SymFrame, guard: Bit): void {
  const { m } = scope
  if (pou.node === undefined) unsupported(pou.name)
  if ([...pou.variables.values()].some(each => each.edge !== undefined)) unsupported('R_EDGE')
  if (m.depth >= DEPTH) unsupported('deep recursion')
  m.depth += 1
  if (pou.kind !== 'FUNCTION' && pou.kind !== 'METHOD') freshTemporaries(scope, pou, frame, guard)
  m.translate.execute({ m, pou, frame }, pou.node.body, guard)
  m.depth -= 1
}

function freshTemporaries(scope: SymScope, pou: PouSymbol, frame: SymFrame, guard: Bit): void {
  const { m } = scope
  const temporary = layoutOf(pou).variables.filter(each => each.section === 'VAR_TEMP')
  if (temporary.length === 0) return
  const fresh = m.program.bodyOf(pou).create()
  for (const each of temporary) {
    const slot = layoutOf(pou).slots.get(each.name.toUpperCase())!
    const first = lift(m, each.type, fresh[slot])
    if (shapeOf(each.type).kind === 'frame') copyWhere(m, each.type, guard, frame[slot], first as SymFrame)
    else frame[slot] = choose(m, guard, first, frame[slot])
  }
}

function callFunction(scope: SymScope, call: CallExpression, pou: PouSymbol, guard: Bit): Sym {
  const { m } = scope
  const frame = liftFrame(m, pou, m.program.bodyOf(pou).create())
  const after = pass(scope, call.args, pou, frame, guard)
  run(scope, pou, frame, guard)
  for (const take of after) take()
  return frame[RESULT] as Sym
}

function callMethod(scope: SymScope, expression: CallExpression, declared: PouSymbol, guard: Bit): Sym {
  const { m } = scope
  const { target } = expression
  const owners =
    target.kind === 'member'
      ? instances(scope, target.target, guard)
      : [{ when: TRUE, frame: scope.pou.owner === undefined ? scope.frame : (scope.frame[0] as SymFrame) }]
  const isSuper =
    target.kind === 'member' &&
    target.target.kind === 'deref' &&
    target.target.target.kind === 'name' &&
    target.target.target.name.toUpperCase() === 'SUPER'
  let result: Sym | undefined
  for (const owner of owners) {
    const when = m.g.and(guard, owner.when)
    if (when === FALSE) continue
    const info = owner.frame[0] as BlockInfo
    const actual = isSuper ? declared : (methodOf(info.pou, declared.name.toUpperCase()) ?? declared)
    const frame = liftFrame(m, actual, m.program.bodyOf(actual).create())
    frame[0] = owner.frame
    const after = pass(scope, expression.args, actual, frame, when)
    run(scope, actual, frame, when)
    for (const take of after) take()
    const own = frame[RESULT] as Sym
    result = result === undefined ? own : choose(m, owner.when, own, result)
  }
  return result ?? FALSE
}

function callBlock(scope: SymScope, expression: CallExpression, pou: PouSymbol, guard: Bit): Sym {
  const { m } = scope
  for (const { when, frame } of instances(scope, expression.target, guard)) {
    const live = m.g.and(guard, when)
    if (live === FALSE) continue
    const actual = (frame[0] as BlockInfo).pou
    const after = pass(scope, expression.args, pou, frame, live)
    if (isStandard(actual)) stepStandard(m, actual, frame, m.g.and(live, m.alive))
    else run(scope, actual, frame, live)
    for (const take of after) take()
    // An in-out names its place only during the call.
    for (const variable of layoutOf(pou).variables)
      if (variable.section === 'VAR_IN_OUT') frame[layoutOf(pou).slots.get(variable.name.toUpperCase())!] = null
  }
  return FALSE
}

/** Moves arguments in, and gives back what moves outputs out afterwards. */
function pass(
  scope: SymScope,
  args: readonly Argument[],
  pou: PouSymbol,
  frame: SymFrame,
  guard: Bit,
): readonly (() => void)[] {
  const after: (() => void)[] = []
  for (const { arg, value: given, parameter, slot, isOutput } of matchArguments(args, pou)) {
    if (isOutput) after.push(() => takeOut(scope, arg, parameter, frame, slot, guard))
    else if (parameter.section === 'VAR_IN_OUT') passInOut(scope, given, parameter, frame, slot, guard, after)
    else passIn(scope, given, parameter, frame, slot, guard)
  }
  return after
}

function passIn(scope: SymScope, arg: Expression, parameter: Variable, frame: SymFrame, slot: number, guard: Bit) {
  const { m } = scope
  const shape = shapeOf(parameter.type)
  if (parameter.type.kind === 'reference' || parameter.type.kind === 'interface' || parameter.type.kind === 'pointer')
    return unsupported('a reference as parameter')
  if (shape.kind === 'frame') {
    const source = value(scope, arg, guard) as SymFrame
    return copyWhere(m, parameter.type, m.g.and(guard, m.alive), frame[slot], source)
  }
  const next = valueTo(scope, arg, parameter.type, guard)
  frame[slot] = choose(m, m.g.and(guard, m.alive), next, frame[slot])
}

function passInOut(
  scope: SymScope,
  arg: Expression,
  parameter: Variable,
  frame: SymFrame,
  slot: number,
  guard: Bit,
  after: (() => void)[],
): void {
  const found = places(scope, arg, guard)
  if (isByReference(parameter)) {
    frame[slot] = { places: found }
    return
  }
  const only = found[0]
  if (found.length !== 1 || only === undefined) unsupported('an in-out chosen by an open index')
  frame[slot] = only.frame[only.slot]
  after.push(() => {
    frame[slot] = null
  })
}

function takeOut(scope: SymScope, arg: Argument, parameter: Variable, frame: SymFrame, slot: number, guard: Bit) {
  const target = arg.value!
  const type = typeOf(scope, target)
  const held = frame[slot] as Sym
  if (shapeOf(parameter.type).kind === 'frame') return scope.m.translate.put(scope, target, held, type, guard)
  const converted = convert(scope.m, parameter.type, type, held)
  scope.m.translate.put(scope, target, arg.negated ? (converted as Bit) ^ 1 : converted, type, guard)
}

function propertyFrame(scope: SymScope, expression: Expression, accessor: PouSymbol | undefined, guard: Bit) {
  if (accessor === undefined) return unsupported('a property without that accessor')
  const { m } = scope
  const owners =
    expression.kind === 'member'
      ? instances(scope, expression.target, guard)
      : [{ when: TRUE, frame: scope.pou.owner === undefined ? scope.frame : (scope.frame[0] as SymFrame) }]
  const only = owners[0]
  if (owners.length !== 1 || only === undefined) return unsupported('a property of an open instance')
  const frame = liftFrame(m, accessor, m.program.bodyOf(accessor).create())
  frame[0] = only.frame
  return frame
}

export function readProperty(scope: SymScope, expression: Expression, property: PropertySymbol, guard: Bit): Sym {
  const frame = propertyFrame(scope, expression, property.get, guard)
  run(scope, property.get!, frame, guard)
  return frame[RESULT] as Sym
}

export function writeProperty(
  scope: SymScope,
  expression: Expression,
  property: PropertySymbol,
  next: Sym,
  guard: Bit,
): void {
  const frame = propertyFrame(scope, expression, property.set, guard)
  frame[RESULT] = next
  run(scope, property.set!, frame, guard)
}
