/** PLC programs as the workshop keeps them. Specification and evidence are plc-codegen's own types. */
import { type Static, Type } from 'typebox'

export const PlcProgram = Type.Object({
  id: Type.String(),
  name: Type.String(),
  version: Type.Integer(),
  st: Type.String(),
  specification: Type.Unknown(),
  evidence: Type.Unknown(),
  /** All checks and scenarios passed; what is not green is never offered as finished. */
  green: Type.Boolean(),
  author: Type.String(),
  createdAt: Type.Integer(),
  hash: Type.String(),
})
export type PlcProgram = Static<typeof PlcProgram>
