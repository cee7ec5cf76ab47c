import type { PumpSettings } from './settings.ts'

/** A tank that closes the loop around the drafted code for its chart. Levels in the settings' unit, times in ms. */
export interface Plant {
  readonly cycleMs: number
  readonly scans: number
  readonly first: Readonly<Record<string, boolean | number>>
  /** Inputs of the next scan from the outputs of the last. */
  readonly step: (scan: number, outputs: Readonly<Record<string, unknown>>) => Record<string, boolean | number>
}

/** Three turns of filling and emptying, then an emergency stop with reset. */
export function plant(s: PumpSettings): Plant {
  const span = Math.abs(s.startLevel - s.stopLevel)
  const sign = s.duty === 'drain' ? 1 : -1
  // With a swap by time one run lasts longer than the swap time, so that the change is seen.
  const runMs = s.swap === 'time' ? (s.swapMs ?? 0) * 1.6 : 40_000 + (s.startDelayMs ?? 0)
  const restMs = runMs * 0.7
  const cycleMs = Math.max(100, Math.round((runMs + restMs) / 120))
  const scans = Math.ceil(((runMs + restMs) * 4) / cycleMs)
  const drift = (span / restMs) * cycleMs * sign
  const pumped = drift + (span / runMs) * cycleMs * sign
  const stopAt = Math.floor(scans * 0.8)
  const resetAt = Math.floor(scans * 0.86)
  let level = s.stopLevel + (s.startLevel - s.stopLevel) * 0.5
  const pumps = Array.from({ length: s.pumps }, (_, i) => `Pump${i + 1}Run`)
  const faults = s.faultTakeover ? Object.fromEntries(pumps.map((_, i) => [`Pump${i + 1}Fault`, false])) : {}
  return {
    cycleMs,
    scans,
    first: { EmergencyStopOk: true, Reset: false, Level: level, ...faults },
    step(scan, outputs) {
      const running = pumps.filter(name => outputs[name] === true).length
      level += drift - running * pumped
      return {
        Level: Math.round(level * 1000) / 1000,
        EmergencyStopOk: scan < stopAt || scan >= resetAt - 2,
        Reset: scan >= resetAt && scan < resetAt + 3,
      }
    },
  }
}
