/**
 * A loop at level closed: samples the line, lets the predictive controller decide, and says when to write, when to hold and when
 * to give the machine back to its own controller. Every hand-over starts from the output as it stands, so none has a bump. Pure
 * but for what it remembers; time comes in.
 */
import { type Forecast, type LocalText, type Reading, tagOf } from '@millwright/contract'
import { createSampler } from '../moisture/sampler.ts'
import { foresee } from '../moisture/tracking/foresee.ts'
import type { LineSample, TrackedDryer } from '../moisture/tracking/model.ts'
import { createTracker, type Tracker } from '../moisture/tracking/tracker.ts'
import type { LoopConfig } from './config.ts'
import { createEquipmentWatch, type FindingChange } from './equipment-watch.ts'
import { type Corrected, createLaboratory, type LaboratoryRefusal } from './laboratory.ts'
import { type PredictiveMove, predictiveMove } from './predictive/predictive.ts'
import { createSignalWatch, type SignalFault } from './signal-watch.ts'

export type TripCause = SignalFault | 'target_lost' | 'output_unknown' | 'refused' | 'clock' | 'solver'

export type ClosedStep =
  | { readonly do: 'wait' }
  | { readonly do: 'write'; readonly current: number; readonly move: PredictiveMove }
  | { readonly do: 'trip'; readonly cause: TripCause }

export interface ClosedLoop {
  onReading(reading: Reading): void
  /** @param closed at level closed; otherwise it only follows the line, to be ready */
  tick(now: number, closed: boolean): ClosedStep
  /** The newest sample's fan; undefined where there is none. Each call judges the width by what has come of earlier ones. */
  forecast(at: number): Forecast | undefined
  /** What became of the last write. */
  written(ok: boolean): void
  /** Starts anew: nothing of before counts. */
  begin(): void
  readonly tracker: Tracker
  laboratory(takenAt: number, value: number): Corrected | LaboratoryRefusal
  /** What has been found out about the equipment since it was last asked. */
  findings(): FindingChange[]
}

/** A stop of the agent's clock longer than this, or a step back, is no time to control on. */
const CLOCK_FORWARD_MS = 8_000
const CLOCK_BACK_MS = 1_500

const DRUM_METERS = [
  'inletTemperature',
  'inletFlow',
  'hotAirMeasured',
  'airFlow',
  'exhaust',
  'exhaustHumidity',
] as const

const dryingOf = (value: (name: (typeof DRUM_METERS)[number]) => number): NonNullable<LineSample['drying']> => ({
  inletTemperature: value('inletTemperature'),
  inletFlow: value('inletFlow'),
  hotAir: value('hotAirMeasured'),
  airFlow: value('airFlow'),
  exhaust: value('exhaust'),
  humidity: value('exhaustHumidity'),
})

export function createClosedLoop(
  agent: string,
  config: LoopConfig,
  model: TrackedDryer,
  /** What people call a tag (full name). */
  say: (tag: string) => LocalText = tag => ({ zh: tag, en: tag }),
): ClosedLoop | undefined {
  if (config.predictive === undefined) return undefined
  const predictive: NonNullable<LoopConfig['predictive']> = config.predictive
  const { tags, watch } = predictive
  const seesDrum = DRUM_METERS.every(name => tags[name] !== undefined)
  const full = Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, tagOf(agent, tag)]))
  const nameOf = new Map(Object.entries(full).map(([name, tag]) => [tag, name]))
  const newSampler = () => createSampler({ tags: Object.keys(tags), intervalMs: model.stepS * 1000, depth: 4 })
  let sampler = newSampler()
  const tracker = createTracker(model)
  const target = tagOf(agent, config.target)
  const output = tagOf(agent, config.output)
  let signal = createSignalWatch(watch)
  const equipment = createEquipmentWatch(name => say(full[name] ?? name))
  let found: FindingChange[] = []
  const laboratory = createLaboratory()
  let steamExpected = Number.NaN

  function watchEquipment(sample: LineSample, steam: number): void {
    const keep = Math.exp(-model.stepS / model.steamLagS)
    steamExpected = Number.isNaN(steamExpected) ? sample.steam : sample.steam + (steamExpected - sample.steam) * keep
    const { inlet, wall, upstream, drying } = sample
    const changes = equipment.take(
      {
        heatTransfer: tracker.heatTransfer(),
        meterAbove: Number.isNaN(tracker.innovation()) ? Number.NaN : tracker.disturbance(),
        steamExpected,
        steam,
        noisy: { inlet, wall, upstream, exhaust: drying?.exhaust ?? Number.NaN },
      },
      model.stepS,
    )
    found.push(...changes)
  }
  let newestTarget: Reading | undefined
  let newestOutput: Reading | undefined
  let leaf = 0
  let seenRow: number | undefined
  let lastTick: number | undefined
  let lostSince: number | undefined
  let blindSince: number | undefined
  let failures = 0
  let rows = 0
  let newestSample: LineSample | undefined
  let movedAt = Number.NEGATIVE_INFINITY

  const sampleOf = (): LineSample => {
    const { rows: count, columns } = sampler.table()
    const value = (name: string) => columns[name]?.[count - 1] ?? Number.NaN
    return {
      upstream: value('upstream'),
      inlet: value('inlet'),
      outlet: value('outlet'),
      wall: value('wall'),
      speed: value('speed'),
      feed: value('feed'),
      feedSet: value('feedSet'),
      batchDone: value('batchFed') / predictive.batchKg,
      steam: value('steam'),
      hotAir: value('hotAir'),
      damper: value('damper'),
      ...(seesDrum ? { drying: dryingOf(value) } : {}),
    }
  }

  const measuredSteam = (): number => {
    const { rows: count, columns } = sampler.table()
    return columns.steamMeasured?.[count - 1] ?? Number.NaN
  }

  function health(now: number): TripCause | undefined {
    const empty = leaf < predictive.emptyBelow
    const good = newestTarget?.quality === 'good' && typeof newestTarget.value === 'number'
    if (good || empty) lostSince = undefined
    else lostSince ??= now
    if (newestOutput?.quality === 'good' && typeof newestOutput.value === 'number') blindSince = undefined
    else blindSince ??= now
    if (empty) signal.pause()
    if (lostSince !== undefined && now - lostSince > predictive.holdS * 1000) return 'target_lost'
    if (blindSince !== undefined && now - blindSince > predictive.holdS * 1000) return 'output_unknown'
    return signal.fault(now) ?? (failures >= predictive.patience ? 'refused' : undefined)
  }

  return {
    tracker,
    onReading(reading) {
      const name = nameOf.get(reading.tag)
      if (name !== undefined) sampler.take({ ...reading, tag: name })
      if (name === 'outletFlow' && typeof reading.value === 'number') leaf = reading.value
      if (reading.tag === output) newestOutput = reading
      if (reading.tag !== target) return
      newestTarget = reading
      if (reading.quality === 'good' && typeof reading.value === 'number') signal.seen(reading.t, reading.value)
      else signal.pause()
    },
    tick(now, closed) {
      const since = lastTick === undefined ? 0 : now - lastTick
      lastTick = now
      if (since > CLOCK_FORWARD_MS || since < -CLOCK_BACK_MS) {
        // Rows of another time would wait for it to come again.
        sampler = newSampler()
        seenRow = undefined
        if (closed) return { do: 'trip', cause: 'clock' }
      }
      sampler.advance(now)
      const row = sampler.newestRowAt()
      if (row !== undefined && row !== seenRow) {
        seenRow = row
        const sample = sampleOf()
        if (Number.isFinite(sample.speed) && Number.isFinite(sample.steam) && Number.isFinite(sample.hotAir)) {
          tracker.take(sample)
          watchEquipment(sample, measuredSteam())
          laboratory.seen(row, sample.outlet)
          newestSample = sample
          rows += 1
          // What the model lays to an unmeasured disturbance: far beyond any that the dryer has, the meter lies.
          signal.disagreement(now, tracker.disturbance())
          signal.beside(sample.outlet, tracker.expected())
        }
      }
      if (!closed) return { do: 'wait' }
      const cause = health(now)
      if (cause !== undefined) return { do: 'trip', cause }
      if (now - movedAt < predictive.everyS * 1000 || rows < 2 || lostSince !== undefined || blindSince !== undefined)
        return { do: 'wait' }
      movedAt = now
      const current = newestOutput?.value as number
      const { low, high } = predictive.window
      const move = predictiveMove(tracker, current, {
        setpoint: config.setpoint,
        band: predictive.band,
        low,
        high,
        ratePerS: config.guard.maxStep / predictive.everyS,
        cycleS: predictive.everyS,
        moveWeight: predictive.moveWeight,
      })
      if (move === undefined || Math.abs(move.output - current) < predictive.leastMove) return { do: 'wait' }
      return { do: 'write', current, move }
    },
    forecast(at) {
      if (newestSample === undefined) return undefined
      tracker.forecast(tracker.deadTimeS(), 2 * model.stepS)
      return foresee(tracker, model, newestSample, at, {
        loop: config.id,
        target,
        tags: {
          inlet: full.inlet!,
          speed: full.speed!,
          wall: full.wall!,
          hotAir: full.hotAir!,
          damper: full.damper!,
        },
      })
    },
    laboratory(takenAt, value) {
      const corrected = laboratory.take(takenAt, value)
      tracker.correctMeter(laboratory.offset())
      return corrected
    },
    findings() {
      const some = found
      found = []
      return some
    },
    written(ok) {
      failures = ok ? 0 : failures + 1
    },
    begin() {
      signal = createSignalWatch(watch)
      lostSince = undefined
      blindSince = undefined
      failures = 0
      lastTick = undefined
      movedAt = Number.NEGATIVE_INFINITY
    },
  }
}
