/** What can be asked of the pattern; all levels in `unit`, all times in milliseconds. */
export interface PumpSettings {
  /** 2 to 6. */
  readonly pumps: number
  /** Drain: pumps start at a high level and stop at a low one. Fill: the other way round. */
  readonly duty: 'drain' | 'fill'
  readonly unit: string
  readonly startLevel: number
  readonly stopLevel: number
  /** Who is next: at every start, or after a fixed time. */
  readonly swap: 'eachStart' | 'time'
  readonly swapMs?: number
  /** The start condition must hold this long. */
  readonly startDelayMs?: number
  /** From here all pumps help. */
  readonly assistLevel?: number
  readonly highAlarm?: number
  readonly lowAlarm?: number
  /** Each pump has a fault input; a faulted pump is replaced by the next. */
  readonly faultTakeover: boolean
}

/** What the pattern fills in where the request is silent. */
export const defaults: PumpSettings = {
  pumps: 2,
  duty: 'drain',
  unit: '%',
  startLevel: 80,
  stopLevel: 30,
  swap: 'eachStart',
  faultTakeover: false,
}

export const PUMP_LIMIT = 6

/** What contradicts itself in the settings, as names of the values that are out of order. */
export function contradictions(s: PumpSettings): { low: string; high: string }[] {
  const found: { low: string; high: string }[] = []
  const ordered = (low: number | undefined, high: number | undefined, names: { low: string; high: string }) => {
    if (low !== undefined && high !== undefined && low >= high) found.push(names)
  }
  if (s.duty === 'drain') {
    ordered(s.stopLevel, s.startLevel, { low: 'STOP_LEVEL', high: 'START_LEVEL' })
    ordered(s.startLevel, s.assistLevel, { low: 'START_LEVEL', high: 'ASSIST_LEVEL' })
  } else {
    ordered(s.startLevel, s.stopLevel, { low: 'START_LEVEL', high: 'STOP_LEVEL' })
    ordered(s.assistLevel, s.startLevel, { low: 'ASSIST_LEVEL', high: 'START_LEVEL' })
  }
  const upper = s.duty === 'drain' ? s.startLevel : s.stopLevel
  const lower = s.duty === 'drain' ? s.stopLevel : s.startLevel
  ordered(upper, s.highAlarm, { low: s.duty === 'drain' ? 'START_LEVEL' : 'STOP_LEVEL', high: 'HIGH_ALARM_LEVEL' })
  ordered(s.lowAlarm, lower, { low: 'LOW_ALARM_LEVEL', high: s.duty === 'drain' ? 'STOP_LEVEL' : 'START_LEVEL' })
  // Shorter than this, pumps would change while they start.
  if (s.swap === 'time')
    ordered(10_000 + 4 * (s.startDelayMs ?? 0), (s.swapMs ?? 0) + 1, {
      low: '10 s + 4 × START_DELAY',
      high: 'SWAP_TIME',
    })
  if (s.unit === '%') {
    for (const [name, value] of [
      ['START_LEVEL', s.startLevel],
      ['STOP_LEVEL', s.stopLevel],
      ['ASSIST_LEVEL', s.assistLevel],
      ['HIGH_ALARM_LEVEL', s.highAlarm],
      ['LOW_ALARM_LEVEL', s.lowAlarm],
    ] as const) {
      if (value !== undefined && value > 100) found.push({ low: name, high: '100 %' })
    }
  }
  return found
}
