import type { PouSymbol, Variable } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import type { Expression } from '../syntax/tree.ts'
import { standardBlockSteps } from './blocks/index.ts'
import { compileTo } from './compile-expression.ts'
import { isByReference, layoutOf } from './layout.ts'
import { type BlockInfo, FIRST, type Frame, INFO, RESULT } from './machine.ts'
import type { Program, Scope } from './scope.ts'
import { raise } from './traps.ts'
import { isAggregate, sizeOf, zeroOf } from './values.ts'

/** Makes a value of a type, with the frame whose variables its initial value may name. */
type Make = (frame: Frame) => unknown

/** How a new value of the type is made; scalars share one value, aggregates are fresh each time. */
export function maker(program: Program, pou: PouSymbol, type: Type, init: Expression | undefined, depth = 0): Make {
  if (depth > 40) return () => raise({ code: 'ST709', values: { depth } })
  const t = core(type)
  const value = init ?? program.project.typeInits.get(t)
  const scope: Scope = { program, pou }
  if (t.kind === 'array') {
    const size = sizeOf(t)
    const element = maker(program, pou, t.element, undefined, depth + 1)
    const fill = value === undefined ? undefined : filler(program, pou, t, value, depth)
    return f => {
      const array: Frame = new Array(size)
      for (let i = 0; i < size; i += 1) array[i] = element(f)
      fill?.(array, f)
      return array
    }
  }
  if (t.kind === 'struct') {
    const own = program.project.typeInits.get(t)
    const inits = new Map<string, Expression>()
    for (const each of [own, value])
      if (each?.kind === 'structInit')
        for (const field of each.fields) inits.set(field.name.text.toUpperCase(), field.value)
    const fields = [...t.fields].map(([key, field]) => maker(program, pou, field.type, inits.get(key), depth + 1))
    return f => fields.map(make => make(f))
  }
  if (t.kind === 'block') {
    const create = frameMaker(program, t.pou, depth + 1)
    const sets =
      value?.kind === 'structInit'
        ? value.fields.flatMap(field => {
            const variable = layoutOf(t.pou).variables.find(
              each => each.name.toUpperCase() === field.name.text.toUpperCase(),
            )
            const slot = layoutOf(t.pou).slots.get(field.name.text.toUpperCase())
            return variable === undefined || slot === undefined
              ? []
              : [{ slot, make: maker(program, pou, variable.type, field.value, depth + 1) }]
          })
        : []
    return f => {
      const instance = create()
      for (const { slot, make } of sets) instance[slot] = make(f)
      return instance
    }
  }
  if (type.kind === 'reference') return () => null
  if (value !== undefined && value.kind !== 'structInit' && value.kind !== 'arrayInit')
    return compileTo(scope, value, t)
  const zero = type.kind === 'subrange' && (type.low > 0 || type.high < 0) ? type.low : zeroOf(t)
  return () => zero
}

/** Fills an array from `[1, 2, 3(0)]`, in the order of its memory. */
function filler(
  program: Program,
  pou: PouSymbol,
  type: Extract<Type, { kind: 'array' }>,
  init: Expression,
  depth: number,
): (array: Frame, frame: Frame) => void {
  const size = sizeOf(type)
  const makes: { count: number; make: Make | undefined }[] = []
  const add = (list: Expression, times: number) => {
    if (list.kind !== 'arrayInit') {
      makes.push({ count: times, make: maker(program, pou, type.element, list, depth + 1) })
      return
    }
    for (let turn = 0; turn < times && makes.length < size; turn += 1) {
      for (const item of list.items) {
        const count = item.count?.kind === 'literal' ? Number(item.count.value) : 1
        if (item.value === undefined) makes.push({ count, make: undefined })
        else if (item.value.kind === 'arrayInit' && core(type.element).kind !== 'array') add(item.value, count)
        else makes.push({ count, make: maker(program, pou, type.element, item.value, depth + 1) })
      }
    }
  }
  add(init, 1)
  return (array, frame) => {
    let at = 0
    for (const { count, make } of makes) {
      for (let i = 0; i < count && at < array.length; i += 1) {
        if (make !== undefined) array[at] = make(frame)
        at += 1
      }
    }
  }
}

/** How frames of a unit are made: instances of a block, or one call of a function. */
export function frameMaker(program: Program, pou: PouSymbol, depth = 0): () => Frame {
  const { variables } = layoutOf(pou)
  const template: Frame = new Array(FIRST + variables.length).fill(null)
  template[INFO] = { pou } satisfies BlockInfo
  const lively: { slot: number; make: Make }[] = []
  const standard = pou.node === undefined ? standardBlockSteps.get(pou.name.toUpperCase()) : undefined
  const isCall = pou.kind === 'FUNCTION' || pou.kind === 'METHOD' || pou.kind === 'ACTION'
  if (isCall && pou.returns.kind !== 'void') place(RESULT, pou.returns, undefined, pou)
  variables.forEach((variable, i) => {
    if (isByReference(variable)) return
    place(FIRST + i, variable.type, variable.init, ownerOf(pou, variable))
  })
  return () => {
    const frame = template.slice()
    if (standard !== undefined) frame[RESULT] = standard.state()
    for (const { slot, make } of lively) frame[slot] = make(frame)
    return frame
  }

  function place(slot: number, type: Type, init: Expression | undefined, unit: PouSymbol): void {
    if (init === undefined && !isAggregate(type) && program.project.typeInits.get(core(type)) === undefined)
      template[slot] = maker(program, unit, type, init, depth)(template)
    else lively.push({ slot, make: maker(program, unit, type, init, depth) })
  }
}

/** The block in whose names an inherited variable's initial value is written. */
function ownerOf(pou: PouSymbol, variable: Variable): PouSymbol {
  for (let at: PouSymbol | undefined = pou; at !== undefined; at = at.base)
    if (at.variables.get(variable.name.toUpperCase()) === variable) return at
  return pou
}
