import type { PropertySymbol } from '../check/symbols.ts'
import { CALL_LIMIT, type Frame, RESULT, STEP_LIMIT } from './machine.ts'
import type { Body, Program } from './scope.ts'
import { raise } from './traps.ts'
import { structuredCopy } from './values.ts'

/** Runs a body within the limits of one scan. */
export function enter(program: Program, body: Body, frame: Frame): void {
  const { machine } = program
  machine.budget -= 1
  if (machine.budget < 0) raise({ code: 'ST704', values: { steps: STEP_LIMIT } })
  machine.depth += 1
  if (machine.depth > CALL_LIMIT) raise({ code: 'ST709', values: { depth: CALL_LIMIT } })
  const { at } = machine
  body.run(frame)
  machine.at = at
  machine.depth -= 1
}

/** Reading and writing a property run its accessors. */
export function accessProperty(program: Program, property: PropertySymbol, owner: (f: Frame) => Frame) {
  const { get, set } = property
  return {
    read: (f: Frame): unknown => {
      if (get === undefined) return raise({ code: 'ST705', values: { what: `GET ${property.name}` } })
      const body = program.bodyOf(get)
      const frame = body.create()
      frame[0] = owner(f)
      enter(program, body, frame)
      return frame[RESULT]
    },
    write: (f: Frame, value: unknown): void => {
      if (set === undefined) raise({ code: 'ST705', values: { what: `SET ${property.name}` } })
      const body = program.bodyOf(set)
      const frame = body.create()
      frame[0] = owner(f)
      frame[RESULT] = structuredCopy(value)
      enter(program, body, frame)
    },
  }
}
