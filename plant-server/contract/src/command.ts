/**
 * Commands from the plant server to an agent. Executed at most once; refused when late or when issued before the
 * agent started; answered by a `command_result` item with the read-back. Only the server's own identity may publish them.
 */
import { type Static, Type } from 'typebox'
import { LoopLevel } from './control.ts'
import { Recipe } from './recipe.ts'
import { Role } from './session.ts'
import { TagName } from './tag.ts'
import { LocalText } from './text.ts'

export const CommandBody = Type.Union([
  /** Through the guard, then written and read back. */
  Type.Object({ kind: Type.Literal('write_tag'), tag: TagName, value: Type.Union([Type.Number(), Type.Boolean()]) }),
  /** `value` replaces the proposed one; the guard judges again at the time of writing. */
  Type.Object({
    kind: Type.Literal('accept_proposal'),
    proposal: Type.String(),
    value: Type.Optional(Type.Number()),
  }),
  Type.Object({ kind: Type.Literal('reject_proposal'), proposal: Type.String() }),
  Type.Object({ kind: Type.Literal('acknowledge_alarm'), alarm: Type.String() }),
  /** OPC 10000-9, 5.7.4: what the alarm asked for has been done. Devices without confirmation refuse. */
  Type.Object({ kind: Type.Literal('confirm_alarm'), alarm: Type.String() }),
  /** Set aside for `seconds`; without them until the alarm returns to normal (OPC 10000-9, 5.8.17). */
  Type.Object({
    kind: Type.Literal('shelve_alarm'),
    alarm: Type.String(),
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 604_800 })),
  }),
  Type.Object({ kind: Type.Literal('unshelve_alarm'), alarm: Type.String() }),
  Type.Object({ kind: Type.Literal('set_loop_level'), loop: Type.String(), level: LoopLevel }),
  /** What an oven says of leaf taken at the loop's target at a time: corrects the meter's offset in all that is foretold. */
  Type.Object({
    kind: Type.Literal('laboratory_sample'),
    loop: Type.String(),
    takenAt: Type.Integer(),
    value: Type.Number(),
  }),
  Type.Object({ kind: Type.Literal('apply_recipe'), station: Type.String(), recipe: Recipe }),
])
export type CommandBody = Static<typeof CommandBody>

export const Command = Type.Object({
  id: Type.String(),
  agent: Type.String(),
  body: CommandBody,
  person: Type.String(),
  role: Role,
  reason: Type.String(),
  issuedAt: Type.Integer(),
  expiresAt: Type.Integer(),
})
export type Command = Static<typeof Command>

export const CommandStatus = Type.Union([
  Type.Literal('sent'),
  Type.Literal('done'),
  /** Guard, machine, lateness or restart said no. */
  Type.Literal('refused'),
  Type.Literal('failed'),
])
export type CommandStatus = Static<typeof CommandStatus>

export const CommandResult = Type.Object({
  id: Type.String(),
  status: CommandStatus,
  t: Type.Integer(),
  /** Problem code and text where the status is refused or failed. */
  code: Type.Optional(Type.String()),
  text: Type.Optional(LocalText),
  before: Type.Optional(Type.Union([Type.Number(), Type.Boolean(), Type.String()])),
  readBack: Type.Optional(Type.Union([Type.Number(), Type.Boolean(), Type.String()])),
})
export type CommandResult = Static<typeof CommandResult>
