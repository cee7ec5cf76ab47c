/** One control loop at work: samples, forecasts, proposes; knows neither clock nor network. */
import type { Forecast, LocalText, Loop, LoopLevel, Reading, Reason, SetpointProposal } from '@millwright/contract'
import { tagOf } from '@millwright/contract'
import { createForecaster } from '../moisture/forecaster.ts'
import type { SoftSensorFile } from '../moisture/model-file.ts'
import { createSampler } from '../moisture/sampler.ts'
import type { LoopConfig } from './config.ts'
import { integrate, type PiInput, type PiState, startPi, wishedChange } from './feed-forward-pi.ts'
import { makeProposal } from './make-proposal.ts'
import { decide, emptyBook, expire, offer, openProposal, type Step, settle } from './proposal-book.ts'

/** Rows kept for lags, horizon and learning. */
const DEPTH = 400

export interface LoopDeps {
  readonly agent: string
  readonly config: LoopConfig
  readonly sensor: SoftSensorFile
  readonly level: LoopLevel
  readonly newId: () => string
  readonly unitOf: (tag: string) => string
  /** What people call a tag. */
  readonly nameOf: (tag: string) => LocalText
  /** A better fan than the soft sensor's, where the material is tracked. */
  readonly foresee?: (at: number) => Forecast | undefined
}

export interface LoopStep {
  readonly forecast?: Forecast
  readonly proposals: readonly SetpointProposal[]
}

export type RunningLoop = ReturnType<typeof createLoop>

export function createLoop({ agent, config, sensor, level: startLevel, newId, unitOf, nameOf, foresee }: LoopDeps) {
  const tagFor = (column: string) => tagOf(agent, config.columns?.[column] ?? column)
  const columns = [...new Set([...sensor.inputs, sensor.target])]
  const target = tagOf(agent, config.target)
  const output = tagOf(agent, config.output)
  const forwardTag = config.controller.forward === undefined ? undefined : tagOf(agent, config.controller.forward.tag)
  const columnOf = new Map(columns.map(column => [tagFor(column), column]))
  const sampler = createSampler({
    tags: columns,
    intervalMs: sensor.sampleSeconds * 1000,
    depth: DEPTH,
  })
  const forecaster = createForecaster({ loop: config.id, sensor, tagOf: tagFor })
  const outputColumn = columns.find(column => tagFor(column) === output)

  let level = startLevel
  let book = emptyBook
  let pi: PiState | undefined
  let forecast: Forecast | undefined
  let seenRow: number | undefined
  let consideredAt = Number.NEGATIVE_INFINITY
  const newest = new Map<string, Reading>()

  const take = (step: Step): readonly SetpointProposal[] => {
    book = step.book
    return step.changed
  }
  const good = (tag: string | undefined): number | undefined => {
    const reading = tag === undefined ? undefined : newest.get(tag)
    return reading?.quality === 'good' && typeof reading.value === 'number' ? reading.value : undefined
  }
  const piInput = (now: number): PiInput | undefined => {
    const measured = good(target)
    return measured === undefined
      ? undefined
      : { now, error: config.setpoint - measured, disturbance: good(forwardTag) }
  }

  const consider = (now: number): readonly SetpointProposal[] => {
    const input = piInput(now)
    const current = good(output)
    // On a bad measurement the controller starts over, so that nothing is carried across the gap.
    if (input === undefined || current === undefined || forecast === undefined || forecast.state === 'stale') {
      pi = undefined
      return []
    }
    pi = pi === undefined ? startPi(input) : integrate(pi, input)
    // At level closed the predictive controller acts by itself.
    if (level !== 'advise' || now - consideredAt < config.everyS * 1000) return []
    consideredAt = now
    const proposal = makeProposal({
      id: newId(),
      config,
      targetName: nameOf(target),
      targetUnit: unitOf(target),
      output,
      unit: unitOf(output),
      current,
      change: wishedChange(config.controller, pi, input),
      pi: input,
      disturbanceChange: (input.disturbance ?? 0) - (pi.disturbance ?? input.disturbance ?? 0),
      forecast,
      effect: outputColumn === undefined ? 0 : forecaster.effectOf(outputColumn),
    })
    return proposal === undefined ? [] : take(offer(book, proposal))
  }

  return {
    onReading(reading: Reading) {
      const watched = columnOf.get(reading.tag)
      if (watched !== undefined) sampler.take({ ...reading, tag: watched })
      if (watched !== undefined || reading.tag === output || reading.tag === target || reading.tag === forwardTag) {
        newest.set(reading.tag, reading)
      }
    },
    tick(now: number): LoopStep {
      sampler.advance(now)
      const row = sampler.newestRowAt()
      let fresh: Forecast | undefined
      if (row !== undefined && row !== seenRow) {
        seenRow = row
        const table = sampler.table()
        forecaster.learn(table)
        fresh = foresee === undefined ? forecaster.forecast(table, row) : foresee(row)
        forecast = fresh
      }
      const proposals = [...take(expire(book, now)), ...consider(now)]
      return fresh === undefined ? { proposals } : { forecast: fresh, proposals }
    },
    describe: (): Loop => ({
      loop: config.id,
      agent,
      target,
      output,
      level,
      setpoint: config.setpoint,
      low: config.low,
      high: config.high,
      guard: { low: config.guard.low, high: config.guard.high, maxStep: config.guard.maxStep },
    }),
    setLevel(next: LoopLevel) {
      level = next
    },
    level: () => level,
    open: () => openProposal(book),
    find: (id: string) => book.proposals.find(each => each.id === id),
    decide(
      id: string,
      person: string,
      state: 'accepted' | 'rejected',
      now: number,
    ): readonly SetpointProposal[] | undefined {
      const step = decide(book, id, person, state, now)
      return step === undefined ? undefined : take(step)
    },
    settle(
      id: string,
      outcome: { written: number } | { refusals: readonly Reason[] },
      now: number,
    ): readonly SetpointProposal[] {
      // What was written is where the controller goes on from.
      if ('written' in outcome) {
        const input = piInput(now)
        pi = input === undefined ? undefined : startPi(input)
      }
      return take(settle(book, id, outcome))
    },
  }
}
