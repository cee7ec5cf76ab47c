/** The agent's loop runner and guard on the simulated plant, second by second in simulated time, with faults to switch on. */
import { type LocalText, type LoopLevel, type Reading, tagOf } from '@millwright/contract'
import {
  createGuard,
  createLoopRunner,
  type LoopConfig,
  type LoopPorts,
  type SoftSensorFile,
  type TrackedDryer,
} from '@millwright/edge-agent'
import {
  type Disturbance,
  initialState,
  measureSlow,
  type PlantInputs,
  type PlantState,
  plantParameters,
  qualities,
  seededRandom,
  stepPlant,
} from '@millwright/fixtures'

export const AGENT = 'primary'
const START = 1_764_000_000_000

const TAGS: Readonly<Record<string, string>> = {
  'conditioning/outlet_moisture': 'Conditioning.OutletMoisture',
  'conditioning/belt_speed': 'Conditioning.BeltSpeed',
  'conditioning/feed_rate': 'Conditioning.FeedRate',
  'line/batch_fed_mass': 'Line.BatchFedMass',
  'dryer/inlet_moisture': 'Dryer.InletMoisture',
  'dryer/outlet_moisture': 'Dryer.OutletMoisture',
  'dryer/outlet_flow': 'Dryer.OutletFlow',
  'dryer/wall_temperature': 'Dryer.WallTemperature',
  'dryer/interlock': 'Dryer.Interlock',
  'dryer/inlet_temperature': 'Dryer.InletTemperature',
  'dryer/inlet_flow': 'Dryer.InletFlow',
  'dryer/hot_air_temperature': 'Dryer.HotAirTemperature',
  'dryer/air_flow': 'Dryer.AirFlow',
  'dryer/exhaust_temperature': 'Dryer.ExhaustTemperature',
  'dryer/exhaust_humidity': 'Dryer.ExhaustHumidity',
  'dryer/steam_pressure': 'Dryer.SteamPressure',
}
export const STEAM = 'dryer/steam_pressure_setpoint'
const HEARTBEAT = 'dryer/control/heartbeat'

export const config: LoopConfig = {
  id: 'dryer-moisture',
  target: 'dryer/outlet_moisture',
  output: STEAM,
  level: 'monitor',
  setpoint: 12.5,
  low: 12,
  high: 13,
  model: 'unused',
  controller: { gain: -0.4, integralS: 400, deadband: 0.03, resolution: 0.001 },
  predictive: {
    model: 'unused',
    tags: {
      upstream: 'conditioning/outlet_moisture',
      inlet: 'dryer/inlet_moisture',
      outlet: 'dryer/outlet_moisture',
      outletFlow: 'dryer/outlet_flow',
      wall: 'dryer/wall_temperature',
      speed: 'conditioning/belt_speed',
      feed: 'conditioning/feed_rate',
      feedSet: 'conditioning/feed_setpoint',
      batchFed: 'line/batch_fed_mass',
      steam: STEAM,
      hotAir: 'dryer/hot_air_temperature_setpoint',
      damper: 'dryer/exhaust_damper_setpoint',
      inletTemperature: 'dryer/inlet_temperature',
      inletFlow: 'dryer/inlet_flow',
      hotAirMeasured: 'dryer/hot_air_temperature',
      airFlow: 'dryer/air_flow',
      exhaust: 'dryer/exhaust_temperature',
      exhaustHumidity: 'dryer/exhaust_humidity',
      steamMeasured: 'dryer/steam_pressure',
    },
    batchKg: 6000,
    window: { low: 0.4, high: 6 },
    band: 0.35,
    everyS: 5,
    moveWeight: 0.12,
    leastMove: 0.005,
    emptyBelow: 50,
    holdS: 45,
    patience: 3,
    watch: { frozenS: 20, leap: 1.5, leaps: 4, leapsWithinS: 60, disagree: 0.6, disagreeS: 30 },
  },
  everyS: 10,
  expiresS: 120,
  guard: {
    low: 0.4,
    high: 6,
    maxStep: 0.25,
    minIntervalS: 4,
    interlocks: [{ tag: 'dryer/interlock', equals: false }],
    plausible: { low: 8, high: 18 },
    idle: { tag: 'dryer/outlet_flow', below: 50 },
  },
  heartbeat: { tag: HEARTBEAT, everyS: 3 },
}

export interface Faults {
  disturbance?: Disturbance | null
  /** Neither readings nor writes pass. */
  cut?: boolean
  /** The agent does nothing any more. */
  killed?: boolean
  /** Added to the agent's clock, ms. */
  clockMs?: number
}

export async function createRig(model: TrackedDryer, seed: number) {
  const { next: chance } = seededRandom(seed)
  const { next: meters } = seededRandom(seed + 500_009)
  let state: PlantState = initialState()
  let seconds = 0
  let faults: Faults = {}
  let written: { steam?: number; heartbeat?: number } = {}
  const newest = new Map<string, Reading>()
  const alarms: { name: string; input: string; message: LocalText }[] = []
  const steps: number[] = []
  const now = () => START + seconds * 1000 + (faults.clockMs ?? 0)
  const guard = createGuard({ agent: AGENT, loops: [config], newest: tag => newest.get(tag) })
  const definition = {
    tag: tagOf(AGENT, STEAM),
    device: 'plc',
    type: 'float',
    unit: 'bar',
    writable: { low: 0.2, high: 8.5 },
  }
  const ports: LoopPorts = {
    emit: async () => {},
    now,
    newest: tag => newest.get(tag),
    alarm: (name, input, message) => alarms.push({ name, input, message }),
    async write(tag, value) {
      if (faults.cut) return { status: 'failed', code: 'MW-1001' }
      if (tag === tagOf(AGENT, HEARTBEAT)) {
        written.heartbeat = value as number
        return { status: 'done', readBack: value }
      }
      const reasons = guard.judge({ tag: definition as never, value, current: newest.get(tag), now: now() })
      if (reasons.length > 0) return { status: 'refused', code: 'MW-1008' }
      if (faults.disturbance === 'setpointRefused') return { status: 'refused', code: 'MW-1003' }
      written.steam = value as number
      return { status: 'done', readBack: value }
    },
  }
  const runner = createLoopRunner({
    agent: AGENT,
    loops: [{ config, sensor: silentSensor, tracked: model }],
    ports,
    levels: { read: () => ({}), write: () => {} },
    newId: () => String(seconds),
    unitOf: () => '',
    nameOf: tag => ({ zh: tag, en: tag }),
  })

  const readings = (): Reading[] => {
    const shown = measureSlow(state, meters) as Record<string, number | boolean | string>
    const quality = qualities(state)
    const measured = Object.entries(TAGS).map(([name, id]) => ({
      name,
      value: shown[id]!,
      quality: quality[id] ?? 'good',
    }))
    const set = [
      [STEAM, state.setpoints.steamPressure],
      ['conditioning/feed_setpoint', state.setpoints.feed],
      ['dryer/hot_air_temperature_setpoint', state.setpoints.hotAir],
      ['dryer/exhaust_damper_setpoint', state.setpoints.exhaustDamper],
    ] as const
    const all = [...measured, ...set.map(([name, value]) => ({ name, value, quality: 'good' }) as const)]
    return all.map(({ name, value, quality: q }) => ({
      tag: tagOf(AGENT, name),
      t: START + seconds * 1000,
      value,
      quality: q,
    }))
  }

  return {
    runner,
    alarms,
    state: () => state,
    steamSteps: steps,
    set(next: Faults) {
      faults = next
    },
    laboratory: (agoS: number, value: number) => runner.laboratory('dryer-moisture', now() - agoS * 1000, value),
    setLevel: (level: LoopLevel) => runner.setLevel('dryer-moisture', level, 'process'),
    /** The plant and the agent a number of seconds on. */
    async run(duration: number, onSecond?: (state: PlantState) => void) {
      for (let i = 0; i < duration; i += 1) {
        seconds += 1
        const inputs: PlantInputs = {
          ...(written.steam === undefined ? {} : { setpoints: { steamPressure: written.steam } }),
          ...(written.heartbeat === undefined ? {} : { heartbeat: written.heartbeat }),
          disturbance: faults.disturbance ?? null,
        }
        if (written.steam !== undefined) steps.push(written.steam - state.setpoints.steamPressure)
        written = {}
        state = stepPlant(state, inputs, 1, chance, plantParameters)
        onSecond?.(state)
        if (faults.killed) continue
        const seen = readings()
        for (const reading of seen) {
          const known: Reading = faults.cut ? { ...reading, quality: 'bad', value: null } : reading
          newest.set(known.tag, known)
          runner.onReading(known)
        }
        await runner.tick(now())
      }
    },
  }
}

const silentSensor: SoftSensorFile = {
  kind: 'millwright-softsensor',
  version: 1,
  name: 'none',
  target: 'outlet_moisture',
  inputs: ['dryer/inlet_moisture'],
  targetLate: 'never',
  sampleSeconds: 10,
  rung: 'mean',
  models: [{ target: 'outlet_moisture', horizon: 18, terms: [], intercept: 12.5, seen: {}, halfWidth: 1 }],
  notes: {},
}
