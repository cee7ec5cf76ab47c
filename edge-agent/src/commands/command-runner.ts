/**
 * Commands of the plant server: at most once (the id is on disk before anything is done), one after the other, refused when
 * late or issued before the agent started, answered by a `command_result` in the outbox.
 */
import {
  type Clock,
  Command,
  type CommandResult,
  describe,
  type Problem,
  parseJson,
  parser,
} from '@millwright/contract'
import type { CommandRecord } from '../outbox/command-record.ts'
import type { AlarmDesk } from '../pipeline/alarm-desk.ts'
import { OWN_SOURCE } from '../pipeline/alarm-desk.ts'
import type { Inspector } from '../ports/inspector.ts'
import type { CommandOutcome, LoopRunner } from '../ports/loop-runner.ts'
import type { Source, WriteAnswer } from '../sources/source.ts'
import { failedWith, refused, type TagWriter } from './tag-writer.ts'

export interface CommandRunnerDeps {
  readonly agent: string
  readonly record: CommandRecord
  /** Resolves when the result is durable in the outbox. */
  readonly answer: (result: CommandResult) => Promise<void>
  readonly write: TagWriter
  readonly alarms: AlarmDesk
  readonly source: (id: string) => Source | undefined
  readonly loops: LoopRunner | undefined
  readonly inspector: (station: string) => Inspector | undefined
  readonly clock: Clock
  readonly startedAt: number
  readonly onProblem: (problem: Problem) => void
}

export interface CommandRunner {
  /** Takes a message as it came; never throws. */
  take(text: string): void
  /** Answers what a stop in the midst of execution left open. */
  recover(): Promise<void>
  /** Resolves when what was taken is done. */
  idle(): Promise<void>
}

const command = parser(Command)

export function createCommandRunner(deps: CommandRunnerDeps): CommandRunner {
  const { record, clock } = deps
  let queue: Promise<void> = Promise.resolve()

  const answer = async (id: string, outcome: CommandOutcome) => {
    await deps.answer({ id, t: clock.now(), ...outcome })
    record.answered(id)
  }

  const run = async (taken: Command) => {
    if (taken.agent !== deps.agent || !record.begin(taken.id, clock.now())) return
    let outcome: CommandOutcome
    try {
      outcome = timeFault(taken, clock.now(), deps.startedAt) ?? (await execute(taken, deps))
    } catch (error) {
      const problem: Problem = {
        code: 'MW-0103',
        place: taken.id,
        values: { detail: error instanceof Error ? error.message : String(error) },
      }
      deps.onProblem(problem)
      outcome = failedWith(problem)
    }
    await answer(taken.id, outcome)
  }

  return {
    take(text) {
      const parsed = parseJson(command, text, 'command')
      if (!parsed.ok) {
        for (const { place, values } of parsed.fault)
          deps.onProblem({ code: 'MW-1014', ...(place ? { place } : {}), ...(values ? { values } : {}) })
        return
      }
      queue = queue
        .then(() => run(parsed.value))
        // The disk refuses the record of it: not executed, or its answer is given at the next start.
        .catch(error => deps.onProblem({ code: 'MW-1010', place: parsed.value.id, values: { detail: String(error) } }))
    },
    async recover() {
      for (const id of record.unanswered())
        await answer(id, { status: 'failed', code: 'MW-1011', text: describe({ code: 'MW-1011' }) })
    },
    idle: () => queue,
  }
}

/** Why a command may not be executed now, if so. */
export function timeFault(
  { issuedAt, expiresAt }: Pick<Command, 'issuedAt' | 'expiresAt'>,
  now: number,
  startedAt: number,
): CommandOutcome | undefined {
  if (now > expiresAt) return refused({ code: 'MW-1005', values: { expired: new Date(expiresAt).toISOString() } })
  if (issuedAt < startedAt) return refused({ code: 'MW-1006' })
  return undefined
}

async function execute({ body, person, reason }: Command, deps: CommandRunnerDeps): Promise<CommandOutcome> {
  const unknown = (name: string) => refused({ code: 'MW-1007', values: { name } })
  switch (body.kind) {
    case 'write_tag':
      return deps.write(body.tag, body.value)
    case 'acknowledge_alarm':
      return acknowledge(body.alarm, person, reason, deps)
    case 'confirm_alarm':
      return onDevice(body.alarm, deps, (device, condition) => device.confirm?.(condition, person, reason))
    case 'shelve_alarm': {
      const ms = body.seconds === undefined ? undefined : body.seconds * 1000
      return onDevice(body.alarm, deps, (device, condition) => device.shelve?.(condition, ms))
    }
    case 'unshelve_alarm':
      return onDevice(body.alarm, deps, (device, condition) => device.unshelve?.(condition))
    case 'accept_proposal':
      return (await deps.loops?.accept(body.proposal, body.value, person)) ?? unknown(body.proposal)
    case 'reject_proposal':
      return (await deps.loops?.reject(body.proposal, person)) ?? unknown(body.proposal)
    case 'set_loop_level':
      return (await deps.loops?.setLevel(body.loop, body.level, person)) ?? unknown(body.loop)
    case 'laboratory_sample':
      return (await deps.loops?.laboratory(body.loop, body.takenAt, body.value)) ?? unknown(body.loop)
    case 'apply_recipe': {
      const inspector = deps.inspector(body.station)
      if (inspector?.applyRecipe === undefined) return unknown(body.station)
      await inspector.applyRecipe(body.recipe)
      return { status: 'done' }
    }
  }
}

async function acknowledge(
  alarm: string,
  person: string,
  reason: string,
  deps: CommandRunnerDeps,
): Promise<CommandOutcome> {
  if (deps.alarms.find(alarm)?.source === OWN_SOURCE) {
    deps.alarms.acknowledge(alarm)
    return { status: 'done' }
  }
  return onDevice(alarm, deps, (device, condition) => device.acknowledge?.(condition, person, reason))
}

/** Acts on a condition in its device; one that the device does not know, or cannot, is refused. */
async function onDevice(
  alarm: string,
  { alarms, source }: CommandRunnerDeps,
  act: (device: Source, condition: string) => Promise<WriteAnswer> | undefined,
): Promise<CommandOutcome> {
  const found = alarms.find(alarm)
  const device = found === undefined ? undefined : source(found.source)
  const answer = found && device ? await act(device, found.condition) : undefined
  if (answer === undefined) return refused({ code: 'MW-1007', values: { name: alarm } })
  switch (answer.kind) {
    case 'written':
      return { status: 'done' }
    case 'refused':
      return refused({ code: 'MW-1003', place: alarm, values: { detail: answer.detail } })
    case 'failed':
      return failedWith({ code: 'MW-1001', place: alarm, values: { detail: answer.detail } })
  }
}
