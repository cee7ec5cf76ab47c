import type { PouSymbol, Variable } from '../check/symbols.ts'
import { memberOf } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import { fromJson, toJson } from './json.ts'
import { isByReference, layoutOf } from './layout.ts'
import { type Frame, RESULT, type Reference } from './machine.ts'
import type { Program } from './scope.ts'

/** Reading and setting variables of a running program by name: `x`, `fb.q`, `a[2].y`. Values are plain JSON. */
export interface Inspector {
  /** Sets a variable; false where there is none of that name. */
  set(path: string, value: unknown): boolean
  /** Value of a variable, or undefined where there is none of that name. */
  get(path: string): unknown
  /** Inputs, outputs, in-outs and a function's result, by name, in the order of declaration. */
  readonly interface: readonly {
    readonly name: string
    readonly direction: 'input' | 'output' | 'inOut' | 'result'
    readonly type: Type
  }[]
}

interface Found {
  readonly frame: Frame
  readonly slot: number
  readonly type: Type
}

export function createInspector(program: Program, pou: PouSymbol, frameOf: () => Frame): Inspector {
  const paths = new Map<string, string[]>()
  const partsOf = (path: string): string[] => {
    let parts = paths.get(path)
    if (parts === undefined) {
      parts =
        path
          .toUpperCase()
          .replace(/^INSTANCE\./, '')
          .match(/[^.[\]\s,]+/g) ?? []
      paths.set(path, parts)
    }
    return parts
  }

  const root = (name: string): Found | undefined => {
    const frame = frameOf()
    const slot = layoutOf(pou).slots.get(name)
    const variable = memberOf(pou, name)
    if (slot !== undefined && variable !== undefined) return behind(frame, slot, variable)
    if (name === pou.name.toUpperCase() && pou.kind === 'FUNCTION') return { frame, slot: RESULT, type: pou.returns }
    const global = program.project.globals.get(name)
    const place = program.globals.get(name)
    return global === undefined || place === undefined
      ? undefined
      : { frame: program.machine.globals, slot: place, type: global.type }
  }

  const find = (path: string): Found | undefined => {
    const [first, ...rest] = partsOf(path)
    let at = first === undefined ? undefined : root(first)
    for (let i = 0; i < rest.length && at !== undefined; i += 1) {
      const part = rest[i]!
      const type = core(at.type)
      const inner = at.frame[at.slot] as Frame
      if (type.kind === 'struct') {
        const field = type.fields.get(part)
        at = field === undefined ? undefined : { frame: inner, slot: field.index, type: field.type }
      } else if (type.kind === 'block') {
        const variable = memberOf(type.pou, part)
        const slot = layoutOf(type.pou).slots.get(part)
        at = variable === undefined || slot === undefined ? undefined : behind(inner, slot, variable)
      } else if (type.kind === 'array') {
        let slot = 0
        for (const bounds of type.dimensions) {
          const index = Number(rest[i])
          if (bounds === undefined || !(index >= bounds.low && index <= bounds.high)) return undefined
          slot = slot * (bounds.high - bounds.low + 1) + (index - bounds.low)
          i += 1
        }
        i -= 1
        at = { frame: inner, slot, type: type.element }
      } else {
        at = undefined
      }
    }
    return at
  }

  return {
    set(path, value) {
      const found = find(path)
      if (found === undefined) return false
      found.frame[found.slot] = fromJson(found.type, value, found.frame[found.slot])
      return true
    },
    get(path) {
      const found = find(path)
      return found === undefined ? undefined : toJson(found.type, found.frame[found.slot])
    },
    interface: [
      ...(pou.kind === 'FUNCTION' && pou.returns.kind !== 'void'
        ? [{ name: pou.name, direction: 'result' as const, type: pou.returns }]
        : []),
      ...layoutOf(pou).variables.flatMap(variable => {
        const direction = { VAR_INPUT: 'input', VAR_OUTPUT: 'output', VAR_IN_OUT: 'inOut' }[
          variable.section as string
        ] as 'input' | 'output' | 'inOut' | undefined
        return direction === undefined ? [] : [{ name: variable.name, direction, type: variable.type }]
      }),
    ],
  }
}

function behind(frame: Frame, slot: number, variable: Variable): Found | undefined {
  if (!isByReference(variable) && variable.type.kind !== 'reference') return { frame, slot, type: variable.type }
  const reference = frame[slot] as Reference | null
  return reference === null
    ? undefined
    : {
        frame: reference.frame,
        slot: reference.slot,
        type: variable.type.kind === 'reference' ? variable.type.to : variable.type,
      }
}
