/**
 * Forecasts of the outlet at the dead time with the steam as it stands. The rungs of the ladder see the samples indexed by
 * material (ten seconds of it a row), so that their lags follow the flow as ours do; the bound is the true plant run on from its
 * true state without the future's disturbances.
 */
import {
  createTracker,
  estimate,
  fitLadder,
  type LineSample,
  type Model,
  type TrackedDryer,
} from '@millwright/edge-agent'
import {
  dryerDeadTime_s,
  initialState,
  type PlantParameters,
  type PlantState,
  seededRandom,
  stepPlant,
} from '@millwright/fixtures'
import { type Case, plantOf } from './judge-control.ts'
import { createSampling, STEP_S } from './samples.ts'

const ROW = 10
/** Rows from inlet to outlet meter by the drawing. */
const DEAD_ROWS = 18
const EVERY_S = 60
const WARM_UP_S = 2400
/** Outlet as judged: mean over so long, s. */
const MEAN_S = 10
const LINE = ['inlet', 'wall', 'speed', 'steam', 'hotAir', 'damper'] as const
const DRYING = ['humidity', 'exhaust', 'inletFlow', 'inletTemperature'] as const
/** Every rung gets the meters that ours has. */
const INPUTS = [...LINE, ...DRYING] as const
const COLUMNS = ['outlet', ...INPUTS] as const
type Regime = 'head' | 'steady' | 'tail'

interface Table {
  rows: number
  columns: Record<string, Float64Array>
}

/** Rows by material; each holds the mean of the samples that fell into it, the last one where none did. */
function byMaterial(samples: readonly LineSample[], model: TrackedDryer): Table {
  const lists: Record<string, number[]> = Object.fromEntries(COLUMNS.map(name => [name, []]))
  let clock = 0
  let filled = 0
  for (const sample of samples) {
    clock += (sample.speed / model.geometry.nominalSpeed) * STEP_S
    for (; filled < Math.floor(clock / ROW); filled += 1) {
      for (const name of ['outlet', ...LINE] as const) lists[name]!.push(sample[name])
      for (const name of DRYING) lists[name]!.push(sample.drying?.[name] ?? Number.NaN)
    }
  }
  return { rows: filled, columns: Object.fromEntries(COLUMNS.map(name => [name, Float64Array.from(lists[name]!)])) }
}

function fitRungs(runs: readonly (readonly LineSample[])[], model: TrackedDryer): Map<string, Model> {
  const tables = runs.map(run => byMaterial(run, model))
  const blank = 60
  const columns = Object.fromEntries(
    COLUMNS.map(name => [
      name,
      Float64Array.from(
        tables.flatMap(table => [...table.columns[name]!, ...new Array<number>(blank).fill(Number.NaN)]),
      ),
    ]),
  )
  const rows = columns.outlet!.length
  const { rungs } = fitLadder(
    { rows, columns },
    { target: 'outlet', inputs: INPUTS, horizon: DEAD_ROWS, targetLate: 0 },
  )
  return new Map(rungs.map(rung => [rung.name, rung.model]))
}

interface Pending {
  readonly due: number
  readonly regime: Regime
  readonly guesses: Readonly<Record<string, number>>
  readonly half: number
}
interface Tally {
  readonly errors: Map<string, number[]>
  readonly regimes: Map<Regime, { ours: number[]; bound: number[]; held: number }>
}

export function judgeForecasts(
  model: TrackedDryer,
  runs: readonly (readonly LineSample[])[],
  cases: readonly Case[],
  hours: number,
  say: (text: string) => void,
): string[] {
  const rungs = fitRungs(runs, model)
  say(`rungs fitted: ${[...rungs.keys()].join(', ')}`)
  const tally: Tally = { errors: new Map(), regimes: new Map() }
  for (const each of cases) {
    oneRun(model, rungs, each.seed + 40, plantOf(each), hours, tally)
    say(`seed ${each.seed} forecast`)
  }
  const rms = (errors: readonly number[]) => Math.sqrt(errors.reduce((s, e) => s + e * e, 0) / errors.length)
  const all = new Map([...tally.errors].map(([name, errors]) => [name, rms(errors)]))
  const persistence = all.get('persistence')!
  const [ours, bound] = [all.get('tracked (ours)')!, all.get('bound')!]
  const best = Math.min(...[...all].filter(([name]) => name !== 'tracked (ours)' && name !== 'bound').map(([, e]) => e))
  const verdict = (holds: boolean) => (holds ? 'holds' : 'MISSED')
  return [
    `forecast at the dead time   | RMSE % | skill against persistence   (${tally.errors.get('bound')!.length} forecasts)`,
    ...[...all].map(([name, e]) => `${name.padEnd(27)} | ${e.toFixed(4)} | ${(1 - e / persistence).toFixed(3)}`),
    '',
    'regime | ours % | bound % | 90 % interval holds | forecasts',
    ...[...tally.regimes].map(([regime, { ours: o, bound: b, held }]) =>
      [
        regime.padEnd(6),
        rms(o).toFixed(4),
        rms(b).toFixed(4),
        `${((100 * held) / o.length).toFixed(1)} %`,
        o.length,
      ].join(' | '),
    ),
    '',
    `RMSE ${(ours / bound).toFixed(2)} of the bound, bar 1.25: ${verdict(ours <= 1.25 * bound)}`,
    `below every baseline (${(ours / best).toFixed(2)} of the best): ${verdict(ours < best)}`,
    `${(100 * (1 - ours / persistence)).toFixed(0)} % below persistence, bar 50: ${verdict(ours <= 0.5 * persistence)}`,
    `intervals cover 88 to 92 % in each regime: ${verdict(
      [...tally.regimes.values()].every(({ ours: o, held }) => held / o.length >= 0.88 && held / o.length <= 0.92),
    )}`,
  ]
}

function oneRun(
  model: TrackedDryer,
  rungs: ReadonlyMap<string, Model>,
  seed: number,
  p: PlantParameters,
  hours: number,
  tally: Tally,
): void {
  const { next: chance } = seededRandom(seed)
  const { next: meters } = seededRandom(seed + 500_009)
  const sampling = createSampling(meters, p)
  const tracker = createTracker(model)
  const samples: LineSample[] = []
  const outlet: number[] = []
  const pending: Pending[] = []
  let state: PlantState = initialState(p)
  for (let second = 1; second <= hours * 3600; second += 1) {
    state = stepPlant(state, { heartbeat: second % 60_000 }, 1, chance, p)
    outlet.push(state.dryerOutlet.since_s < 1.5 ? state.dryerOutlet.moisture_pct : Number.NaN)
    while (pending[0] !== undefined && pending[0].due <= second) settle(pending.shift()!)
    const sample = sampling.second(state)
    if (sample === undefined) continue
    samples.push(sample)
    tracker.take(sample)
    if (second > WARM_UP_S && second % EVERY_S === 0) forecast(second)
  }

  function settle({ regime, guesses, half }: Pending): void {
    const truth = outlet.slice(-MEAN_S)
    const mean = truth.reduce((sum, y) => sum + y, 0) / truth.length
    if (Number.isNaN(mean)) return
    for (const [name, guess] of Object.entries(guesses)) {
      const errors = tally.errors.get(name) ?? []
      tally.errors.set(name, errors)
      errors.push(mean - guess)
    }
    const kept = tally.regimes.get(regime) ?? { ours: [], bound: [], held: 0 }
    tally.regimes.set(regime, kept)
    kept.ours.push(mean - guesses['tracked (ours)']!)
    kept.bound.push(mean - guesses.bound!)
    if (Math.abs(mean - guesses['tracked (ours)']!) <= half) kept.held += 1
  }

  function forecast(second: number): void {
    const horizon = Math.round(dryerDeadTime_s(state.belt_kg_h, p) / STEP_S) * STEP_S
    const ahead = tracker.forecast(horizon, MEAN_S)
    if (ahead === undefined || Number.isNaN(ahead.y)) return
    const table = byMaterial(samples.slice(-600), model)
    const guesses: Record<string, number> = { 'tracked (ours)': ahead.y, bound: boundAt(state, horizon, p) }
    for (const [name, rung] of rungs) {
      const guess = estimate(rung, table, table.rows - 1)
      if (guess === undefined) return
      guesses[name] = guess.y
    }
    if (Number.isNaN(guesses.bound!)) return
    pending.push({ due: second + horizon, regime: ahead.regime, guesses, half: ahead.half })
  }
}

/** The true plant, run on from its true state with the disturbances fading as expected. */
function boundAt(state: PlantState, horizon: number, p: PlantParameters): number {
  const still = { ...p, inletDisturbance_pct: 0, feedDisturbance: 0, contactDisturbance: 0, feedStopEvery_s: 1e12 }
  const { next } = seededRandom(1)
  let plant = state
  let sum = 0
  for (let k = 1; k <= horizon; k += 1) {
    plant = stepPlant(plant, { heartbeat: (state.control.heartbeat + k) % 60_000 }, 1, next, still)
    if (k > horizon - MEAN_S) sum += plant.dryerOutlet.moisture_pct / MEAN_S
  }
  return sum
}
