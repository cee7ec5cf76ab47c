import { memberOf } from '../check/symbols.ts'
import { core, isWide, type Type } from '../check/types.ts'
import { numberTo } from './convert-value.ts'
import { layoutOf } from './layout.ts'
import { parseDuration } from './library/text.ts'
import type { Frame } from './machine.ts'

/** A value as JSON: integers beyond 2^53 and what is no finite number as strings, times in milliseconds. */
export function toJson(type: Type, value: unknown): unknown {
  const t = core(type)
  switch (t.kind) {
    case 'array':
      return nest(t, value as Frame, 0, 0).value
    case 'struct':
      return Object.fromEntries(
        [...t.fields.values()].map(field => [field.name, toJson(field.type, (value as Frame)[field.index])]),
      )
    case 'block': {
      const frame = value as Frame
      const { slots, variables } = layoutOf(t.pou)
      return Object.fromEntries(
        variables
          .filter(each => each.section !== 'VAR_IN_OUT')
          .map(each => [each.name, toJson(each.type, frame[slots.get(each.name.toUpperCase())!])]),
      )
    }
    default:
  }
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : String(value)
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value === 'object') return value === null ? null : 'reference'
  return value
}

function nest(
  type: Extract<Type, { kind: 'array' }>,
  flat: Frame,
  dimension: number,
  from: number,
): { value: unknown[]; next: number } {
  const bounds = type.dimensions[dimension]
  const count = bounds === undefined ? 0 : bounds.high - bounds.low + 1
  const last = dimension === type.dimensions.length - 1
  const value: unknown[] = []
  let next = from
  for (let i = 0; i < count; i += 1) {
    if (last) {
      value.push(toJson(type.element, flat[next]))
      next += 1
    } else {
      const inner = nest(type, flat, dimension + 1, next)
      value.push(inner.value)
      next = inner.next
    }
  }
  return { value, next }
}

/** JSON as a value of the type; aggregates are filled in place, as far as the JSON reaches. */
export function fromJson(type: Type, json: unknown, held: unknown): unknown {
  const t = core(type)
  switch (t.kind) {
    case 'array': {
      const flat = held as Frame
      const values = t.dimensions.length > 1 && Array.isArray(json) ? json.flat(t.dimensions.length - 1) : json
      if (Array.isArray(values))
        for (let i = 0; i < Math.min(flat.length, values.length); i += 1)
          flat[i] = fromJson(t.element, values[i], flat[i])
      return flat
    }
    case 'struct': {
      const frame = held as Frame
      if (typeof json === 'object' && json !== null) {
        for (const [key, value] of Object.entries(json)) {
          const field = t.fields.get(key.toUpperCase())
          if (field !== undefined) frame[field.index] = fromJson(field.type, value, frame[field.index])
        }
      }
      return frame
    }
    case 'block': {
      const frame = held as Frame
      if (typeof json === 'object' && json !== null) {
        for (const [key, value] of Object.entries(json)) {
          const variable = memberOf(t.pou, key.toUpperCase())
          const slot = layoutOf(t.pou).slots.get(key.toUpperCase())
          if (variable !== undefined && slot !== undefined) frame[slot] = fromJson(variable.type, value, frame[slot])
        }
      }
      return frame
    }
    case 'string':
      return String(json ?? '').slice(0, t.length)
    case 'enum':
      return typeof json === 'string'
        ? (t.values.get(json.toUpperCase().replace(/^.*[#.]/, ''))?.value ?? Number(json))
        : Number(json)
    case 'elementary': {
      if (t.class === 'bool')
        return typeof json === 'string'
          ? /^(?:true|1)$/i.test(json)
          : json === true || (typeof json === 'number' && json !== 0)
      if (t.class === 'char') return String(json)
      if (t.class === 'real') return numberTo(t, Number(json))
      if (/^l?(?:time|date|tod|dt)$/.test(t.class))
        return typeof json === 'string' ? parseDuration(json) : Number(json ?? 0)
      if (typeof json === 'string' && /^-?\d+$/.test(json)) return numberTo(t, BigInt(json))
      if (isWide(t)) return numberTo(t, BigInt(Math.trunc(Number(json) || 0)))
      return numberTo(t, Math.trunc(Number(json) || 0))
    }
    default:
      return json ?? null
  }
}
