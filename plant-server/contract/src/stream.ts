/** WebSocket `/api/stream`: one JSON message a frame. */
import { type Static, Type } from 'typebox'
import { AgentStatus } from './agent.ts'
import { Alarm } from './alarm.ts'
import { ActionProposal } from './assistant.ts'
import { CommandResult } from './command.ts'
import { Forecast, Loop, SetpointProposal } from './control.ts'
import { Inspection } from './inspection.ts'
import { LiveValue } from './reading.ts'

const seq = Type.Integer()
/** Number of the event in this run of the server, the same for every connection: what a connection resumes after. */
const event = Type.Optional(Type.Integer())

/** Server to browser. `seq` counts frames of this connection, so that a gap can be seen. */
export const ServerMessage = Type.Union([
  /** First on each connection. `stream` names this run of the server, `event` its newest event. */
  Type.Object({
    seq,
    type: Type.Literal('hello'),
    serverTime: Type.Integer(),
    stream: Type.Optional(Type.String()),
    event,
  }),
  /** Answer to `resume`: that many events follow, or null: too much has been missed, read everything again. */
  Type.Object({ seq, type: Type.Literal('resumed'), missed: Type.Union([Type.Integer(), Type.Null()]) }),
  /** The newest value of each subscribed tag that changed; at most twenty frames a second, fewer for a slow reader. */
  Type.Object({ seq, type: Type.Literal('values'), values: Type.Array(LiveValue) }),
  Type.Object({ seq, event, type: Type.Literal('alarm'), alarm: Alarm }),
  Type.Object({ seq, event, type: Type.Literal('inspection'), inspection: Inspection }),
  Type.Object({ seq, event, type: Type.Literal('forecast'), forecast: Forecast }),
  Type.Object({ seq, event, type: Type.Literal('loop'), loop: Loop }),
  Type.Object({ seq, event, type: Type.Literal('proposal'), proposal: SetpointProposal }),
  Type.Object({ seq, event, type: Type.Literal('command_result'), result: CommandResult }),
  Type.Object({ seq, event, type: Type.Literal('action_proposal'), proposal: ActionProposal }),
  /** Another plan is in force: load it again. */
  Type.Object({ seq, event, type: Type.Literal('plan'), plan: Type.String() }),
  Type.Object({ seq, event, type: Type.Literal('agent'), agent: AgentStatus }),
])
export type ServerMessage = Static<typeof ServerMessage>

const tags = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 5000 })
/** `lines/AGENT`: all tags of an agent; `equipment/ID`: all of one equipment, now and as it gets new ones. */
const pages = Type.Optional(
  Type.Array(Type.String({ pattern: '^(lines|equipment)/.{1,150}$', maxLength: 200 }), { maxItems: 100 }),
)

/** Browser to server. In a tag `*` stands for any characters. */
export const ClientMessage = Type.Union([
  /** Newest values at once, then each change. */
  Type.Object({ type: Type.Literal('subscribe'), tags, pages }),
  Type.Object({ type: Type.Literal('unsubscribe'), tags, pages }),
  /** After a cut: the events since `event` of the run `stream`. */
  Type.Object({ type: Type.Literal('resume'), stream: Type.String({ maxLength: 100 }), event: Type.Integer() }),
  /** Everything up to `seq` is on the screen. Who says so gets no more values than it shows. */
  Type.Object({ type: Type.Literal('seen'), seq: Type.Integer() }),
])
export type ClientMessage = Static<typeof ClientMessage>
