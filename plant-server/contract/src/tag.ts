/** Tags: names, units, ranges and where they come from. */
import { type Static, Type } from 'typebox'
import { LocalText } from './text.ts'

export const Quality = Type.Union([Type.Literal('good'), Type.Literal('uncertain'), Type.Literal('bad')])
export type Quality = Static<typeof Quality>

export const SourceKind = Type.Union([
  Type.Literal('opcua'),
  Type.Literal('modbus'),
  Type.Literal('camera'),
  Type.Literal('agent'),
  Type.Literal('model'),
])
export type SourceKind = Static<typeof SourceKind>

export const ValueType = Type.Union([
  Type.Literal('float'),
  Type.Literal('int'),
  Type.Literal('boolean'),
  Type.Literal('string'),
])
export type ValueType = Static<typeof ValueType>

/** Full name: agent, then the name in the agent's file, e.g. `primary/dryer/outlet_moisture`. Lower case, digits, `_`, `-`, `/`. */
export const TagName = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]*(/[a-z0-9_-]+)+$', maxLength: 200 })

export const Range = Type.Object({ low: Type.Number(), high: Type.Number() })
export type Range = Static<typeof Range>

/** Alarm and warning limits in the tag's unit. */
export const Limits = Type.Object({
  lolo: Type.Optional(Type.Number()),
  lo: Type.Optional(Type.Number()),
  hi: Type.Optional(Type.Number()),
  hihi: Type.Optional(Type.Number()),
})
export type Limits = Static<typeof Limits>

/** What is known of a tag; travels in the agent's birth certificate. */
export const TagDefinition = Type.Object({
  tag: TagName,
  agent: Type.String(),
  /** Sparkplug device: the agent's source that brings the tag. */
  device: Type.String(),
  source: SourceKind,
  type: ValueType,
  /** UCUM-like unit as shown to people; empty for none. */
  unit: Type.String(),
  description: LocalText,
  /** Engineering range. */
  range: Type.Optional(Range),
  limits: Type.Optional(Limits),
  /** Present where the tag may be written through the guard: the absolute limits of a write. */
  writable: Type.Optional(Range),
  /** ISA-95 equipment id that the tag belongs to. */
  equipment: Type.Optional(Type.String()),
})
export type TagDefinition = Static<typeof TagDefinition>

/** Name without the agent: the Sparkplug metric name. */
export const metricOf = (tag: string): string => tag.slice(tag.indexOf('/') + 1)
export const agentOf = (tag: string): string => tag.slice(0, tag.indexOf('/'))
export const tagOf = (agent: string, metric: string): string => `${agent}/${metric}`

/**
 * Does a tag's name fit `pattern`, in which `*` stands for any characters, slashes too? Without one only the name itself.
 * Time grows with the lengths, never worse.
 */
export function tagMatcher(pattern: string): (tag: string) => boolean {
  const parts = pattern.split('*')
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return tag => tag === pattern
  const middle = parts.slice(1, -1).filter(part => part !== '')
  return tag => {
    if (!tag.startsWith(first) || !tag.endsWith(last) || tag.length < first.length + last.length) return false
    let at = first.length
    const end = tag.length - last.length
    for (const part of middle) {
      const found = tag.indexOf(part, at)
      if (found < 0 || found + part.length > end) return false
      at = found + part.length
    }
    return true
  }
}
