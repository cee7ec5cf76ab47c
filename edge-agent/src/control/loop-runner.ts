/** All loops of an agent behind the agent's port: emits what they say, carries out what people decide. */
import { type LocalText, type LoopLevel, type Reason, type SetpointProposal, tagOf } from '@millwright/contract'
import type { SoftSensorFile } from '../moisture/model-file.ts'
import type { TrackedDryer } from '../moisture/tracking/model.ts'
import type { CommandOutcome, LoopPorts, LoopRunner } from '../ports/loop-runner.ts'
import { createLoopAutopilot, type LoopAutopilot } from './autopilot.ts'
import type { LoopConfig } from './config.ts'
import { createLoop, type RunningLoop } from './loop.ts'
import { laboratoryRefusals, outcomes } from './texts.ts'

export interface LoopRunnerDeps {
  readonly agent: string
  readonly loops: readonly {
    readonly config: LoopConfig
    readonly sensor: SoftSensorFile
    /** Of a loop that is commissioned for closed loop. */
    readonly tracked?: TrackedDryer
  }[]
  readonly ports: LoopPorts
  /** Levels as people set them last; survives a restart. */
  readonly levels: {
    read(): Readonly<Record<string, LoopLevel>>
    write(levels: Readonly<Record<string, LoopLevel>>): void
  }
  readonly newId: () => string
  readonly unitOf: (tag: string) => string
  /** What people call a tag. */
  readonly nameOf: (tag: string) => LocalText
}

export function createLoopRunner({ agent, loops, ports, levels, newId, unitOf, nameOf }: LoopRunnerDeps): LoopRunner {
  const stored = levels.read()
  const running: {
    config: LoopConfig
    loop: RunningLoop
    autopilot: LoopAutopilot | undefined
    heartbeat: number
    beatAt: number
  }[] = loops.map(({ config, sensor, tracked }) => {
    const unit = unitOf(tagOf(agent, config.output))
    const autopilot =
      tracked === undefined
        ? undefined
        : createLoopAutopilot({ agent, config, model: tracked, ports, newId, unit, nameOf })
    const level = stored[config.id] ?? config.level
    const foresee = autopilot === undefined ? {} : { foresee: autopilot.forecast }
    const loop = createLoop({ agent, config, sensor, level, newId, unitOf, nameOf, ...foresee })
    return { config, loop, autopilot, heartbeat: 0, beatAt: Number.NEGATIVE_INFINITY }
  })
  let announced = false

  const tell = async (proposals: readonly SetpointProposal[]) => {
    for (const body of proposals) await ports.emit({ kind: 'proposal', body })
  }
  const refused = (code: string, text: LocalText): CommandOutcome => ({ status: 'refused', code, text })

  /** A living controller is known by a changing counter; at level monitor it claims nothing. */
  const beat = async (each: (typeof running)[number], now: number) => {
    const { heartbeat } = each.config
    if (heartbeat === undefined || each.loop.level() === 'monitor' || now - each.beatAt < heartbeat.everyS * 1000)
      return
    // A controller that cannot act yet claims nothing.
    if (each.loop.level() === 'closed' && each.autopilot?.ready() !== true) return
    each.beatAt = now
    each.heartbeat = (each.heartbeat + 1) % 60_000
    await ports.write(tagOf(agent, heartbeat.tag), each.heartbeat)
  }

  const changeLevel = async (each: (typeof running)[number], level: LoopLevel) => {
    each.loop.setLevel(level)
    levels.write(Object.fromEntries(running.map(one => [one.config.id, one.loop.level()])))
    await ports.emit({ kind: 'loop', body: each.loop.describe() })
  }

  return {
    onReading(reading) {
      for (const { loop, autopilot } of running) {
        loop.onReading(reading)
        autopilot?.onReading(reading)
      }
    },
    async tick(now) {
      if (!announced) {
        announced = true
        for (const { loop } of running) await ports.emit({ kind: 'loop', body: loop.describe() })
      }
      for (const each of running) {
        const tripped = (await each.autopilot?.tick(now, each.loop.level() === 'closed')) ?? false
        // The machine's own controller takes over as soon as the heartbeat stops.
        if (tripped) await changeLevel(each, 'monitor')
        const { forecast, proposals } = each.loop.tick(now)
        if (forecast !== undefined) await ports.emit({ kind: 'forecast', body: forecast })
        await tell(proposals)
        await beat(each, now)
      }
    },
    loops: () => running.map(({ loop }) => loop.describe()),
    async accept(id, value, person) {
      const found = running.find(({ loop }) => loop.find(id) !== undefined)
      const proposal = found?.loop.find(id)
      if (found === undefined || proposal === undefined) return undefined
      const accepted = found.loop.decide(id, person, 'accepted', ports.now())
      if (accepted === undefined) return refused('MW-2009', outcomes.decided)
      await tell(accepted)
      const outcome = await ports.write(proposal.output, value ?? proposal.proposed)
      const written = outcome.status === 'done' && typeof outcome.readBack === 'number'
      const settled = written ? { written: outcome.readBack as number } : { refusals: [reasonOf(outcome)] }
      await tell(found.loop.settle(id, settled, ports.now()))
      return outcome
    },
    async reject(id, person) {
      const found = running.find(({ loop }) => loop.find(id) !== undefined)
      if (found === undefined) return undefined
      const rejected = found.loop.decide(id, person, 'rejected', ports.now())
      if (rejected === undefined) return refused('MW-2009', outcomes.decided)
      await tell(rejected)
      return { status: 'done' }
    },
    async laboratory(id, takenAt, value) {
      const found = running.find(({ config }) => config.id === id)
      if (found === undefined) return undefined
      const taken = found.autopilot?.laboratory(takenAt, value) ?? 'not_tracked'
      if (typeof taken === 'string') return refused('MW-1008', laboratoryRefusals[taken])
      return { status: 'done', before: taken.before, readBack: taken.after }
    },
    async setLevel(id, level) {
      const found = running.find(({ config }) => config.id === id)
      if (found === undefined) return undefined
      // Only a loop whose predictive control was commissioned has what closing it needs.
      if (level === 'closed' && found.autopilot === undefined) return refused('MW-1008', outcomes.notCommissioned)
      if (level === 'closed') found.autopilot?.begin()
      await changeLevel(found, level)
      return { status: 'done' }
    },
  }
}

function reasonOf({ code, text }: CommandOutcome): Reason {
  return { code: code ?? 'failed', text: text ?? outcomes.failed, values: {} }
}
