/**
 * What leaves an edge agent: items of its outbox, each with a 64-bit sequence of its own. An item is forgotten only when
 * the plant server confirms that it is stored, by (agent, sequence); storing an item twice is harmless.
 * A new outbox starts at `ms since 1970 * 1000`, so that sequences never repeat, even after a lost disk.
 */
import { type Static, Type } from 'typebox'
import { AlarmEvent } from './alarm.ts'
import { CommandResult } from './command.ts'
import { Forecast, Loop, SetpointProposal } from './control.ts'
import { InspectionEvent } from './inspection.ts'

/** Integer below 2^53: JSON numbers carry it exactly. */
export const Sequence = Type.Integer({ minimum: 0 })

/** Items other than readings; readings travel as Sparkplug DDATA. */
export const EventItem = Type.Union([
  Type.Object({ seq: Sequence, kind: Type.Literal('inspection'), body: InspectionEvent }),
  Type.Object({ seq: Sequence, kind: Type.Literal('alarm'), body: AlarmEvent }),
  Type.Object({ seq: Sequence, kind: Type.Literal('forecast'), body: Forecast }),
  Type.Object({ seq: Sequence, kind: Type.Literal('proposal'), body: SetpointProposal }),
  Type.Object({ seq: Sequence, kind: Type.Literal('loop'), body: Loop }),
  Type.Object({ seq: Sequence, kind: Type.Literal('command_result'), body: CommandResult }),
])
export type EventItem = Static<typeof EventItem>

/** Server to agent. `stored`: inclusive ranges that may be forgotten; `rejected`: never to be stored, set aside and counted. */
export const Confirmation = Type.Object({
  stored: Type.Array(Type.Tuple([Sequence, Sequence])),
  rejected: Type.Array(Type.Object({ seq: Sequence, code: Type.String(), message: Type.String() })),
})
export type Confirmation = Static<typeof Confirmation>
