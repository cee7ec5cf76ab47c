import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Command,
  type CommandBody,
  type CommandResult,
  type ManualClock,
  manualClock,
  type Reading,
} from '@millwright/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseConfig } from '../config/load.ts'
import { type EdgeStore, openStore } from '../outbox/store.ts'
import { type AlarmDesk, createAlarmDesk } from '../pipeline/alarm-desk.ts'
import { createTagTable } from '../pipeline/tag-table.ts'
import type { Source, WriteAnswer } from '../sources/source.ts'
import { type CommandRunner, createCommandRunner } from './command-runner.ts'
import { limitsGuard } from './limits-guard.ts'
import { createTagWriter } from './tag-writer.ts'

const FILE = `agent: a
group: g
data: d
server: { mqtt: mqtt://h, http: http://h }
sources: [{ id: plc, kind: opcua, endpoint: opc.tcp://h }]
tags:
  - { name: steam, source: plc, address: i=1, type: float, unit: bar, description: { zh: 汽, en: Steam }, scale: 0.1, writable: { low: 1, high: 6, maxStep: 0.5 } }
  - { name: on, source: plc, address: i=2, type: boolean, description: { zh: 开, en: On }, writable: { low: 0, high: 1 } }
  - { name: moisture, source: plc, address: i=3, type: float, unit: "%", description: { zh: 水, en: Water }, range: { low: 0, high: 25 }, limits: { hi: 13 }, limitAlarms: high }
`

let folder: string
let store: EdgeStore
let clock: ManualClock
let runner: CommandRunner
let alarms: AlarmDesk
let results: CommandResult[]
let writes: [string, unknown][]
let acknowledged: [string, string][]
let answer: WriteAnswer | undefined
let steam: Reading | undefined

const config = (() => {
  const parsed = parseConfig(FILE, '/f/a.yaml', {})
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault))
  return parsed.value
})()
const tags = createTagTable(config)

function begin(): void {
  store = openStore({ folder, clock, maxBytes: 2 ** 30, maxAgeMs: 3_600_000, commitMs: 100, onFault: () => {} })
  const source: Source = {
    id: 'plc',
    kind: 'opcua',
    start: () => {},
    stop: async () => {},
    write: async (name, value) => {
      writes.push([name, value])
      return answer ?? { kind: 'written', readBack: value }
    },
    acknowledge: async (condition, person) => {
      acknowledged.push([condition, person])
      return answer ?? { kind: 'written', readBack: true }
    },
    confirm: async (condition, person) => {
      acknowledged.push([`confirm ${condition}`, person])
      return answer ?? { kind: 'written', readBack: true }
    },
    shelve: async (condition, ms) => {
      acknowledged.push([`shelve ${condition}`, String(ms)])
      return answer ?? { kind: 'written', readBack: true }
    },
    unshelve: async condition => {
      acknowledged.push([`unshelve ${condition}`, ''])
      return answer ?? { kind: 'written', readBack: true }
    },
  }
  alarms = createAlarmDesk({
    agent: 'a',
    record: store.alarms,
    emit: async () => {},
    newest: () => undefined,
    now: clock.now,
  })
  runner = createCommandRunner({
    agent: 'a',
    record: store.commands,
    answer: async result => void results.push(result),
    write: createTagWriter({ tags, source: () => source, guard: limitsGuard, newest: () => steam, now: clock.now }),
    alarms,
    source: () => source,
    loops: undefined,
    inspector: () => undefined,
    clock,
    startedAt: clock.now(),
    onProblem: () => {},
  })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mw-commands-'))
  clock = manualClock()
  results = []
  writes = []
  acknowledged = []
  answer = undefined
  steam = { tag: 'a/steam', t: clock.now(), value: 3, quality: 'good' }
  begin()
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

let count = 0
const order = async (body: CommandBody, more: Partial<Command> = {}): Promise<CommandResult | undefined> => {
  count += 1
  const id = more.id ?? `c${count}`
  const command: Command = {
    id,
    agent: 'a',
    body,
    person: 'zhang',
    role: 'operator',
    reason: 'because',
    issuedAt: clock.now(),
    expiresAt: clock.now() + 10_000,
    ...more,
  }
  runner.take(JSON.stringify(command))
  await runner.idle()
  return results.findLast(result => result.id === id)
}
const write = (value: number | boolean, tag = 'a/steam', more: Partial<Command> = {}) =>
  order({ kind: 'write_tag', tag, value }, more)

describe('write_tag', () => {
  it('writes the raw value, reads back in the unit, and says what was there before', async () => {
    expect(await write(3.4)).toEqual({
      id: expect.any(String),
      status: 'done',
      t: clock.now(),
      before: 3,
      readBack: 3.4000000000000004,
    })
    expect(writes).toEqual([['steam', 34]])
  })
  it.each([
    ['above the limits', 7, 'MW-1008'],
    ['below the limits', 0, 'MW-1008'],
    ['too large a step', 3.6, 'MW-1008'],
    ['not a number', Number.NaN, undefined],
  ])('%s: refused, nothing written', async (_name, value, code) => {
    const result = await write(value)
    expect(result?.code).toBe(code)
    if (code !== undefined) expect(result?.status).toBe('refused')
    expect(writes).toEqual([])
  })
  it('a refusal says both limits and step in both languages', async () => {
    const result = await write(9)
    expect(result?.text?.en).toContain('9 bar is outside the permitted 1 to 6 bar; a step of 6')
    expect(result?.text?.zh).toContain('超出允许范围')
  })
  it('nothing is written blindly where a largest step is set', async () => {
    steam = undefined
    expect(await write(3)).toMatchObject({ status: 'refused', code: 'MW-1008' })
  })
  it('an unknown tag, and one that may not be written', async () => {
    expect(await write(3, 'a/none')).toMatchObject({ status: 'refused', code: 'MW-1007' })
    expect(await write(3, 'a/moisture')).toMatchObject({ status: 'refused', code: 'MW-1009' })
    expect(await write(3, 'a/on')).toMatchObject({ status: 'refused', code: 'MW-0101' })
    expect(writes).toEqual([])
  })
  it('a machine that refuses, is silent, or reads back otherwise', async () => {
    answer = { kind: 'refused', detail: 'BadNotWritable' }
    expect(await write(3.1)).toMatchObject({ status: 'refused', code: 'MW-1003' })
    answer = { kind: 'failed', detail: 'timeout' }
    expect(await write(3.1)).toMatchObject({ status: 'failed', code: 'MW-1001' })
    answer = { kind: 'written', readBack: 30 }
    expect(await write(3.1)).toMatchObject({ status: 'failed', code: 'MW-1004', readBack: 3, before: 3 })
  })
})

describe('at most once, and in time', () => {
  it('the same id is executed once, also after a restart', async () => {
    await write(3.1, 'a/steam', { id: 'same' })
    await write(3.2, 'a/steam', { id: 'same' })
    await store.close()
    begin()
    await write(3.3, 'a/steam', { id: 'same' })
    expect(writes).toEqual([['steam', 31]])
    expect(results).toHaveLength(1)
  })
  it('late: refused', async () => {
    expect(await write(3.1, 'a/steam', { expiresAt: clock.now() - 1 })).toMatchObject({
      status: 'refused',
      code: 'MW-1005',
    })
    expect(writes).toEqual([])
  })
  it('issued before the agent started: refused', async () => {
    expect(await write(3.1, 'a/steam', { issuedAt: clock.now() - 1 })).toMatchObject({
      status: 'refused',
      code: 'MW-1006',
    })
    expect(writes).toEqual([])
  })
  it('for another agent: none of ours', async () => {
    expect(await write(3.1, 'a/steam', { agent: 'b' })).toBeUndefined()
  })
  it('begun and not ended by a stop: answered as of unknown outcome', async () => {
    store.commands.begin('lost', clock.now())
    await runner.recover()
    expect(results).toEqual([
      { id: 'lost', status: 'failed', code: 'MW-1011', t: clock.now(), text: expect.anything() },
    ])
    await runner.recover()
    expect(results).toHaveLength(1)
  })
  it('what is no command does nothing', async () => {
    for (const text of ['', '{', '{"id": 1}', JSON.stringify({ id: 'x', agent: 'a', body: { kind: 'explode' } })])
      runner.take(text)
    await runner.idle()
    expect(results).toEqual([])
  })
})

describe('alarms', () => {
  it('a device alarm is acknowledged in the device, with who', async () => {
    alarms.ofDevice('plc', {
      condition: 'Dryer.High',
      active: true,
      acknowledged: false,
      t: 1,
      priority: 'high',
      message: { zh: '高', en: 'high' },
    })
    expect(await order({ kind: 'acknowledge_alarm', alarm: 'a/plc/Dryer.High' })).toMatchObject({ status: 'done' })
    expect(acknowledged).toEqual([['Dryer.High', 'zhang']])
  })
  it('an alarm that is over but for its confirmation, or set aside, can still be confirmed and brought back', async () => {
    const said = { condition: 'Dryer.High', t: clock.now(), priority: 'high', message: { zh: '', en: '' } } as const
    const over = { ...said, active: false, acknowledged: true, confirmed: false, shelved: true }
    alarms.ofDevice('plc', { ...over, active: true })
    alarms.ofDevice('plc', over)
    const alarm = 'a/plc/Dryer.High'
    expect(await order({ kind: 'confirm_alarm', alarm })).toMatchObject({ status: 'done' })
    expect(await order({ kind: 'unshelve_alarm', alarm })).toMatchObject({ status: 'done' })
    expect(await order({ kind: 'shelve_alarm', alarm, seconds: 60 })).toMatchObject({ status: 'done' })
    expect(await order({ kind: 'shelve_alarm', alarm })).toMatchObject({ status: 'done' })
    answer = { kind: 'refused', detail: 'BadShelvingTimeOutOfRange' }
    expect(await order({ kind: 'shelve_alarm', alarm, seconds: 600 })).toMatchObject({
      status: 'refused',
      code: 'MW-1003',
    })
    expect(acknowledged).toEqual([
      ['confirm Dryer.High', 'zhang'],
      ['unshelve Dryer.High', ''],
      ['shelve Dryer.High', '60000'],
      ['shelve Dryer.High', 'undefined'],
      ['shelve Dryer.High', '600000'],
    ])
    alarms.ofDevice('plc', { ...over, confirmed: true, shelved: false })
    expect(await order({ kind: 'confirm_alarm', alarm })).toMatchObject({ status: 'refused', code: 'MW-1007' })
  })
  it('an alarm of a limit is raised, acknowledged and returns', async () => {
    const moisture = tags.byTag('a/moisture')!
    const say = (value: number) =>
      alarms.ofReading({ tag: 'a/moisture', t: clock.now(), value, quality: 'good' }, moisture)
    say(14)
    expect(await order({ kind: 'acknowledge_alarm', alarm: 'a/agent/moisture.hi' })).toMatchObject({ status: 'done' })
    say(12)
    expect(alarms.find('a/agent/moisture.hi')).toBeUndefined()
    expect(acknowledged).toEqual([])
  })
  it('an alarm that does not stand', async () => {
    expect(await order({ kind: 'acknowledge_alarm', alarm: 'a/plc/None' })).toMatchObject({
      status: 'refused',
      code: 'MW-1007',
    })
  })
  it('alarms that stand are known after a restart, and over when the device no longer has them', async () => {
    alarms.ofDevice('plc', {
      condition: 'X',
      active: true,
      acknowledged: false,
      t: 1,
      priority: 'low',
      message: { zh: '', en: '' },
    })
    await store.outbox.flush()
    await store.close()
    begin()
    expect(alarms.find('a/plc/X')).toEqual({ source: 'plc', condition: 'X' })
    alarms.standing('plc', new Set())
    expect(alarms.find('a/plc/X')).toBeUndefined()
  })
})

it('what has no one to do it is refused by name', async () => {
  expect(await order({ kind: 'accept_proposal', proposal: 'p1' })).toMatchObject({ status: 'refused', code: 'MW-1007' })
  expect(await order({ kind: 'laboratory_sample', loop: 'l', takenAt: 0, value: 12.5 })).toMatchObject({
    status: 'refused',
    code: 'MW-1007',
  })
  expect(await order({ kind: 'set_loop_level', loop: 'l', level: 'closed' })).toMatchObject({
    status: 'refused',
    code: 'MW-1007',
  })
})
