import { createServer } from 'node:net'
import { systemClock } from '@millwright/contract'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { TagConfig } from '../../config/schema.ts'
import type { ModbusConfig } from '../../config/sources/modbus.ts'
import { type Listened, listen } from '../../testing/listen.ts'
import { freePort, startSlave, type TestSlave } from '../../testing/modbus-slave.suite.ts'
import type { Source } from '../source.ts'
import { createModbusLines } from './lines.ts'
import { createModbusSource } from './modbus-source.ts'

let slave: TestSlave
const sources: Source[] = []
const lines = createModbusLines({ clock: systemClock, random: () => 0.5 })

beforeEach(async () => {
  slave = await startSlave()
  for (let address = 0; address < 20; address += 1) slave.holding.set(address, address)
  slave.holding.set(10, 0x4148).set(11, 0)
})
afterEach(async () => {
  for (const source of sources.splice(0)) await source.stop()
  await slave.stop()
})

const tag = (name: string, address: string): TagConfig => ({
  name,
  source: 'cell',
  address,
  type: 'float',
  description: { zh: '', en: '' },
})
const TAGS = [tag('a', 'holding:3'), tag('b', 'holding:10:float32'), tag('lamp', 'coil:1')]

function start(tags = TAGS, port = slave.port, more: Partial<ModbusConfig> = {}): { source: Source; heard: Listened } {
  const heard = listen()
  const deps = { clock: systemClock, random: () => 0.5 }
  const config = { id: 'cell', kind: 'modbus', host: '127.0.0.1', port, pollMs: 50, timeoutMs: 300, ...more } as const
  const source = createModbusSource({ ...deps, config, tags, line: lines.of(config) })
  source.start(heard)
  sources.push(source)
  return { source, heard }
}
const eventually = (check: () => void, timeout = 8000) => vi.waitFor(check, { timeout, interval: 20 })

it('reads registers and coils, near ones in one request', async () => {
  const { heard } = start()
  await eventually(() => {
    expect(heard.of('a').at(-1)).toMatchObject({ value: 3, quality: 'good' })
    expect(heard.of('b').at(-1)?.value).toBe(12.5)
    expect(heard.of('lamp').at(-1)?.value).toBe(false)
  })
  expect(new Set(slave.asked)).toEqual(new Set(['holding:3+9']))
})

it('a register that is not there is named, and its neighbours flow', async () => {
  const { heard } = start([...TAGS, tag('gone', 'holding:21'), tag('c', 'holding:19')])
  await eventually(() => {
    expect(heard.faults).toEqual(['gone'])
    expect(heard.of('c').at(-1)).toMatchObject({ value: 19, quality: 'good' })
    expect(heard.of('a').at(-1)).toMatchObject({ value: 3, quality: 'good' })
    expect(heard.of('gone').at(-1)).toMatchObject({ value: null, quality: 'bad' })
  })
})

it('writes one register (6), several (16) and a coil (5), and reads back', async () => {
  const { source, heard } = start()
  await eventually(() => expect(heard.states).toContain('online'))
  expect(await source.write!('a', 77)).toEqual({ kind: 'written', readBack: 77 })
  expect(slave.holding.get(3)).toBe(77)
  expect(await source.write!('b', -1.5)).toEqual({ kind: 'written', readBack: -1.5 })
  expect([slave.holding.get(10), slave.holding.get(11)]).toEqual([0xbfc0, 0])
  expect(await source.write!('lamp', true)).toEqual({ kind: 'written', readBack: true })
  expect(await source.write!('a', 70_000)).toMatchObject({ kind: 'refused' })
})

it('has data back within 5 s of the device’s return', async () => {
  const { heard } = start()
  await eventually(() => expect(heard.of('a').length).toBeGreaterThan(2))
  const { port } = slave
  await slave.stop()
  await eventually(() => expect(heard.states.at(-1)).not.toBe('online'))
  heard.all.length = 0
  slave = await startSlave(port)
  for (let address = 0; address < 20; address += 1) slave.holding.set(address, address + 100)
  const returned = Date.now()
  await eventually(() => expect(heard.of('a').at(-1)?.value).toBe(103))
  expect(Date.now() - returned).toBeLessThan(5000)
  expect(heard.states.filter(state => state === 'offline')).toHaveLength(1)
}, 20_000)

it('a device that accepts and never answers is offline, and slows no other', async () => {
  const silent = createServer(() => {})
  const port = await new Promise<number>(resolve =>
    silent.listen(0, '127.0.0.1', () => resolve((silent.address() as { port: number }).port)),
  )
  const dead = start(TAGS, port)
  const nobody = start(TAGS, await freePort())
  const living = start()
  await eventually(() => {
    expect(dead.heard.states).toContain('offline')
    expect(nobody.heard.states).toContain('offline')
  })
  const before = living.heard.of('a').length
  const began = Date.now()
  await eventually(() => expect(living.heard.of('a').length).toBeGreaterThan(before + 10))
  expect(Date.now() - began).toBeLessThan(3000)
  expect(dead.heard.all).toEqual([])
  silent.close()
})

it.each([
  ['random bytes', (request: Buffer) => Buffer.from([...request].map(byte => byte ^ 0x5a))],
  ['a reply cut short', (request: Buffer) => Buffer.concat([request.subarray(0, 4), Buffer.from([0, 3, 1, 3, 40])])],
  [
    'a length that lies',
    (request: Buffer) => Buffer.concat([request.subarray(0, 4), Buffer.from([0xff, 0xff, 1, 3, 2, 0, 1])]),
  ],
  ['another transaction', () => Buffer.from([9, 9, 0, 0, 0, 5, 1, 3, 2, 0, 7])],
  [
    'fewer registers than asked',
    (request: Buffer) => Buffer.concat([request.subarray(0, 4), Buffer.from([0, 5, 1, 3, 2, 0, 7])]),
  ],
])('a device that answers %s gives no value, and slows no other', async (_, answer) => {
  const liar = createServer(socket => {
    socket.on('data', request => socket.write(answer(request)))
    socket.on('error', () => {})
  })
  const port = await new Promise<number>(resolve =>
    liar.listen(0, '127.0.0.1', () => resolve((liar.address() as { port: number }).port)),
  )
  const lied = start([tag('a', 'holding:3'), tag('b', 'holding:10:float32')], port)
  const living = start()
  await eventually(() => expect(living.heard.of('a').length).toBeGreaterThan(20))
  expect(lied.heard.all.filter(sample => sample.quality === 'good')).toEqual([])
  liar.close()
})
