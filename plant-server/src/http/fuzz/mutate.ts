/** Bodies that no honest client sends: broken JSON, wrong types, too much, too deep, and valid ones with a flaw. Drawn by a seeded generator. */
import type { TSchema } from 'typebox'

export type Draw = () => number

/** mulberry32: the same seed, the same bodies. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pick = <T>(draw: Draw, list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T

const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  -0,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '﷽'.repeat(40),
  '../../etc/passwd',
  "'; DROP TABLE user; --",
  '{{7*7}}',
  '9'.repeat(400),
  [],
  {},
  [[[[[]]]]],
  { __proto__: null, constructor: { prototype: { polluted: true } } },
  '2026-02-30T25:61:00Z',
  'x'.repeat(5000),
]

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly items?: TSchema
  readonly anyOf?: readonly TSchema[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minLength?: number
  readonly minimum?: number
}

/** A value that fits the schema, or nearly: patterns are not solved. */
function fitting(schema: TSchema, draw: Draw, depth = 0): unknown {
  const { type, properties, items, anyOf, const: constant, minLength = 0, minimum = 0 } = schema as Schema
  if (constant !== undefined) return constant
  if (anyOf !== undefined && anyOf.length > 0) return fitting(pick(draw, anyOf), draw, depth + 1)
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([name, each]) => [name, fitting(each, draw, depth + 1)]),
      )
    case 'array':
      return items === undefined || depth > 6
        ? []
        : Array.from({ length: Math.floor(draw() * 3) }, () => fitting(items, draw, depth + 1))
    case 'number':
    case 'integer':
      return minimum + Math.floor(draw() * 100)
    case 'boolean':
      return draw() < 0.5
    case 'null':
      return null
    default:
      return pick(draw, ['a', 'primary/dryer/x', 'admin', 'zh', '2026-11-25T00:00:00Z', '1']).padEnd(minLength, 'x')
  }
}

/** One place of a value replaced by something odd, or a key added or gone. */
function flawed(value: unknown, draw: Draw): unknown {
  if (Array.isArray(value) && value.length > 0 && draw() < 0.8) {
    const at = Math.floor(draw() * value.length)
    return value.map((each, index) => (index === at ? flawed(each, draw) : each))
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const names = Object.keys(value)
    const what = draw()
    if (names.length > 0 && what < 0.7) {
      const name = pick(draw, names)
      return { ...value, [name]: flawed((value as Record<string, unknown>)[name], draw) }
    }
    if (names.length > 0 && what < 0.85) {
      const { [pick(draw, names)]: _gone, ...rest } = value as Record<string, unknown>
      return rest
    }
    return { ...value, [pick(draw, ['extra', '__proto__', 'constructor', ''])]: pick(draw, ODD) }
  }
  return pick(draw, ODD)
}

export interface FuzzBody {
  readonly contentType: string
  readonly body: string | Buffer
}

const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/octet-stream',
  'image/png',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '',
  'application/json\u00e9',
]

/** @param schema of the body; undefined where the route takes none or a file */
export function fuzzBody(schema: TSchema | undefined, draw: Draw): FuzzBody {
  const json = (value: unknown): FuzzBody => ({ contentType: 'application/json', body: JSON.stringify(value) ?? '' })
  const whole = JSON.stringify(schema === undefined ? { a: 1 } : fitting(schema, draw))
  const kind = draw()
  if (kind < 0.35 && schema !== undefined) return json(flawed(fitting(schema, draw), draw))
  if (kind < 0.45) return json(pick(draw, ODD))
  // Cut short, or with a byte changed: mostly no JSON at all.
  if (kind < 0.6) return { contentType: 'application/json', body: whole.slice(0, Math.floor(draw() * whole.length)) }
  if (kind < 0.75) {
    const bytes = Buffer.from(whole)
    if (bytes.length > 0) bytes[Math.floor(draw() * bytes.length)] = Math.floor(draw() * 256)
    return { contentType: 'application/json', body: bytes }
  }
  if (kind < 0.85) {
    const bytes = Buffer.from(Array.from({ length: Math.floor(draw() * 300) }, () => Math.floor(draw() * 256)))
    return { contentType: pick(draw, CONTENT_TYPES), body: bytes }
  }
  if (kind < 0.9) return { contentType: 'application/json', body: `${'['.repeat(5000)}${']'.repeat(5000)}` }
  if (kind < 0.91) return { contentType: 'application/json', body: `"${'x'.repeat(1_200_000)}"` }
  return { contentType: pick(draw, CONTENT_TYPES), body: whole }
}
