import { describe, expect, it } from 'vitest'
import {
  agentMayPublish,
  agentMaySubscribe,
  backoff,
  birthMetric,
  boundedQueue,
  Confirmation,
  canonicalJson,
  definitionOfMetric,
  describe as describeProblem,
  EventItem,
  manualClock,
  metricsOfReadings,
  nextAlarmState,
  parseArguments,
  parser,
  parseSparkplugTopic,
  problems,
  type Reading,
  readingOf,
  routes,
  type TagDefinition,
  tagOf,
  topics,
  UsageError,
} from './index.ts'

const reading: Reading = { tag: 'primary/dryer/outlet_moisture', t: 1_764_000_000_123, value: 12.5, quality: 'good' }

describe('problems', () => {
  it('say nouns and roles in the language of the reader', () => {
    expect(describeProblem({ code: 'MW-2004', values: { what: 'lot', id: 'L-1' } })).toEqual({
      zh: '没有批次 L-1。请检查名称',
      en: 'there is no lot L-1. Check the name',
    })
    expect(describeProblem({ code: 'MW-2002', values: { role: 'qa_engineer' } }).zh).toContain('角色 质量工程师')
  })
})

describe('topics', () => {
  it('round trip', () => {
    const topic = { group: 'g', type: 'DDATA', node: 'primary', device: 'plc' } as const
    expect(parseSparkplugTopic(topics.sparkplug(topic))).toEqual(topic)
  })
  it.each(['spBv1.0/g/XDATA/n', 'spBv1.0/g/NDATA', 'other/g/NDATA/n', 'spBv1.0/g/DDATA/n/d/e'])('refuses %s', topic => {
    expect(parseSparkplugTopic(topic)).toBeUndefined()
  })
  it('an agent publishes as itself only, and never a command', () => {
    expect(agentMayPublish('g', 'a', 'spBv1.0/g/DDATA/a/plc')).toBe(true)
    expect(agentMayPublish('g', 'a', topics.event('g', 'a'))).toBe(true)
    for (const topic of [
      'spBv1.0/g/DDATA/b/plc',
      'spBv1.0/g/NCMD/a',
      topics.command('g', 'a'),
      topics.confirm('g', 'a'),
      topics.event('g', 'b'),
      'spBv1.0/STATE/host',
    ]) {
      expect(agentMayPublish('g', 'a', topic), topic).toBe(false)
    }
  })
  it('an agent subscribes to what is meant for it only', () => {
    for (const filter of topics.agentSubscriptions('g', 'a', 'host'))
      expect(agentMaySubscribe('g', 'a', filter), filter).toBe(true)
    for (const filter of ['#', 'spBv1.0/#', topics.command('g', 'b'), 'spBv1.0/STATE/+'])
      expect(agentMaySubscribe('g', 'a', filter), filter).toBe(false)
  })
})

describe('sparkplug mapping', () => {
  it('readings come back equal, gaps included', () => {
    const readings: Reading[] = [
      reading,
      { ...reading, tag: 'primary/a/b', value: 'run', quality: 'uncertain' },
      { ...reading, t: reading.t + 1, value: null, quality: 'bad' },
    ]
    const metrics = metricsOfReadings(readings, tag => (tag.endsWith('b') ? 'string' : 'float'), 7, {
      historical: true,
    })
    expect(metrics.map(metric => readingOf(tagOf('primary', metric.name ?? ''), metric, 0))).toEqual(readings)
    expect(metrics[0]?.properties?.millwright_sequence?.value).toBe(7)
  })
  it('a definition survives the birth certificate', () => {
    const definition: TagDefinition = {
      tag: reading.tag,
      agent: 'primary',
      device: 'plc',
      source: 'opcua',
      type: 'float',
      unit: '%',
      description: { zh: '出口水分', en: 'Outlet moisture' },
      range: { low: 0, high: 30 },
      limits: { lo: 12, hi: 13 },
      writable: { low: 1, high: 2 },
      equipment: 'DRYER-1',
    }
    expect(definitionOfMetric(reading.tag, 'primary', 'plc', birthMetric(definition, reading, 0))).toEqual(definition)
  })
})

describe('parsers', () => {
  it('name every fault with its place', () => {
    const result = parser(Confirmation).parse({ stored: [[1, 'x']], rejected: 3 }, 'confirm')
    expect(result.ok).toBe(false)
    if (!result.ok)
      expect(result.fault.map(fault => fault.place)).toEqual(
        expect.arrayContaining(['confirm/stored/0/1', 'confirm/rejected']),
      )
  })
  it('accept an alarm item', () => {
    const body = {
      alarm: 'a/b/c',
      priority: 'high',
      active: true,
      acknowledged: false,
      t: 1,
      message: { zh: '高', en: 'high' },
    }
    expect(parser(EventItem).parse({ seq: 1, kind: 'alarm', body }).ok).toBe(true)
    expect(parser(EventItem).parse({ seq: 1, kind: 'alarm', body: { ...body, active: 'yes' } }).ok).toBe(false)
  })
})

describe('alarm states (ISA-18.2)', () => {
  it.each([
    [true, false, 'unack'],
    [true, true, 'acked'],
    [false, false, 'rtn_unack'],
    [false, true, 'normal'],
  ] as const)('active %s, acknowledged %s is %s', (active, acknowledged, state) => {
    expect(nextAlarmState(active, acknowledged)).toBe(state)
  })
})

describe('base', () => {
  it('a manual clock wakes sleepers in order', async () => {
    const clock = manualClock(0)
    const woken: number[] = []
    void clock.sleep(20).then(() => woken.push(clock.now()))
    void clock.sleep(10).then(() => woken.push(clock.now()))
    await clock.advance(30)
    expect(woken).toEqual([10, 20])
  })
  it('a full queue drops the oldest and counts it', async () => {
    const queue = boundedQueue<number>(2, 'drop-oldest')
    for (const n of [1, 2, 3]) queue.push(n)
    expect(queue.dropped).toBe(1)
    expect(await queue.take(9)).toEqual([2, 3])
  })
  it('back-off grows to its most', () => {
    const delays = backoff({ first: 100, factor: 3, most: 500, jitter: 0, random: () => 0 })
    expect([1, 2, 3, 4].map(() => delays.next().value)).toEqual([100, 300, 500, 500])
  })
  it('canonical JSON does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[1,{"d":1}]}')
  })
  it('arguments', () => {
    const args = parseArguments(['x', '--json', '--from=1', '--to', '2', '--', '--y'], {
      options: ['from', 'to'],
      flags: ['json'],
    })
    expect(args).toEqual({ positionals: ['x', '--y'], options: { from: '1', to: '2' }, flags: new Set(['json']) })
    expect(() => parseArguments(['--nope'], {})).toThrow(UsageError)
    expect(() => parseArguments(['--to'], { options: ['to'] })).toThrow(UsageError)
  })
})

describe('tables', () => {
  it('every problem has both languages', () => {
    for (const [code, row] of Object.entries(problems)) {
      for (const text of [row.message, row.remedy]) expect(text.zh.length * text.en.length, code).toBeGreaterThan(0)
    }
  })
  it('no two routes share method and path, and every change is closed to the public', () => {
    const seen = Object.values(routes).map(row => `${row.method} ${row.path}`)
    expect(new Set(seen).size).toBe(seen.length)
    const open = Object.entries(routes)
      .filter(([, row]) => row.access === 'open')
      .map(([name]) => name)
    expect(open.sort()).toEqual(['enrolAgent', 'health', 'signIn'])
  })
})
