/**
 * Modbus: real slaves of two other stacks are killed and started again, cables unplugged. Each answer is numbered by the
 * slave, so that lost and doubled values are counted, not guessed. MILLWRIGHT_UNPLUG_S: how long a cable is out (3; 60 for
 * the figures of record).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { waitFor } from '../../journeys/support/wait.ts'
import {
  type Cable,
  type Counting,
  type Heard,
  hasSocat,
  listenTo,
  type ModbusSettings,
  newLines,
  npmSlave,
  pymodbus,
  python,
  serialCable,
  tally,
  tcpCable,
} from './rig.ts'

const inCi = process.env.CI !== undefined
const hasPeers = inCi || spawnSync(python || '/nonexistent', ['-c', 'import pymodbus, serial']).status === 0
const hasSerial = inCi || hasSocat
if (!hasPeers) process.stderr.write('pymodbus is skipped: MILLWRIGHT_PEERS_PYTHON names no Python with it\n')
if (!hasSerial) process.stderr.write('the serial line is skipped: socat (Debian) is not installed\n')
const UNPLUG_MS = Number(process.env.MILLWRIGHT_UNPLUG_S ?? 3) * 1000
const BACK_MS = 5000

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

interface Rig {
  readonly slave: Counting
  readonly settings: Partial<ModbusSettings>
  readonly cable?: Cable
}

async function tcp(make: (where: string) => Counting, framing: 'tcp' | 'rtu'): Promise<Rig> {
  const [port, behind] = [await freePort(), await freePort()]
  const cable = await tcpCable(port, behind)
  undo.push(cable.close)
  return { slave: make(String(behind)), settings: { host: '127.0.0.1', port, framing }, cable }
}

async function serial(make: (where: string) => Counting): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'mw-serial-'))
  const [near, far] = [join(folder, 'near'), join(folder, 'far')]
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const cable = await serialCable(near, far)
  undo.push(cable.close)
  return { slave: make(far), settings: { serial: { path: near, baudRate: 19_200 } } }
}

const RIGS: readonly [string, boolean, () => Promise<Rig>][] = [
  ['pymodbus over TCP', hasPeers, () => tcp(where => pymodbus(where, 'socket'), 'tcp')],
  ['pymodbus, RTU over TCP', hasPeers, () => tcp(where => pymodbus(where, 'rtu'), 'rtu')],
  ['pymodbus, RTU on a serial line', hasPeers && hasSerial, () => serial(where => pymodbus(where, 'rtu'))],
  ['modbus-serial over TCP', true, () => tcp(npmSlave, 'tcp')],
  ['modbus-serial, RTU on a serial line', hasSerial, () => serial(npmSlave)],
]

const begin = (rig: Rig): Heard => {
  const heard = listenTo(rig.settings)
  undo.push(() => heard.source.stop())
  return heard
}
const flowing = (heard: Heard, more = 5) => {
  const before = heard.counts.length
  return waitFor('values to flow', 10_000, () => heard.counts.length >= before + more, 10)
}
const offline = (heard: Heard) => waitFor('the source to say so', 10_000, () => heard.states.at(-1) === 'offline', 10)

/** Nothing twice, in order, and nothing lost but what was under way when the line was cut. */
function expectWhole({ slave }: Rig, heard: Heard, cuts: number): void {
  const served = slave.served.get(1) ?? []
  const { lost, doubled } = tally(served.slice(0, served.indexOf(heard.counts.at(-1) ?? 0) + 1), heard.counts)
  expect(doubled).toBe(0)
  expect(heard.counts).toEqual(heard.counts.toSorted((a, b) => a - b))
  expect(lost.length).toBeLessThanOrEqual(cuts)
}

describe.each(RIGS)('%s', (name, there, make) => {
  it.skipIf(!there)(
    'is back within 5 s of being killed and started again, three times; nothing lost or doubled',
    async () => {
      const rig = await make()
      let running = await rig.slave.start()
      undo.push(() => running.kill())
      const heard = begin(rig)
      const seconds: number[] = []
      for (let time = 0; time < 3; time += 1) {
        await flowing(heard)
        await running.kill()
        await offline(heard)
        // Long enough for the retries to have backed off.
        await pause(1500)
        running = await rig.slave.start()
        const returned = Date.now()
        await flowing(heard, 1)
        seconds.push((heard.last() - returned) / 1000)
      }
      await flowing(heard)
      process.stderr.write(`  ${name}: data back after ${seconds.join(', ')} s\n`)
      for (const each of seconds) expect(each).toBeLessThan(BACK_MS / 1000)
      expect(heard.states.filter(state => state === 'offline')).toHaveLength(3)
      expectWhole(rig, heard, 3)
    },
  )
})

describe.each(RIGS.filter(([name]) => name.includes('TCP')))('%s, unplugged', (name, there, make) => {
  it.skipIf(!there)(
    'is back within 5 s, three times; nothing lost or doubled',
    async () => {
      const rig = await make()
      const running = await rig.slave.start()
      undo.push(() => running.kill())
      const heard = begin(rig)
      const seconds: number[] = []
      for (let time = 0; time < 3; time += 1) {
        await flowing(heard)
        await rig.cable?.unplug()
        await offline(heard)
        await pause(UNPLUG_MS)
        await rig.cable?.plug()
        const returned = Date.now()
        await flowing(heard, 1)
        seconds.push((heard.last() - returned) / 1000)
      }
      process.stderr.write(`  ${name}, unplugged for ${UNPLUG_MS / 1000} s: data back after ${seconds.join(', ')} s\n`)
      for (const each of seconds) expect(each).toBeLessThan(BACK_MS / 1000)
      expectWhole(rig, heard, 3)
    },
    60_000 + 3 * UNPLUG_MS,
  )
})

describe.skipIf(!hasPeers || !hasSerial)('a serial adapter that is pulled out', () => {
  it('is taken up again when it returns', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mw-serial-'))
    undo.push(() => rmSync(folder, { recursive: true, force: true }))
    const [near, far] = [join(folder, 'near'), join(folder, 'far')]
    const cable = await serialCable(near, far)
    undo.push(cable.close)
    const slave = pymodbus(far, 'rtu')
    let running = await slave.start()
    undo.push(() => running.kill())
    const heard = listenTo({ serial: { path: near, baudRate: 19_200 } })
    undo.push(() => heard.source.stop())
    await flowing(heard)
    await cable.unplug()
    await running.kill()
    await offline(heard)
    await cable.plug()
    running = await slave.start()
    const returned = Date.now()
    await flowing(heard, 1)
    expect(heard.last() - returned).toBeLessThan(BACK_MS)
  })
})

describe.skipIf(!hasPeers).each([
  ['behind a gateway (TCP)', 'tcp' as const],
  ['on one line (RTU over TCP)', 'rtu' as const],
])('several units %s', (_name, framing) => {
  it('a dead one never slows the others, and is back within 5 s of its return', async () => {
    const port = await freePort()
    const slave = pymodbus(String(port), framing === 'tcp' ? 'socket' : 'rtu', '1,2,3')
    const running = await slave.start()
    undo.push(() => running.kill())
    const lines = newLines()
    const units = [1, 2, 3].map(unit =>
      listenTo({ host: '127.0.0.1', port, framing, unit, pollMs: 100, timeoutMs: 500, id: `u${unit}` }, lines),
    )
    undo.push(() => Promise.all(units.map(({ source }) => source.stop())))
    const [first, dying] = [units[0]!, units[1]!]
    for (const unit of units) await flowing(unit)
    await running.send('mute 2')
    await offline(dying)
    const before = first.counts.length
    const began = Date.now()
    await waitFor('values of the first', 30_000, () => first.counts.length >= before + 40, 10)
    const pace = (Date.now() - began) / 40
    process.stderr.write(`  ${framing}: beside a dead unit one poll of 100 ms takes ${pace.toFixed(0)} ms\n`)
    // Dead units may use a fifth of the line.
    expect(pace).toBeLessThan(130)
    expect(first.states).not.toContain('offline')
    await running.send('unmute 2')
    const returned = Date.now()
    await flowing(dying, 1)
    expect(dying.last() - returned).toBeLessThan(BACK_MS)
    expect(tally([], dying.counts).doubled).toBe(0)
  })
})

describe.skipIf(!hasPeers)('a register that is not there', () => {
  it('is named and never costs the others; what can be written is read back', async () => {
    const port = await freePort()
    const slave = pymodbus(String(port), 'socket')
    const running = await slave.start()
    undo.push(() => running.kill())
    const addresses = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`r${40 + index}`, `holding:${40 + index}`]),
    )
    const heard = listenTo({ host: '127.0.0.1', port }, newLines(), addresses)
    undo.push(() => heard.source.stop())
    await waitFor('all others', 10_000, () => new Set(heard.samples.map(({ name }) => name)).size === 21, 10)
    expect(heard.faults).toEqual(['r50'])
    const good = heard.samples.filter(({ quality }) => quality === 'good')
    for (const { name, value } of good) if (name !== 'count') expect(value).toBe(Number(name.slice(1)))
    expect(heard.samples.find(({ name }) => name === 'r50')).toMatchObject({ value: null, quality: 'bad' })
    expect(await heard.source.write?.('r41', 4711)).toEqual({ kind: 'written', readBack: 4711 })
    expect(await heard.source.write?.('r50', 1)).toMatchObject({ kind: 'refused' })
  })
})
