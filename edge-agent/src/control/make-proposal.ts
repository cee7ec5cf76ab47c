/** From a wished change to a proposal that the guard would let through, with its reasons. Pure. */
import type { Forecast, LocalText, Reason, SetpointProposal } from '@millwright/contract'
import type { LoopConfig } from './config.ts'
import type { PiChange, PiInput } from './feed-forward-pi.ts'
import { fillRounded, proposalReasons } from './texts.ts'

export interface ProposalInput {
  readonly id: string
  readonly config: LoopConfig
  /** Full names. */
  readonly targetName: LocalText
  readonly targetUnit: string
  readonly output: string
  readonly unit: string
  readonly current: number
  readonly change: PiChange
  readonly pi: PiInput
  readonly disturbanceChange: number
  readonly forecast: Forecast
  /** Change of the farthest forecast per unit of the output. */
  readonly effect: number
}

/**
 * Share of the guard's step that a proposal uses: until a person accepts it, the machine's own controller may move the
 * output, and the guard judges the step from where it stands then.
 */
const SHARE_OF_STEP = 0.8

/** undefined where the change is too small to trouble a person with. */
export function makeProposal(input: ProposalInput): SetpointProposal | undefined {
  const { config, change, current } = input
  const { low, high, maxStep } = config.guard
  const { deadband, resolution } = config.controller
  const reach = SHARE_OF_STEP * maxStep
  const step = Math.max(-reach, Math.min(reach, change.total))
  const limited = Math.max(low, Math.min(high, current + step))
  const proposed = roundTo(limited, resolution)
  if (Math.abs(proposed - current) < Math.max(deadband, resolution / 2)) return undefined

  const forecastNow = input.forecast.points.at(-1)!.y
  const forecastThen = forecastNow + input.effect * (proposed - current)
  const reasons: Reason[] = []
  const say = (code: keyof typeof proposalReasons, values: Reason['values']) =>
    reasons.push({ code, text: fillRounded(proposalReasons[code], { ...values, target: input.targetName }), values })
  say('error', { error: -input.pi.error, unit: input.targetUnit })
  if (change.forward !== 0)
    say('forward', { change: input.disturbanceChange, amount: change.forward, unit: input.unit })
  say('forecast', { now: forecastNow, changed: forecastThen, unit: input.targetUnit })
  if (Math.abs(limited - (current + change.total)) > resolution) say('limited', {})
  return {
    id: input.id,
    loop: config.id,
    output: input.output,
    t: input.pi.now,
    expiresAt: input.pi.now + config.expiresS * 1000,
    current,
    proposed,
    unit: input.unit,
    forecastNow,
    forecastThen,
    state: 'open',
    reasons,
    refusals: [],
  }
}

/** Rounded to a multiple of `resolution`, without the tail that floating point leaves. */
const roundTo = (value: number, resolution: number) => Number((Math.round(value / resolution) * resolution).toFixed(9))
