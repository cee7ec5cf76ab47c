/**
 * Watches the dryer itself, and says with evidence what maintenance should look at. Each finding has two thresholds, so that it does
 * not flutter; sums are exponential means, so that a disturbance of minutes is no finding. Limits stand well outside what a sound
 * dryer shows: heat transfer wanders by 2 % within 20 minutes, of which a mean over 30 leaves 1.3 %. Pure.
 */
import type { LocalText } from '@millwright/contract'
import { fillRounded, findings } from './texts.ts'

export type Finding = keyof typeof findings
export const FINDINGS = Object.keys(findings) as readonly Finding[]

export interface EquipmentSample {
  /** Logarithm of heat transfer against what was fitted; NaN where it is not known. */
  readonly heatTransfer: number
  /** Outlet meter above what the balance of water expects, %; NaN where it is not known. */
  readonly meterAbove: number
  /** Steam: setpoint behind the lag of its valve, and measured, bar; NaN where it is not known. */
  readonly steamExpected: number
  readonly steam: number
  /** Signals that always have noise, as last sampled; NaN where there is no leaf or no good value. */
  readonly noisy: Readonly<Record<string, number>>
}

export interface FindingChange {
  readonly finding: Finding
  readonly input: 'raise' | 'return'
  readonly message: LocalText
}

export interface EquipmentWatch {
  /** @returns what has come or gone with this sample */
  take(sample: EquipmentSample, stepS: number): FindingChange[]
  standing(): readonly Finding[]
}

const HEAT_S = 1800
const FOULED = { raise: -0.045, return: -0.025 }
const METER_S = 300
const OFF = { raise: 0.3, return: 0.15 }
/** The mean that holds a finding back until it has seen so many of its own times. */
const RIPE = 1
/** Farther than this from where a sound valve would be, bar, for so long, s. */
const STICKS = { off: 0.06, forS: 60, returnS: 600 }
const FROZEN_S = 120

export function createEquipmentWatch(nameOf: (signal: string) => LocalText): EquipmentWatch {
  const heat = meanOf(HEAT_S)
  const meter = meanOf(METER_S)
  const standing = new Set<Finding>()
  const still = new Map<string, { value: number; forS: number }>()
  let stuckS = 0
  let soundS = 0

  const judge = (finding: Finding, bad: boolean, well: boolean, message: () => LocalText): FindingChange[] => {
    const stands = standing.has(finding)
    if (!stands && bad) standing.add(finding)
    else if (stands && well) standing.delete(finding)
    else return []
    return [{ finding, input: stands ? 'return' : 'raise', message: message() }]
  }

  return {
    standing: () => [...standing],
    take({ heatTransfer, meterAbove, steamExpected, steam, noisy }, stepS) {
      heat.take(heatTransfer, stepS)
      meter.take(meterAbove, stepS)
      const off = Math.abs(steam - steamExpected)
      if (off > STICKS.off) {
        stuckS += stepS
        soundS = 0
      } else if (off <= STICKS.off / 2) {
        soundS += stepS
        stuckS = 0
      }
      const frozen = Object.entries(noisy).flatMap(([name, value]) => {
        const before = still.get(name)
        const forS = before !== undefined && before.value === value ? before.forS + stepS : 0
        still.set(name, { value, forS })
        return forS >= FROZEN_S ? [name] : []
      })
      const share = Math.expm1(heat.value())
      return [
        ...judge('fouling', heat.ripe() && heat.value() < FOULED.raise, heat.value() > FOULED.return, () =>
          fillRounded(findings.fouling, { share: -100 * share, minutes: HEAT_S / 60 }),
        ),
        ...judge(
          'meter_off',
          meter.ripe() && Math.abs(meter.value()) > OFF.raise,
          Math.abs(meter.value()) < OFF.return,
          () => fillRounded(findings.meter_off, { off: meter.value(), minutes: METER_S / 60 }),
        ),
        ...judge('valve_sticks', stuckS >= STICKS.forS, soundS >= STICKS.returnS, () =>
          fillRounded(findings.valve_sticks, { expected: steamExpected, measured: steam, seconds: STICKS.forS }),
        ),
        ...judge('frozen', frozen.length > 0, frozen.length === 0, () =>
          fillRounded(findings.frozen, {
            signal: nameOf(frozen[0] ?? ''),
            value: noisy[frozen[0] ?? ''] ?? 0,
            seconds: FROZEN_S,
          }),
        ),
      ]
    },
  }
}

/** Exponential mean over a time, of what is known. */
function meanOf(overS: number) {
  let value = 0
  let seenS = 0
  return {
    take(now: number, stepS: number) {
      if (!Number.isFinite(now)) return
      seenS += stepS
      value += Math.max(1 - Math.exp(-stepS / overS), stepS / seenS) * (now - value)
    },
    value: () => value,
    ripe: () => seenS >= RIPE * overS,
  }
}
