/**
 * Journey 9: another plant, as the README tells it: an OPC UA server and a Modbus slave of other vendors' stacks, string
 * NodeIds behind another namespace order, swapped words; plant server and agent started alone, values served.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { LiveValue } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root, runCommand } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'

const python = process.env.MILLWRIGHT_PEERS_PYTHON ?? ''
// In CI the peers must be there; elsewhere their absence is a visible skip.
const skip = !existsSync(python) && process.env.CI === undefined
if (skip)
  process.stderr.write(
    'the second plant is skipped: MILLWRIGHT_PEERS_PYTHON names no Python (see test/peers/README.md)\n',
  )

const running: ChildProcess[] = []

/** Starts a program that says when it is ready. */
function startReady(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => {
      if (line.includes('"ready"')) resolve()
    })
    child.on('exit', code => reject(new Error(`${command} ${args[0]} ended with ${code}`)))
  })
}

const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const door = (room: string, name: string) => join(root, room, 'bin', `${name}.mjs`)

describe.skipIf(skip)('a second plant', () => {
  let folder: string
  let ports: { opcua: number; modbus: number; mqtt: number; http: number }
  let agentFile: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mw-second-'))
    ports = { opcua: await freePort(), modbus: await freePort(), mqtt: await freePort(), http: await freePort() }
    await Promise.all([
      startReady(python, [join(root, 'test', 'peers', 'opcua_server.py'), String(ports.opcua)]),
      startReady(python, [join(root, 'test', 'peers', 'modbus_slave.py'), String(ports.modbus)]),
    ])
    const secret = join(folder, 'kiln.secret')
    writeFileSync(secret, 'a-secret-of-the-second-plant\n')
    const server = {
      data: join(folder, 'data'),
      http: { port: ports.http },
      broker: { embedded: { port: ports.mqtt } },
      agents: [{ id: 'kiln', secretFile: secret }],
    }
    writeFileSync(join(folder, 'server.yaml'), JSON.stringify(server))
    agentFile = join(folder, 'kiln.yaml')
    writeFileSync(agentFile, agentText(ports, secret))
  }, 120_000)

  afterAll(() => {
    for (const child of running) child.kill('SIGKILL')
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  })

  it('browse lists the nodes of the foreign server as addresses', async () => {
    const { status, out, err } = await runCommand('mw-edge', [
      'browse',
      `opc.tcp://127.0.0.1:${ports.opcua}/other/`,
      '--json',
    ])
    expect(status, err).toBe(0)
    expect(out).toContain('Kiln.Temperature')
  }, 60_000)

  it('check accepts the changed file, and names a wrong address with its place', async () => {
    expect((await runCommand('mw-edge', ['check', agentFile])).status).toBe(0)
    const wrong = join(folder, 'wrong.yaml')
    writeFileSync(wrong, agentText(ports, join(folder, 'kiln.secret')).replace('holding:2:uint32', 'holding:two'))
    const { status, out, err } = await runCommand('mw-edge', ['check', wrong])
    expect(status).toBe(1)
    expect(out + err).toMatch(/wrong\.yaml.*(\/tags\/3|:\d+)/)
  })

  it('values of both devices are served, words in their order, and a setpoint may be read', async () => {
    await startReady(process.execPath, [
      door('plant-server', 'mw-plant'),
      'run',
      '--config',
      join(folder, 'server.yaml'),
    ])
    await startReady(process.execPath, [door('edge-agent', 'mw-edge'), 'run', agentFile])
    const history = await waitFor('a temperature in the history', 60_000, async () => {
      const { out } = await runCommand('mw-plant', [
        'history',
        'kiln/temperature',
        '--from',
        new Date(0).toISOString(),
        '--to',
        new Date(Date.now() + 60_000).toISOString(),
        '--json',
        '--data',
        join(folder, 'data'),
      ])
      const { points } = JSON.parse(out === '' ? '{"points":[]}' : out) as { points: [number, number | null, string][] }
      return points.filter(([, , quality]) => quality === 'good').length > 3 ? points : undefined
    })
    expect(history.every(([, value, quality]) => quality !== 'good' || (value! >= 200 && value! <= 205))).toBe(true)
    const at = async (tag: string): Promise<LiveValue['value'] | undefined> => {
      const { out } = await runCommand('mw-plant', [
        'history',
        tag,
        '--from',
        new Date(0).toISOString(),
        '--to',
        new Date(Date.now() + 60_000).toISOString(),
        '--json',
        '--data',
        join(folder, 'data'),
      ])
      const { points } = JSON.parse(out) as { points: [number, LiveValue['value'], string][] }
      return points.filter(([, , quality]) => quality === 'good').at(-1)?.[1]
    }
    expect(await at('kiln/room_temperature')).toBe(21.5)
    expect(await at('kiln/count')).toBe(123456)
    expect(await at('kiln/running')).toBe(true)
    expect(await at('kiln/setpoint')).toBe(210)
  }, 150_000)
})

const agentText = (
  { opcua, modbus, mqtt, http }: { opcua: number; modbus: number; mqtt: number; http: number },
  secret: string,
) => `
agent: kiln
group: millwright
data: ./kiln-data
server:
  mqtt: mqtt://127.0.0.1:${mqtt}
  http: http://127.0.0.1:${http}
  passwordFile: ${secret}
sources:
  - { id: plc, kind: opcua, endpoint: 'opc.tcp://127.0.0.1:${opcua}/other/', trust: demo }
  - { id: meter, kind: modbus, host: 127.0.0.1, port: ${modbus}, order: cdab }
tags:
  - { name: temperature, source: plc, address: 'nsu=urn:other:kiln;s=Kiln.Temperature', type: float, unit: °C, description: { zh: 窑温, en: Kiln temperature } }
  - { name: setpoint, source: plc, address: 'nsu=urn:other:kiln;s=Kiln.Setpoint', type: float, unit: °C, description: { zh: 设定, en: Setpoint } }
  - { name: room_temperature, source: meter, address: 'holding:0:float32', type: float, unit: °C, description: { zh: 室温, en: Room temperature } }
  - { name: count, source: meter, address: 'holding:2:uint32@abcd', type: int, description: { zh: 计数, en: Count } }
  - { name: running, source: meter, address: 'coil:0', type: boolean, description: { zh: 运行, en: Running } }
`
