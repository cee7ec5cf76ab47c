/** The agent as a process, between a real OPC UA server and a real broker. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { AGENT_TAGS, type Reading, tagOf } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer, TEST_URI, type TestServer } from './testing/opcua-server.suite.ts'
import { GROUP, startPlant, type TestPlant } from './testing/plant.suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-agent-'))
const file = join(folder, 'agent.yaml')
const pki = join(folder, 'server-pki')
const AGENT = 'line'
const MOISTURE = `${AGENT}/dryer/moisture`
const STEAM = `${AGENT}/dryer/steam`

let server: TestServer
let plant: TestPlant
let agent: ChildProcess | undefined

beforeAll(async () => {
  server = await startTestServer({ pki, values: { Moisture: 0, Steam: 3 } })
  plant = await startPlant(AGENT)
  const tag = (name: string, id: string, more = '') =>
    `  - { name: dryer/${name}, source: plc, address: "nsu=${TEST_URI};s=${id}", type: float, description: { zh: 甲, en: A }${more} }\n`
  writeFileSync(
    file,
    `agent: ${AGENT}
group: ${GROUP}
data: ./data
server: { mqtt: "${plant.url}", http: "http://127.0.0.1:9" }
sources:
  - { id: plc, kind: opcua, endpoint: "${server.endpoint}", samplingMs: 0, publishingMs: 100, queueSize: 100 }
tags:
${tag('moisture', 'Moisture')}${tag('steam', 'Steam', ', writable: { low: 0, high: 10 }')}`,
  )
}, 60_000)
afterAll(async () => {
  agent?.kill('SIGKILL')
  await server.stop()
  await plant.stop()
  rmSync(folder, { recursive: true, force: true })
})

const eventually = (check: () => void, timeout = 20_000) => vi.waitFor(check, { timeout, interval: 20 })

/** Starts the agent; resolves with its line on stdout. */
async function start(): Promise<unknown> {
  agent = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'run', file], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const lines = createInterface(agent.stdout!)
  return new Promise(resolve => lines.once('line', line => resolve(JSON.parse(line))))
}
const ended = () => new Promise<number | null>(resolve => agent!.once('exit', code => resolve(code)))

/** What a historian would hold: by tag and time, each once. */
function stored(tag: string): Reading[] {
  const byTime = new Map<number, Reading>()
  for (const { readings } of plant.heard)
    for (const reading of readings) {
      if (reading.tag !== tag) continue
      const known = byTime.get(reading.t)
      if (known !== undefined) expect(reading).toEqual(known)
      byTime.set(reading.t, reading)
    }
  return [...byTime.values()].sort((a, b) => a.t - b.t)
}
const valuesOf = (tag: string) => stored(tag).map(({ value }) => value)
let next = 0
/** Sets the next `count` whole numbers, each once the one before could be sampled. */
async function emit(count: number): Promise<number[]> {
  const values = Array.from({ length: count }, () => (next += 1))
  for (const value of values) {
    server.set('Moisture', value)
    await new Promise(resolve => setImmediate(resolve))
  }
  return values
}
const count = (values: readonly unknown[], value: unknown) => values.filter(one => one === value).length

describe('an agent as a process', () => {
  it('is ready, sends what the server says, marks the time of its own death, and loses nothing to kill -9 of itself', async () => {
    expect(await start()).toEqual({ ready: true, agent: AGENT })
    await eventually(() => expect(valuesOf(MOISTURE)).toEqual([0]))
    const first = await emit(50)
    await eventually(() => expect(valuesOf(MOISTURE)).toContain(first.at(-1)))
    expect(valuesOf(MOISTURE).filter(value => value === null)).toEqual([])

    plant.confirming = false
    const unconfirmed = await emit(50)
    await eventually(() => expect(valuesOf(MOISTURE)).toContain(unconfirmed.at(-1)))
    const killed = Date.now()
    agent!.kill('SIGKILL')
    await ended()
    plant.confirming = true
    server.set('Moisture', 100_000)
    server.set('Moisture', 100_001)

    await start()
    // The last value set meanwhile holds when it comes back.
    await eventually(() => expect(valuesOf(MOISTURE)).toContain(100_001))
    const restarted = Date.now()
    const last = await emit(20)
    await eventually(() => expect(valuesOf(MOISTURE)).toContain(last.at(-1)))
    const values = valuesOf(MOISTURE)
    for (const value of [...first, ...unconfirmed, ...last]) expect([value, count(values, value)]).toEqual([value, 1])
    // Set and replaced while no agent was there: never seen, and never made up.
    expect(values).not.toContain(100_000)
    const gaps = stored(MOISTURE).filter(({ value }) => value === null)
    expect(gaps).toHaveLength(1)
    expect(gaps[0]).toMatchObject({ quality: 'bad' })
    expect(gaps[0]!.t).toBeGreaterThan(killed - 2000)
    expect(gaps[0]!.t).toBeLessThan(restarted)
    // A value that stood still through the gap is there again after it.
    const steam = stored(STEAM)
    expect(steam.map(({ value }) => value)).toEqual([3, null, 3])
    await eventually(() => expect(valuesOf(tagOf(AGENT, AGENT_TAGS.gaps)).at(-1)).toBeGreaterThanOrEqual(2))
  }, 90_000)

  it('a source that goes is marked at that time, counted, and its alarm stands until it returns', async () => {
    const { port } = server
    await server.stop()
    await eventually(() => expect(stored(MOISTURE).at(-1)).toMatchObject({ value: null, quality: 'bad' }))
    await eventually(() =>
      expect(plant.events.findLast(({ kind }) => kind === 'alarm')?.body).toMatchObject({
        alarm: `${AGENT}/agent/plc.connection`,
        active: true,
      }),
    )
    expect(plant.heard.some(({ type, device }) => type === 'DDEATH' && device === 'plc')).toBe(true)
    server = await startTestServer({ pki, port, values: { Moisture: 7777, Steam: 3 } })
    await eventually(() => expect(stored(MOISTURE).at(-1)).toMatchObject({ value: 7777, quality: 'good' }))
    await eventually(() =>
      expect(plant.events.findLast(({ kind }) => kind === 'alarm')?.body).toMatchObject({
        active: false,
        acknowledged: false,
      }),
    )
  }, 60_000)

  it('values while the broker is away are kept and come as historical', async () => {
    const { port } = plant
    const heard = [...plant.heard]
    await plant.stop()
    await eventually(() => expect(plant.clients()).toBe(0))
    next = 20_000
    const away = await emit(40)
    plant = await startPlant(AGENT, port)
    plant.heard.push(...heard)
    await eventually(() => expect(valuesOf(MOISTURE)).toContain(away.at(-1)))
    await eventually(() => {
      const values = valuesOf(MOISTURE)
      for (const value of away) expect([value, count(values, value)]).toEqual([value, 1])
    })
    expect(plant.heard.some(({ historical }) => historical)).toBe(true)
  }, 60_000)

  it('executes a command once and answers with the read-back', async () => {
    const command = {
      id: 'w1',
      agent: AGENT,
      body: { kind: 'write_tag', tag: STEAM, value: 4.5 },
      person: 'zhang',
      role: 'operator',
      reason: 'test',
      issuedAt: Date.now(),
      expiresAt: Date.now() + 60_000,
    }
    await plant.command(JSON.stringify(command))
    const result = () => plant.events.filter(({ kind }) => kind === 'command_result')
    await eventually(() => expect(result()).toHaveLength(1))
    expect(result()[0]?.body).toMatchObject({ id: 'w1', status: 'done', before: 3, readBack: 4.5 })
    expect(server.get('Steam')).toBe(4.5)
    server.set('Steam', 5)
    await plant.command(JSON.stringify(command))
    await plant.command(JSON.stringify({ ...command, id: 'w2', issuedAt: 1 }))
    await eventually(() => expect(result()).toHaveLength(2))
    expect(result()[1]?.body).toMatchObject({ id: 'w2', status: 'refused', code: 'MW-1006' })
    expect(server.get('Steam')).toBe(5)
  }, 30_000)

  it('a second agent on the same folder is refused with a code', async () => {
    const second = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'run', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const lines: string[] = []
    createInterface(second.stderr!).on('line', line => lines.push(line))
    const code = await new Promise(resolve => second.once('exit', resolve))
    expect(code).toBe(3)
    expect(lines.join('\n')).toMatch(new RegExp(`MW-0105 .*process ${agent!.pid}`))
  }, 30_000)

  it('stops cleanly within 3 s, with a farewell, and leaves nothing unsaid', async () => {
    const before = Date.now()
    agent!.kill('SIGTERM')
    expect(await ended()).toBe(0)
    expect(Date.now() - before).toBeLessThan(3000)
    await eventually(() => expect(plant.heard.at(-1)?.type).toBe('NDEATH'))
  }, 20_000)
})
