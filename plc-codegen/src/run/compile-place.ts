import type { Variable } from '../check/symbols.ts'
import { type ArrayType, core, isWide, type Type } from '../check/types.ts'
import type { Expression } from '../syntax/tree.ts'
import { accessProperty } from './enter.ts'
import { isByReference, layoutOf } from './layout.ts'
import { type Evaluate, FIRST, type Frame, RESULT, type Reference } from './machine.ts'
import { compile, type Scope, typeIn, unsupported } from './scope.ts'
import { raise } from './traps.ts'
import { wrapOf, wrapWide, zeroOf } from './values.ts'

/** A place that can be read, written and referred to. */
export interface Place {
  readonly read: Evaluate
  readonly write: (frame: Frame, value: unknown) => void
  readonly reference: (frame: Frame) => Reference
}

function fixed(slot: number): Place {
  return {
    read: f => f[slot],
    write: (f, value) => {
      f[slot] = value
    },
    reference: f => ({ frame: f, slot }),
  }
}

/** A slot of a frame that is found when run. */
function located(frameOf: (f: Frame) => Frame, slotOf: (f: Frame) => number): Place {
  return {
    read: f => frameOf(f)[slotOf(f)],
    write: (f, value) => {
      frameOf(f)[slotOf(f)] = value
    },
    reference: f => ({ frame: frameOf(f), slot: slotOf(f) }),
  }
}

/** Behind a reference held in another place. */
function behind(holder: Evaluate): Place {
  const target = (f: Frame): Reference => {
    const reference = holder(f)
    return reference === null || reference === undefined
      ? raise({ code: 'ST703', values: {} })
      : (reference as Reference)
  }
  return {
    read: f => {
      const { frame, slot } = target(f)
      return frame[slot]
    },
    write: (f, value) => {
      const { frame, slot } = target(f)
      frame[slot] = value
    },
    reference: target,
  }
}

function impossible(what: string): Place {
  const fail = unsupported(what)
  return { read: fail, write: f => void fail(f), reference: f => fail(f) as Reference }
}

/** The instance that a method, action or body belongs to. */
export function selfOf(scope: Scope): (f: Frame) => Frame {
  return scope.pou.owner === undefined ? f => f : f => f[0] as Frame
}

export function compilePlace(scope: Scope, expression: Expression): Place {
  const { program, pou } = scope
  const ref = program.typing.refs.get(expression)
  switch (expression.kind) {
    case 'name':
    case 'member':
      switch (ref?.to) {
        case 'variable':
          return variablePlace(scope, ref.variable, ref.scope)
        case 'result':
          return fixed(RESULT)
        case 'field': {
          if (ref.struct.union) return impossible('UNION')
          const owner = compile(scope, (expression as { target: Expression }).target)
          return located(
            f => owner(f) as Frame,
            () => ref.index,
          )
        }
        case 'blockMember': {
          const { target } = expression as { target: Expression }
          const owner = compileInstance(scope, target)
          const slot = layoutOf(ref.pou).slots.get(ref.variable.name.toUpperCase()) ?? FIRST
          if (isByReference(ref.variable)) return behind(f => owner(f)[slot])
          return located(owner, () => slot)
        }
        case 'property': {
          const owner = expression.kind === 'member' ? compileInstance(scope, expression.target) : selfOf(scope)
          return {
            ...accessProperty(program, ref.property, owner),
            reference: f => unsupported('REF of a property')(f) as Reference,
          }
        }
        default:
          return impossible(expression.kind === 'name' ? expression.name : expression.name.text)
      }
    case 'index':
      return indexPlace(scope, expression)
    case 'deref': {
      const inner = program.typing.refs.get(expression.target)
      if (inner?.to === 'this' || inner?.to === 'super') {
        const self = selfOf(scope)
        return { read: self, write: () => undefined, reference: f => ({ frame: [self(f)], slot: 0 }) }
      }
      return behind(compile(scope, expression.target))
    }
    case 'bit':
      return bitPlace(scope, expression)
    case 'address': {
      const upper = expression.address.toUpperCase()
      for (const [variables, where] of [
        [pou.variables, 'local'],
        [program.project.globals, 'global'],
      ] as const) {
        for (const variable of variables.values()) {
          if (variable.address?.toUpperCase() === upper) return variablePlace(scope, variable, where)
        }
      }
      const zero = zeroOf(typeIn(scope, expression))
      const { memory } = program
      return {
        read: () => memory.get(upper) ?? zero,
        write: (_, value) => void memory.set(upper, value),
        reference: f => unsupported('REF of an address')(f) as Reference,
      }
    }
    default:
      return impossible(expression.kind)
  }
}

/** An expression that gives an instance: a variable, an element, `THIS^`, a pointer's target. */
export function compileInstance(scope: Scope, expression: Expression): (f: Frame) => Frame {
  const ref = scope.program.typing.refs.get(expression)
  if (ref?.to === 'this' || ref?.to === 'super') return selfOf(scope)
  if (ref?.to === 'pou' && ref.pou.kind === 'PROGRAM') {
    const slot = scope.program.globals.get(`PROGRAM ${ref.pou.name.toUpperCase()}`)
    const { globals } = scope.program.machine
    if (slot !== undefined) return () => globals[slot] as Frame
  }
  const value = compile(scope, expression)
  return f => {
    const found = value(f)
    return found === null || found === undefined ? raise({ code: 'ST703', values: {} }) : (found as Frame)
  }
}

function variablePlace(scope: Scope, variable: Variable, where: 'local' | 'owner' | 'global'): Place {
  const upper = variable.name.toUpperCase()
  const { program, pou } = scope
  if (where === 'global') {
    const slot = program.globals.get(upper)
    const { globals } = program.machine
    if (slot === undefined) return impossible(variable.name)
    return withReference(variable.type, {
      read: () => globals[slot],
      write: (_, value) => {
        globals[slot] = value
      },
      reference: () => ({ frame: globals, slot }),
    })
  }
  const unit = where === 'owner' ? pou.owner! : pou
  const slot = layoutOf(unit).slots.get(upper)
  if (slot === undefined) return impossible(variable.name)
  const place =
    where === 'owner'
      ? located(
          f => f[0] as Frame,
          () => slot,
        )
      : fixed(slot)
  return isByReference(variable) ? behind(place.read) : withReference(variable.type, place)
}

/** A REFERENCE TO is used without `^`: reading and writing go to its target. */
function withReference(type: Type, place: Place): Place {
  return type.kind === 'reference' ? behind(place.read) : place
}

function indexPlace(scope: Scope, expression: Extract<Expression, { kind: 'index' }>): Place {
  const type = core(typeIn(scope, expression.target))
  if (type.kind !== 'array') return impossible('[ ]')
  return arrayPlace(scope, compile(scope, expression.target), type, expression.indices)
}

function arrayPlace(scope: Scope, array: Evaluate, type: ArrayType, indices: readonly Expression[]): Place {
  const { dimensions } = type
  if (indices.length > dimensions.length && type.element.kind === 'array') {
    const outer = arrayPlace(scope, array, type, indices.slice(0, dimensions.length))
    return arrayPlace(scope, outer.read, type.element, indices.slice(dimensions.length))
  }
  const at = indices.map(each => compileIndex(scope, each))
  const frameOf = (f: Frame) => array(f) as Frame
  if (dimensions.some(each => each === undefined) || at.length !== dimensions.length) return impossible('ARRAY[*]')
  const bounds = dimensions as { low: number; high: number }[]
  if (at.length === 1) {
    const index = at[0]!
    const { low, high } = bounds[0]!
    return located(frameOf, f => {
      const i = index(f)
      return i < low || i > high ? raise({ code: 'ST701', values: { index: i, low, high } }) : i - low
    })
  }
  return located(frameOf, f => {
    let slot = 0
    for (let d = 0; d < at.length; d += 1) {
      const i = at[d]!(f)
      const { low, high } = bounds[d]!
      if (i < low || i > high) raise({ code: 'ST701', values: { index: i, low, high } })
      slot = slot * (high - low + 1) + (i - low)
    }
    return slot
  })
}

function compileIndex(scope: Scope, expression: Expression): (f: Frame) => number {
  const value = compile(scope, expression)
  const type = core(typeIn(scope, expression))
  return type.kind === 'elementary' && isWide(type) ? f => Number(value(f)) : (value as (f: Frame) => number)
}

/** A bit or slice of an integer: reading shifts, writing puts the changed word back. */
function bitPlace(scope: Scope, expression: Extract<Expression, { kind: 'bit' }>): Place {
  const word = compilePlace(scope, expression.target)
  const type = core(typeIn(scope, expression.target))
  if (type.kind !== 'elementary') return impossible('bit')
  const width = { X: 1, B: 8, W: 16, D: 32 }[expression.size]
  const shift = BigInt(expression.index * width)
  const mask = (1n << BigInt(width)) - 1n
  const wide = isWide(type)
  const wrap = wrapOf(type)
  const whole = (value: unknown) => BigInt.asUintN(64, BigInt(value as number | bigint))
  const single = expression.size === 'X'
  return {
    read:
      single && !wide
        ? f => (((word.read(f) as number) >>> expression.index) & 1) === 1
        : f => {
            const part = (whole(word.read(f)) >> shift) & mask
            return single ? part === 1n : Number(part)
          },
    write: (f, value) => {
      const part = typeof value === 'boolean' ? (value ? 1n : 0n) : BigInt(value as number)
      const next = (whole(word.read(f)) & ~(mask << shift)) | ((part & mask) << shift)
      word.write(f, wide ? wrapWide(type, next) : wrap(Number(BigInt.asIntN(32, next))))
    },
    reference: f => unsupported('REF of a bit')(f) as Reference,
  }
}
