/** A PLC draft as the plant server sends it (plc-codegen's Draft as JSON), parsed where it enters. */
import { LocalText, parser } from '@millwright/contract'
import { type Static, Type } from 'typebox'

const Named = Type.Object({ text: LocalText })

export const SpecificationShape = Type.Object({
  id: Type.String(),
  title: LocalText,
  signals: Type.Array(
    Type.Object({
      name: Type.String(),
      type: Type.String(),
      direction: Type.String(),
      address: Type.Optional(Type.String()),
      unit: Type.Optional(Type.String()),
      comment: LocalText,
    }),
  ),
  parameters: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String(),
        type: Type.String(),
        value: Type.Union([Type.Number(), Type.Boolean(), Type.String()]),
        unit: Type.Optional(Type.String()),
        comment: LocalText,
      }),
    ),
  ),
  states: Type.Optional(Type.Array(Named)),
  interlocks: Type.Optional(Type.Array(Named)),
  timings: Type.Optional(Type.Array(Named)),
  alarms: Type.Optional(Type.Array(Named)),
  /** What the request left open: to be confirmed by the engineer. */
  assumptions: Type.Optional(Type.Array(Named)),
})
export type SpecificationShape = Static<typeof SpecificationShape>

export const DiagnosticShape = Type.Object({
  line: Type.Integer(),
  column: Type.Integer(),
  endLine: Type.Optional(Type.Integer()),
  endColumn: Type.Optional(Type.Integer()),
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('notice')]),
  message: Type.String(),
  remedy: Type.String(),
})
export type DiagnosticShape = Static<typeof DiagnosticShape>

export const DraftShape = Type.Object({
  st: Type.String(),
  specification: SpecificationShape,
  diagnostics: Type.Array(DiagnosticShape),
  scenarios: Type.Array(
    Type.Object({
      id: Type.String(),
      title: LocalText,
      passed: Type.Boolean(),
      failure: Type.Optional(Type.Unknown()),
    }),
  ),
  chart: Type.Object({
    t_ms: Type.Array(Type.Number()),
    signals: Type.Record(Type.String(), Type.Array(Type.Union([Type.Boolean(), Type.Number(), Type.String()]))),
  }),
  evidence: Type.Record(Type.String(), Type.Unknown()),
  green: Type.Boolean(),
  /** Words of the request that were not carried out. */
  notes: Type.Optional(Type.Array(LocalText)),
})
export type DraftShape = Static<typeof DraftShape>

const notes = parser(Type.Object({ notes: Type.Array(LocalText) }))
/** What is missing in words that gave no draft. */
export function readNotes(value: unknown): readonly LocalText[] {
  const parsed = notes.parse(value)
  return parsed.ok ? parsed.value.notes : []
}

const draft = parser(DraftShape)
/** undefined where it is no draft. */
export function readDraft(value: unknown): DraftShape | undefined {
  const parsed = draft.parse(value)
  return parsed.ok ? parsed.value : undefined
}
