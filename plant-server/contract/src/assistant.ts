/** The assistant: answers whose figures name their tool result, effects only as proposals. */
import { type Static, Type } from 'typebox'
import { Citation } from './knowledge.ts'
import { Role } from './session.ts'
import { Lang, LocalText } from './text.ts'

/** Something the assistant or a page would do; a person with one of the roles approves it, once, before it expires. */
export const ActionProposal = Type.Object({
  id: Type.String(),
  kind: Type.Unsafe<'publish_plan' | 'save_plc_program' | 'write_tag'>(
    Type.Union(['publish_plan', 'save_plc_program', 'write_tag'].map(kind => Type.Literal(kind))),
  ),
  title: LocalText,
  summary: LocalText,
  roles: Type.Array(Role),
  createdBy: Type.String(),
  createdAt: Type.Integer(),
  expiresAt: Type.Integer(),
  /** SHA-256 over kind and payload: what is approved is what was shown. */
  hash: Type.String(),
  state: Type.Unsafe<'open' | 'approved' | 'rejected' | 'expired' | 'failed'>(
    Type.Union(['open', 'approved', 'rejected', 'expired', 'failed'].map(state => Type.Literal(state))),
  ),
  /** publish_plan: {planId, diff: PlanDiff}; save_plc_program: {name, st, specification, evidence}; write_tag: {tag, value}. */
  payload: Type.Unknown(),
  outcome: Type.Optional(LocalText),
})
export type ActionProposal = Static<typeof ActionProposal>

export const ToolCall = Type.Object({
  name: Type.String(),
  arguments: Type.Record(Type.String(), Type.Unknown()),
  ok: Type.Boolean(),
  /** The tool's result, for cards and for checking the prose. */
  result: Type.Optional(Type.Unknown()),
})
export type ToolCall = Static<typeof ToolCall>

export const Answer = Type.Object({
  answer: Type.String(),
  lang: Lang,
  /** `rules`, or `llm:<model name>`. */
  engine: Type.String(),
  tools: Type.Array(ToolCall),
  citations: Type.Array(Citation),
  proposals: Type.Array(ActionProposal),
  /** Sentences taken out because a figure or claim had no tool result or citation behind it. */
  struck: Type.Array(Type.String()),
  /** Problem code where the question was refused. */
  refused: Type.Optional(Type.String()),
  ms: Type.Number(),
})
export type Answer = Static<typeof Answer>
