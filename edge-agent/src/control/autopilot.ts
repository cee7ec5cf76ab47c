/** A closed loop at work: writes what the controller decides through the guard, tells each move and its reason, trips to the machine. */
import type { Forecast, LocalText, Reading, Reason, SetpointProposal } from '@millwright/contract'
import { tagOf } from '@millwright/contract'
import type { TrackedDryer } from '../moisture/tracking/model.ts'
import type { LoopPorts } from '../ports/loop-runner.ts'
import { createClosedLoop, type TripCause } from './closed-loop.ts'
import type { LoopConfig } from './config.ts'
import type { Corrected, LaboratoryRefusal } from './laboratory.ts'
import { fillRounded, loopAlarm, proposalReasons, trips } from './texts.ts'

export interface LoopAutopilot {
  onReading(reading: Reading): void
  /** True: the loop has tripped and must leave level closed. */
  tick(now: number, closed: boolean): Promise<boolean>
  begin(): void
  /** It has followed the line long enough to act; until then the machine keeps the loop. */
  ready(): boolean
  /** A laboratory value of the target; the meter's offset before and after, or why it says nothing. */
  laboratory(takenAt: number, value: number): Corrected | LaboratoryRefusal
  /** Fan of the tracked dryer. */
  forecast(at: number): Forecast | undefined
}

export interface AutopilotDeps {
  readonly agent: string
  readonly config: LoopConfig
  readonly model: TrackedDryer
  readonly ports: LoopPorts
  readonly newId: () => string
  readonly unit: string
  readonly nameOf: (tag: string) => LocalText
}

export function createLoopAutopilot({
  agent,
  config,
  model,
  ports,
  newId,
  unit,
  nameOf,
}: AutopilotDeps): LoopAutopilot | undefined {
  const loop = createClosedLoop(agent, config, model, nameOf)
  if (loop === undefined) return undefined
  const output = tagOf(agent, config.output)
  const alarmName = `loop.${config.id}.tripped`
  const causeText = (cause: TripCause): LocalText => ({
    zh: loopAlarm.zh.replace('{loop}', config.id).replace('{cause}', trips[cause].zh),
    en: loopAlarm.en.replace('{loop}', config.id).replace('{cause}', trips[cause].en),
  })
  let tripText: LocalText | undefined

  return {
    onReading: loop.onReading,
    forecast: loop.forecast,
    laboratory: loop.laboratory,
    ready: () => loop.tracker.ready(),
    begin() {
      loop.begin()
      if (tripText !== undefined) ports.alarm?.(alarmName, 'return', tripText)
      tripText = undefined
    },
    async tick(now, closed) {
      const step = loop.tick(now, closed)
      for (const { finding, input, message } of loop.findings())
        ports.alarm?.(`equipment.${config.id}.${finding}`, input, message)
      switch (step.do) {
        case 'wait':
          return false
        case 'trip':
          tripText = causeText(step.cause)
          ports.alarm?.(alarmName, 'raise', tripText)
          return true
        case 'write': {
          const { resolution } = config.controller
          // Rounded towards what stands, so that the largest step stays the largest step.
          const whole = step.move.output > step.current ? Math.floor : Math.ceil
          const wished = Number((whole(step.move.output / resolution) * resolution).toFixed(9))
          const proposed = Math.max(config.guard.low, Math.min(config.guard.high, wished))
          const outcome = await ports.write(output, proposed)
          const done = outcome.status === 'done' && typeof outcome.readBack === 'number'
          loop.written(done)
          const values = { now: step.move.without, changed: step.move.with, unit: '%' }
          const reasons: Reason[] = [
            { code: 'predictive', text: fillRounded(proposalReasons.predictive, values), values },
          ]
          const told: SetpointProposal = {
            id: newId(),
            loop: config.id,
            output,
            t: now,
            expiresAt: now,
            current: step.current,
            proposed,
            unit,
            forecastNow: step.move.without,
            forecastThen: step.move.with,
            state: done ? 'written' : 'refused',
            reasons,
            refusals: done ? [] : [{ code: outcome.code ?? 'failed', text: outcome.text ?? trips.refused, values: {} }],
            ...(done ? { readBack: outcome.readBack as number } : {}),
          }
          await ports.emit({ kind: 'proposal', body: told })
          return false
        }
      }
    },
  }
}
