/** WebSocket `/api/stream`: one JSON message a frame. */
import { type Static, Type } from 'typebox'
import { AgentStatus } from './agent.ts'
import { Alarm } from './alarm.ts'
import { ActionProposal } from './assistant.ts'
import { CommandResult } from './command.ts'
import { Forecast, Loop, SetpointProposal } from './control.ts'
import { Inspection } from './inspection.ts'
import { LiveValue } from './reading.ts'

/** Server to browser. `seq` counts frames of this connection, so that a gap can be seen. */
export const ServerMessage = Type.Union([
  Type.Object({ seq: Type.Integer(), type: Type.Literal('hello'), serverTime: Type.Integer() }),
  /** Coalesced to at most ten a second; only subscribed tags. */
  Type.Object({ seq: Type.Integer(), type: Type.Literal('values'), values: Type.Array(LiveValue) }),
  Type.Object({ seq: Type.Integer(), type: Type.Literal('alarm'), alarm: Alarm }),
  Type.Object({ seq: Type.Integer(), type: Type.Literal('inspection'), inspection: Inspection }),
  Type.Object({ seq: Type.Integer(), type: Type.Literal('forecast'), forecast: Forecast }),
  Type.Object({ seq: Type.Integer(), type: Type.Literal('loop'), loop: Loop }),
  Type.Object({ seq: Type.Integer(), type: Type.Literal('proposal'), proposal: SetpointProposal }),
  Type.Object({ seq: Type.Integer(), type: Type.Literal('command_result'), result: CommandResult }),
  Type.Object({ seq: Type.Integer(), type: Type.Literal('action_proposal'), proposal: ActionProposal }),
  /** Another plan is in force: load it again. */
  Type.Object({ seq: Type.Integer(), type: Type.Literal('plan'), plan: Type.String() }),
  Type.Object({ seq: Type.Integer(), type: Type.Literal('agent'), agent: AgentStatus }),
])
export type ServerMessage = Static<typeof ServerMessage>

/** Browser to server. A tag ending in `*` subscribes to all that begin so. */
export const ClientMessage = Type.Union([
  Type.Object({
    type: Type.Literal('subscribe'),
    tags: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 5000 }),
  }),
  Type.Object({
    type: Type.Literal('unsubscribe'),
    tags: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 5000 }),
  }),
])
export type ClientMessage = Static<typeof ClientMessage>
