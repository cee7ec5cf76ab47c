import type { PouSymbol, Variable } from '../check/symbols.ts'
import { methodOf } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import type { Argument, CallExpression } from '../syntax/tree.ts'
import { standardBlockSteps } from './blocks/index.ts'
import { compileInstance, compilePlace, selfOf } from './compile-place.ts'
import { compileStandard } from './compile-standard.ts'
import { convertValue } from './convert-value.ts'
import { enter } from './enter.ts'
import { isByReference } from './layout.ts'
import { type BlockInfo, type Evaluate, type Frame, RESULT } from './machine.ts'
import { matchArguments } from './match-arguments.ts'
import { compileTo, type Scope, typeIn, unsupported } from './scope.ts'
import { copyInto, isAggregate } from './values.ts'

/** Moves values between the caller's frame and the callee's. */
type Transfer = (caller: Frame, callee: Frame) => void

export function compileCall(scope: Scope, call: CallExpression): Evaluate {
  const { program } = scope
  const ref = program.typing.refs.get(call.target)
  if (ref?.to === 'standard') return compileStandard(scope, call, ref.name)
  if (ref?.to === 'pou' && ref.pou.kind === 'FUNCTION') return callFunction(scope, call, ref.pou)
  if (ref?.to === 'result') return callFunction(scope, call, ref.pou)
  if (ref?.to === 'method') return callMethod(scope, call, ref.pou)
  const pou = ref?.to === 'pou' ? ref.pou : blockOf(typeIn(scope, call.target))
  if (pou === undefined) return unsupported('call of an unknown block')
  return callBlock(scope, call, pou)
}

function blockOf(type: Type): PouSymbol | undefined {
  const t = core(type)
  return t.kind === 'block' ? t.pou : undefined
}

function callFunction(scope: Scope, call: CallExpression, pou: PouSymbol): Evaluate {
  const body = scope.program.bodyOf(pou)
  const { before, after } = transfers(scope, call.args, pou)
  const { program } = scope
  return f => {
    const frame = body.create()
    for (const move of before) move(f, frame)
    enter(program, body, frame)
    for (const move of after) move(f, frame)
    return frame[RESULT]
  }
}

function callMethod(scope: Scope, call: CallExpression, declared: PouSymbol): Evaluate {
  const { program } = scope
  const { target } = call
  const self = target.kind === 'member' ? compileInstance(scope, target.target) : selfOf(scope)
  const isSuper =
    target.kind === 'member' &&
    target.target.kind === 'deref' &&
    target.target.target.kind === 'name' &&
    target.target.target.name.toUpperCase() === 'SUPER'
  const { before, after } = transfers(scope, call.args, declared)
  const upper = declared.name.toUpperCase()
  return f => {
    const instance = self(f)
    const info = instance[0] as BlockInfo
    const actual = isSuper ? declared : (methodOf(info.pou, upper) ?? declared)
    const body = program.bodyOf(actual)
    const frame = body.create()
    frame[0] = instance
    for (const move of before) move(f, frame)
    enter(program, body, frame)
    for (const move of after) move(f, frame)
    return frame[RESULT]
  }
}

function callBlock(scope: Scope, call: CallExpression, pou: PouSymbol): Evaluate {
  const { program } = scope
  const instance = compileInstance(scope, call.target)
  const { before, after } = transfers(scope, call.args, pou)
  const standard = pou.node === undefined ? standardBlockSteps.get(pou.name.toUpperCase()) : undefined
  if (standard !== undefined) {
    const { machine } = program
    return f => {
      const io = instance(f)
      for (const move of before) move(f, io)
      standard.step(io, io[RESULT] as never, machine.now)
      for (const move of after) move(f, io)
      return undefined
    }
  }
  // Compiled now and not at the first call: coverage counts the same places in the same order in every run.
  program.bodyOf(pou)
  return f => {
    const frame = instance(f)
    for (const move of before) move(f, frame)
    const body = program.bodyOf((frame[0] as BlockInfo).pou)
    enter(program, body, frame)
    for (const move of after) move(f, frame)
    return undefined
  }
}

function transfers(scope: Scope, args: readonly Argument[], pou: PouSymbol): { before: Transfer[]; after: Transfer[] } {
  const before: Transfer[] = []
  const after: Transfer[] = []
  for (const { arg, parameter, slot, isOutput } of matchArguments(args, pou)) {
    if (isOutput) after.push(takeOutput(scope, arg, parameter, slot))
    else if (parameter.section === 'VAR_IN_OUT') before.push(passByReference(scope, arg, parameter, slot))
    else before.push(passValue(scope, arg, parameter, slot))
  }
  return { before, after }
}

function passValue(scope: Scope, arg: Argument, parameter: Variable, slot: number): Transfer {
  if (parameter.type.kind === 'reference') {
    const place = compilePlace(scope, arg.value!)
    return (caller, callee) => {
      callee[slot] = place.reference(caller)
    }
  }
  const value = compileTo(scope, arg.value!, parameter.type)
  if (isAggregate(parameter.type)) {
    return (caller, callee) => copyInto(callee[slot], value(caller))
  }
  return (caller, callee) => {
    callee[slot] = value(caller)
  }
}

function passByReference(scope: Scope, arg: Argument, parameter: Variable, slot: number): Transfer {
  const place = compilePlace(scope, arg.value!)
  if (isByReference(parameter)) {
    return (caller, callee) => {
      callee[slot] = place.reference(caller)
    }
  }
  return (caller, callee) => {
    callee[slot] = place.read(caller)
  }
}

function takeOutput(scope: Scope, arg: Argument, parameter: Variable, slot: number): Transfer {
  const place = compilePlace(scope, arg.value!)
  const convert = convertValue(parameter.type, typeIn(scope, arg.value!))
  const { negated } = arg
  return (caller, callee) => {
    const value = callee[slot]
    if (Array.isArray(value)) copyInto(place.read(caller), value)
    else place.write(caller, negated ? value !== true : convert === undefined ? value : convert(value))
  }
}
