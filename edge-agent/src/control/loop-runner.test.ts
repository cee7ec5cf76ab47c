import type { EventItem, Loop, LoopLevel, Reading, SetpointProposal } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import type { SoftSensorFile } from '../moisture/model-file.ts'
import type { LoopConfig } from './config.ts'
import { createLoopRunner } from './loop-runner.ts'

const config: LoopConfig = {
  id: 'dryer-moisture',
  target: 'dryer/out',
  output: 'dryer/steam',
  level: 'advise',
  setpoint: 12.5,
  low: 12,
  high: 13,
  model: 'm',
  controller: { gain: -1, integralS: 600, forward: { tag: 'dryer/in', gain: 1.5 }, deadband: 0.05, resolution: 0.01 },
  everyS: 30,
  expiresS: 120,
  guard: { low: 1, high: 6, maxStep: 0.5, minIntervalS: 0, interlocks: [], plausible: { low: 8, high: 18 } },
  heartbeat: { tag: 'dryer/heartbeat', everyS: 5 },
}
const sensor: SoftSensorFile = {
  kind: 'millwright-softsensor',
  version: 1,
  name: 'test',
  target: 'dryer/out',
  inputs: ['dryer/in', 'dryer/steam'],
  targetLate: 0,
  sampleSeconds: 10,
  rung: 'arx',
  models: [
    {
      target: 'dryer/out',
      horizon: 18,
      terms: [
        { column: 'dryer/in', lag: 0, weight: 1 },
        { column: 'dryer/steam', lag: 0, weight: -1 },
      ],
      intercept: -3.5,
      seen: { 'dryer/in': { low: 17, high: 21, mean: 19 }, 'dryer/steam': { low: 1, high: 6, mean: 3 } },
      halfWidth: 0.2,
    },
  ],
  notes: {},
}

const counter = () => {
  let n = 0
  return () => {
    n += 1
    return `p${n}`
  }
}

function setUp(level: LoopLevel = 'advise') {
  let now = 1_764_000_000_000
  let steam = 3
  let stored: Record<string, LoopLevel> = {}
  const events: EventItem['body'][] = []
  const writes: [string, number | boolean][] = []
  const runner = createLoopRunner({
    agent: 'primary',
    loops: [{ config: { ...config, level }, sensor }],
    ports: {
      emit: async event => void events.push(event.body),
      write: async (tag, value) => {
        writes.push([tag, value])
        if (tag.endsWith('steam') && typeof value === 'number') {
          if (value > 6) return { status: 'refused', code: 'MW-1008', text: { zh: '超限', en: 'outside' } }
          steam = value
        }
        return { status: 'done', readBack: value }
      },
      newest: () => undefined,
      now: () => now,
    },
    levels: {
      read: () => stored,
      write: levels => {
        stored = { ...levels }
      },
    },
    newId: counter(),
    unitOf: () => 'bar',
    nameOf: () => ({ zh: '出口水分', en: 'Outlet moisture' }),
  })
  const reading = (name: string, value: number, quality: Reading['quality'] = 'good'): Reading => ({
    tag: `primary/${name}`,
    t: now,
    value,
    quality,
  })
  const run = async (seconds: number, inlet: number, out: number, quality: Reading['quality'] = 'good') => {
    for (let i = 0; i < seconds; i += 1) {
      now += 1000
      for (const each of [
        reading('dryer/in', inlet),
        reading('dryer/steam', steam),
        reading('dryer/out', out, quality),
      ])
        runner.onReading(each)
      await runner.tick(now)
    }
  }
  const proposals = () => events.filter((each): each is SetpointProposal => 'proposed' in each)
  const open = () => {
    const last = proposals().at(-1)
    return last?.state === 'open' ? last : undefined
  }
  return { runner, run, events, writes, proposals, open, steam: () => steam, stored: () => stored }
}

describe('loop runner', () => {
  it('announces the loop and forecasts each sample with an interval', async () => {
    const { run, events } = setUp()
    await run(35, 19, 12.5)
    expect((events[0] as Loop).output).toBe('primary/dryer/steam')
    const forecast = events.find(each => 'points' in each)
    expect(forecast).toMatchObject({ state: 'trusted', points: [{ y: 12.5 }] })
    if (forecast !== undefined && 'points' in forecast)
      expect(forecast.points[0]!.hi - forecast.points[0]!.lo).toBeCloseTo(0.4)
  })
  it('proposes more steam when the inlet gets wetter, and says why', async () => {
    const { run, open } = setUp()
    await run(60, 19, 12.5)
    await run(40, 19.2, 12.5)
    const proposal = open()!
    expect(proposal.proposed).toBeCloseTo(3.3, 2)
    expect(proposal.reasons.map(each => each.code)).toEqual(['error', 'forward', 'forecast'])
    expect(proposal.forecastThen).toBeLessThan(proposal.forecastNow)
  })
  it('a wish beyond the largest step is held back and says so', async () => {
    const { run, open } = setUp()
    await run(60, 19, 12.5)
    await run(40, 20.5, 12.5)
    expect(open()!.proposed).toBeCloseTo(3.4, 9)
    expect(open()!.reasons.map(each => each.code)).toContain('limited')
  })
  it('writes on acceptance, once, and starts over from what was written', async () => {
    const { run, open, runner, steam, proposals } = setUp()
    await run(60, 19, 12.5)
    await run(40, 19.3, 12.5)
    const { id, proposed } = open()!
    expect(await runner.accept(id, undefined, 'operator')).toMatchObject({ status: 'done', readBack: proposed })
    expect(steam()).toBe(proposed)
    expect(proposals().at(-1)).toMatchObject({ id, state: 'written', readBack: proposed, decidedBy: 'operator' })
    expect(await runner.accept(id, undefined, 'operator')).toMatchObject({ status: 'refused', code: 'MW-2009' })
    const count = proposals().length
    await run(35, 19.3, 12.5)
    expect(proposals().length, 'nothing new to wish').toBe(count)
  })
  it('a value that the guard refuses is not written and the proposal says why', async () => {
    const { run, open, runner, steam, proposals } = setUp()
    await run(60, 19, 12.5)
    await run(40, 19.3, 12.5)
    const { id } = open()!
    expect(await runner.accept(id, 9, 'operator')).toMatchObject({ status: 'refused', code: 'MW-1008' })
    expect(steam()).toBe(3)
    expect(proposals().at(-1)).toMatchObject({ id, state: 'refused', refusals: [{ code: 'MW-1008' }] })
  })
  it('an unanswered proposal expires and cannot be accepted', async () => {
    const { run, open, runner } = setUp()
    await run(60, 19, 12.5)
    await run(40, 19.3, 12.5)
    const { id } = open()!
    await run(200, 19, 12.5)
    expect(await runner.accept(id, undefined, 'operator')).toMatchObject({ status: 'refused', code: 'MW-2009' })
  })
  it('proposes nothing on a bad measurement, nor at level monitor', async () => {
    const bad = setUp()
    await bad.run(60, 19, 12.5)
    await bad.run(100, 20, 12.5, 'bad')
    expect(bad.proposals()).toEqual([])
    const monitor = setUp('monitor')
    await monitor.run(60, 19, 12.5)
    await monitor.run(60, 20, 12.5)
    expect(monitor.proposals()).toEqual([])
    expect(monitor.writes, 'no heartbeat either').toEqual([])
  })
  it('beats while it advises', async () => {
    const { run, writes } = setUp()
    await run(11, 19, 12.5)
    expect(writes.filter(([tag]) => tag === 'primary/dryer/heartbeat').map(([, value]) => value)).toEqual([1, 2, 3])
  })
  it('keeps the level that a person set; closed is refused until commissioned', async () => {
    const { runner, stored } = setUp()
    expect(await runner.setLevel('dryer-moisture', 'monitor', 'process')).toMatchObject({ status: 'done' })
    expect(stored()).toEqual({ 'dryer-moisture': 'monitor' })
    expect(await runner.setLevel('dryer-moisture', 'closed', 'process')).toMatchObject({ status: 'refused' })
    expect(await runner.setLevel('none', 'monitor', 'process')).toBeUndefined()
  })
})
