import type { Variable } from '../../check/symbols.ts'
import { type ArrayType, core, type Type } from '../../check/types.ts'
import { isByReference, layoutOf } from '../../run/layout.ts'
import { FIRST, RESULT } from '../../run/machine.ts'
import type { Expression } from '../../syntax/tree.ts'
import { type Bit, FALSE, TRUE } from '../gates.ts'
import type { Word } from '../words.ts'
import {
  type Alternative,
  type Sym,
  type SymFrame,
  type SymReference,
  type SymScope,
  trap,
  typeOf,
  unsupported,
  value,
} from './machine.ts'
import { choose, cloneOf, copyWhere, shapeOf, unknownOf } from './values.ts'

const here = (frame: SymFrame, slot: number): Alternative[] => [{ when: TRUE, frame, slot }]

/** The places that an expression may name, each with its condition. */
export function places(scope: SymScope, expression: Expression, guard: Bit): readonly Alternative[] {
  const { m, pou, frame } = scope
  const ref = m.program.typing.refs.get(expression)
  switch (expression.kind) {
    case 'name':
    case 'member':
      switch (ref?.to) {
        case 'variable':
          return variable(scope, ref.variable, ref.scope)
        case 'result':
          return here(frame, RESULT)
        case 'field': {
          if (ref.struct.union) return unsupported('UNION')
          const { target } = expression as { target: Expression }
          return within(places(scope, target, guard), () => ref.index)
        }
        case 'blockMember': {
          const { target } = expression as { target: Expression }
          const slot = layoutOf(ref.pou).slots.get(ref.variable.name.toUpperCase()) ?? FIRST
          const owners = instances(scope, target, guard)
          const found = owners.map(each => ({ when: each.when, frame: each.frame, slot }))
          if (!isByReference(ref.variable)) return found
          return found.flatMap(each => behind(scope, each))
        }
        default:
          return unsupported(ref?.to ?? 'name')
      }
    case 'index': {
      const type = core(typeOf(scope, expression.target))
      if (type.kind !== 'array') return unsupported('[ ]')
      return element(scope, places(scope, expression.target, guard), type, expression.indices, guard)
    }
    case 'address': {
      const upper = expression.address.toUpperCase()
      for (const each of pou.variables.values())
        if (each.address?.toUpperCase() === upper) return variable(scope, each, 'local')
      for (const each of m.program.project.globals.values())
        if (each.address?.toUpperCase() === upper) return variable(scope, each, 'global')
      return unsupported(expression.address)
    }
    default:
      return unsupported(expression.kind)
  }
}

function behind(scope: SymScope, holder: Alternative): readonly Alternative[] {
  const found = holder.frame[holder.slot] as SymReference | null
  if (found === null || found === undefined || !('places' in found)) return unsupported('an in-out outside its call')
  return found.places.map(each => ({ ...each, when: scope.m.g.and(holder.when, each.when) }))
}

function variable(scope: SymScope, each: Variable, where: 'local' | 'owner' | 'global'): readonly Alternative[] {
  const { m, pou, frame } = scope
  const upper = each.name.toUpperCase()
  if (each.type.kind === 'reference') return unsupported('REFERENCE TO')
  if (where === 'global') {
    const slot = m.program.globals.get(upper)
    return slot === undefined ? unsupported(each.name) : here(m.globals, slot)
  }
  const slot = layoutOf(where === 'owner' ? pou.owner! : pou).slots.get(upper)
  if (slot === undefined) return unsupported(each.name)
  const holder = { when: TRUE, frame: where === 'owner' ? (frame[0] as SymFrame) : frame, slot }
  return isByReference(each) ? behind(scope, holder) : [holder]
}

function within(outer: readonly Alternative[], slotOf: () => number): readonly Alternative[] {
  return outer.map(({ when, frame, slot }) => {
    const inner = frame[slot] as SymFrame
    if (!Array.isArray(inner)) return unsupported('a structure behind an unset in-out')
    return { when, frame: inner, slot: slotOf() }
  })
}

/** Frames of the instance that an expression names. */
export function instances(
  scope: SymScope,
  expression: Expression,
  guard: Bit,
): readonly { when: Bit; frame: SymFrame }[] {
  const { m, pou, frame } = scope
  const ref = m.program.typing.refs.get(expression)
  if (expression.kind === 'deref') return instances(scope, expression.target, guard)
  if (ref?.to === 'this' || ref?.to === 'super')
    return [{ when: TRUE, frame: pou.owner === undefined ? frame : (frame[0] as SymFrame) }]
  if (ref?.to === 'pou' && ref.pou.kind === 'PROGRAM') {
    const slot = m.program.globals.get(`PROGRAM ${ref.pou.name.toUpperCase()}`)
    if (slot !== undefined) return [{ when: TRUE, frame: m.globals[slot] as SymFrame }]
  }
  return places(scope, expression, guard).map(each => {
    const inner = each.frame[each.slot] as SymFrame
    return Array.isArray(inner) ? { when: each.when, frame: inner } : unsupported('an instance that is not known')
  })
}

function element(
  scope: SymScope,
  arrays: readonly Alternative[],
  type: ArrayType,
  indices: readonly Expression[],
  guard: Bit,
): readonly Alternative[] {
  const { m } = scope
  const { dimensions } = type
  if (indices.length > dimensions.length && type.element.kind === 'array') {
    const outer = element(scope, arrays, type, indices.slice(0, dimensions.length), guard)
    return element(scope, outer, type.element, indices.slice(dimensions.length), guard)
  }
  if (indices.length !== dimensions.length) return unsupported('ARRAY[*]')
  let slots: { when: Bit; slot: number }[] = [{ when: TRUE, slot: 0 }]
  for (const [d, each] of indices.entries()) {
    const bounds = dimensions[d]
    if (bounds === undefined) return unsupported('ARRAY[*]')
    const size = bounds.high - bounds.low + 1
    const shape = shapeOf(typeOf(scope, each))
    if (shape.kind !== 'word') return unsupported('index')
    // One bit more than the index and the bounds need, so that every bound can be compared.
    const width = Math.max(shape.width, 32) + 1
    const index = m.w.resize(value(scope, each, guard) as Word, width, shape.signed)
    const low = m.w.constant(BigInt(bounds.low), width)
    const high = m.w.constant(BigInt(bounds.high), width)
    trap(m, m.g.and(guard, m.g.or(m.w.less(index, low, true), m.w.less(high, index, true))))
    const next: { when: Bit; slot: number }[] = []
    for (const outer of slots) {
      for (let i = 0; i < size; i += 1) {
        const when = m.g.and(outer.when, m.w.equal(index, m.w.constant(BigInt(bounds.low + i), width)))
        if (when !== FALSE) next.push({ when, slot: outer.slot * size + i })
      }
    }
    if (next.length * arrays.length > 20_000) return unsupported('a large array with an open index')
    slots = next
  }
  return arrays.flatMap(array => {
    const inner = array.frame[array.slot] as SymFrame
    return slots.map(({ when, slot }) => ({ when: m.g.and(array.when, when), frame: inner, slot }))
  })
}

/** The value at one of several places. */
export function readFrom(scope: SymScope, found: readonly Alternative[], type: Type): Sym {
  const last = found.at(-1)
  // No place: the index is outside for certain, and the scan has trapped.
  if (last === undefined) return unknownOf(scope.m, type)
  if (found.length > 1 && shapeOf(type).kind === 'frame') {
    const merged = cloneOf(type, last.frame[last.slot] as SymFrame)
    for (const { when, frame, slot } of found) copyWhere(scope.m, type, when, merged, frame[slot] as SymFrame)
    return merged
  }
  let result = last.frame[last.slot] as Sym
  for (let i = found.length - 2; i >= 0; i -= 1) {
    const { when, frame, slot } = found[i]!
    result = choose(scope.m, when, frame[slot] as Sym, result)
  }
  return result
}

/** Writes where the guard and a place's condition hold and no trap came before. */
export function writeTo(scope: SymScope, found: readonly Alternative[], next: Sym, type: Type, guard: Bit): void {
  const { m } = scope
  const live = m.g.and(guard, m.alive)
  if (live === FALSE) return
  const aggregate = shapeOf(type).kind === 'frame'
  for (const { when, frame, slot } of found) {
    const really = m.g.and(live, when)
    if (really === FALSE) continue
    if (aggregate) copyWhere(m, type, really, frame[slot] as SymFrame, next as SymFrame)
    else frame[slot] = choose(m, really, next, frame[slot] as Sym)
  }
}
