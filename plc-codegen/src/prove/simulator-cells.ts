import type { PouSymbol } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import { layoutOf } from '../run/layout.ts'
import { FIRST } from '../run/machine.ts'
import type { Unit } from '../run/program.ts'
import { bitsOf } from './floats.ts'
import { shapeOf } from './symbolic/values.ts'

/** Whether gates can hold every value of a type. */
export function comparable(type: Type): boolean {
  const t = core(type)
  const shape = shapeOf(type)
  return shape.kind === 'bit' || shape.kind === 'word' || (shape.kind === 'real' && t.kind === 'elementary')
}

/** Every scalar of the simulator's memory as bits, lowest first, under the names that the model's cells bear. */
export function simulatorCells(unit: Unit): Map<string, string> {
  const found = new Map<string, string>()
  ofFrame(unit.pou, unit.frame(), '', found)
  for (const [name, variable] of unit.program.project.globals)
    at(variable.type, unit.program.machine.globals[unit.program.globals.get(name)!], variable.name, found)
  return found
}

function ofFrame(pou: PouSymbol, frame: readonly unknown[], name: string, into: Map<string, string>): void {
  layoutOf(pou).variables.forEach((variable, i) => {
    if (variable.section === 'VAR_IN_OUT' || variable.constant) return
    at(variable.type, frame[FIRST + i], name === '' ? variable.name : `${name}.${variable.name}`, into)
  })
}

function at(type: Type, value: unknown, name: string, into: Map<string, string>): void {
  const t = core(type)
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'bit':
      into.set(name, value === true ? '1' : '0')
      return
    case 'word':
      if (typeof value === 'number' || typeof value === 'bigint') into.set(name, bits(BigInt(value), shape.width))
      return
    case 'real':
      into.set(name, bits(bitsOf(Number(value), shape.format), shape.format.exponent + shape.format.precision))
      return
    case 'frame': {
      const frame = value as readonly unknown[]
      if (t.kind === 'array') for (const [i, each] of frame.entries()) at(t.element, each, `${name}[${i}]`, into)
      else if (t.kind === 'struct')
        for (const field of t.fields.values()) at(field.type, frame[field.index], `${name}.${field.name}`, into)
      else if (t.kind === 'block') ofFrame(t.pou, frame, name, into)
      return
    }
    case 'opaque':
      return
  }
}

function bits(value: bigint, width: number): string {
  return Array.from({ length: width }, (_, i) => String((value >> BigInt(i)) & 1n)).join('')
}
