import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@millwright/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TagConfig } from '../../config/schema.ts'
import type { OpcuaConfig } from '../../config/sources/opcua.ts'
import { type Listened, listen } from '../../testing/listen.ts'
import { startTestServer, TEST_URI, type TestServer } from '../../testing/opcua-server.suite.ts'
import type { Source } from '../source.ts'
import { browseVariables } from './browse.ts'
import { openConnection } from './connection.ts'
import { parseNodeAddress, resolveNodeAddress } from './node-address.ts'
import { createOpcuaSource } from './opcua-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-opcua-'))
const pki = join(folder, 'server-pki')
const values = { Moisture: 12.5, Steam: 3, Running: true, Batch: 'B1' }
let server: TestServer
let source: Source | undefined
let heard: Listened

beforeAll(async () => {
  server = await startTestServer({ pki, values })
}, 60_000)
afterEach(async () => {
  await source?.stop()
  source = undefined
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const tag = (name: string, id: string): TagConfig => ({
  name,
  source: 'plc',
  address: `nsu=${TEST_URI};s=${id}`,
  type: 'float',
  description: { zh: '', en: '' },
})
const TAGS = [
  tag('moisture', 'Moisture'),
  tag('gone', 'NoSuchNode'),
  tag('running', 'Running'),
  tag('batch', 'Batch'),
  tag('steam', 'Steam'),
]

function start(more: Partial<OpcuaConfig> = {}, tags = TAGS, pkiName = 'client-pki', clock = systemClock): void {
  heard = listen()
  source = createOpcuaSource({
    config: { id: 'plc', kind: 'opcua', endpoint: server.endpoint, samplingMs: 0, publishingMs: 100, ...more },
    tags,
    pki: join(folder, pkiName),
    applicationName: 'test',
    readPassword: () => '',
    clock,
    random: () => 0.5,
  })
  source.start(heard)
}
const seen = (name: string) => heard.of(name).at(-1)?.value
const eventually = (check: () => void, timeout = 10_000) => vi.waitFor(check, { timeout, interval: 20 })

describe('OPC UA against a real server', () => {
  it('brings values of every type with quality and source time', async () => {
    start()
    await eventually(() => {
      expect(seen('moisture')).toBe(12.5)
      expect(seen('running')).toBe(true)
      expect(seen('batch')).toBe('B1')
    })
    const before = Date.now()
    server.set('Moisture', 12.75)
    await eventually(() => expect(seen('moisture')).toBe(12.75))
    const sample = heard.of('moisture').at(-1)!
    expect(sample.quality).toBe('good')
    expect(Math.abs(sample.t! - before)).toBeLessThan(2000)
  })

  it('names a node that is not there, and the others flow', async () => {
    start()
    await eventually(() => {
      expect(heard.faults).toEqual(['gone'])
      expect(seen('steam')).toBe(3)
    })
    expect(heard.states).toEqual(['connecting', 'online'])
  })

  it('a node that is missing is asked for again, and flows once it is there', async () => {
    // Half a minute passes in a third of a second.
    const every: typeof systemClock.every = (ms, tick) => systemClock.every(ms === 30_000 ? 300 : ms, tick)
    start({}, [tag('late', 'Late'), tag('steam', 'Steam')], 'client-pki', { ...systemClock, every })
    await eventually(() => expect(heard.faults).toEqual(['late']))
    server.add('Late', 7)
    await eventually(() => expect(seen('late')).toBe(7))
    server.set('Late', 8)
    await eventually(() => expect(seen('late')).toBe(8))
    server.remove('Late')
    await eventually(() => expect(heard.of('late').at(-1)?.quality).toBe('bad'))
    server.add('Late', 9)
    await eventually(() => expect(seen('late')).toBe(9))
    expect(heard.states).toEqual(['connecting', 'online'])
    server.remove('Late')
  }, 40_000)

  it('a namespace that is not there is named for each of its tags', async () => {
    start({}, [{ ...tag('other', 'X'), address: 'nsu=urn:not:there;s=X' }, tag('moisture', 'Moisture')])
    await eventually(() => expect(heard.of('moisture').length).toBeGreaterThan(0))
    expect(heard.faults).toEqual(['other'])
  })

  it('writes in the node’s own type and reads back', async () => {
    start()
    await eventually(() => expect(heard.states).toContain('online'))
    expect(await source!.write!('steam', 4.25)).toEqual({ kind: 'written', readBack: 4.25 })
    expect(server.get('Steam')).toBe(4.25)
    expect(await source!.write!('running', false)).toEqual({ kind: 'written', readBack: false })
    expect(await source!.write!('gone', 1)).toMatchObject({ kind: 'refused' })
    server.set('Running', true)
  })

  it('writes several by one call, each with an answer of its own', async () => {
    start()
    await eventually(() => expect(heard.states).toContain('online'))
    const entries = [
      ['steam', 3.5],
      ['nobody', 1],
      ['running', false],
      ['gone', 1],
      ['steam', 'no number'],
    ] as const
    server.writes()
    expect(await source!.writeMany!(entries)).toMatchObject([
      { kind: 'written', readBack: 3.5 },
      { kind: 'refused', detail: expect.stringContaining('nobody') },
      { kind: 'written', readBack: false },
      { kind: 'refused', detail: 'BadNodeIdUnknown' },
      { kind: 'refused', detail: expect.stringContaining('Double') },
    ])
    expect(server.get('Steam')).toBe(3.5)
    expect(server.writes()).toBe(1)
    server.set('Running', true)
  })

  it('has data back within 5 s of the server’s return, though its namespace moved', async () => {
    start()
    await eventually(() => expect(heard.states).toContain('online'))
    const { port } = server
    await server.stop()
    await eventually(() => expect(heard.states.at(-1)).not.toBe('online'), 15_000)
    expect(await source!.write!('steam', 1)).toMatchObject({ kind: 'failed' })
    heard.all.length = 0
    server = await startTestServer({ pki, port, values: { ...values, Moisture: 13.5 }, before: ['urn:another'] })
    const returned = Date.now()
    await eventually(() => expect(seen('moisture')).toBe(13.5))
    expect(Date.now() - returned).toBeLessThan(5000)
    expect(heard.states.filter(state => state === 'offline')).toHaveLength(1)
  }, 60_000)

  it('says offline where nobody answers, and stops at once', async () => {
    start({ endpoint: 'opc.tcp://127.0.0.1:9' })
    await eventually(() => expect(heard.states).toEqual(['connecting', 'offline']))
    const before = Date.now()
    await source!.stop()
    expect(Date.now() - before).toBeLessThan(3000)
  })

  it('connects signed and encrypted', async () => {
    start({ security: { policy: 'Basic256Sha256', mode: 'SignAndEncrypt' }, trust: 'demo' })
    await eventually(() => expect(seen('batch')).toBe('B1'), 20_000)
  }, 30_000)

  it('does not connect to a server whose certificate is not on the list', async () => {
    start({ security: { policy: 'Basic256Sha256', mode: 'SignAndEncrypt' } }, TAGS, 'strict-pki')
    await eventually(() => expect(heard.states).toContain('offline'), 20_000)
    expect(heard.all).toEqual([])
  }, 30_000)

  it('browses variables with the address the agent’s file would use', async () => {
    const connection = await openConnection(
      {
        endpoint: server.endpoint,
        policy: 'None',
        mode: 'None',
        trustAll: true,
        pki: join(folder, 'client-pki'),
        applicationName: 'test',
        clock: systemClock,
      },
      () => {},
      new AbortController().signal,
    )
    const variables = await browseVariables(connection.session, connection.namespaces)
    await connection.close()
    expect(variables.find(({ path }) => path.join('.') === 'Line.Batch')).toEqual({
      address: `nsu=${TEST_URI};s=Batch`,
      path: ['Line', 'Batch'],
      type: 'String',
      unit: '',
      value: 'B1',
      quality: 'good',
    })
  })
})

describe('node addresses', () => {
  it.each([
    ['nsu=urn:a:b;s=Dryer.X=1;y', { uri: 'urn:a:b', index: 0, identifier: 's=Dryer.X=1;y' }],
    ['ns=3;i=85', { index: 3, identifier: 'i=85' }],
    ['i=2253', { index: 0, identifier: 'i=2253' }],
  ])('%s', (text, expected) => expect(parseNodeAddress(text)).toEqual({ ok: true, value: expected }))
  it.each(['', 'Dryer', 'ns=x;s=a', 'i=abc', 'nsu=;s=a'])('refuses "%s"', text =>
    expect(parseNodeAddress(text).ok).toBe(false),
  )
  it('a URI is found at whatever index the server has it', () => {
    const address = { uri: 'urn:b', index: 0, identifier: 's=X' }
    expect(resolveNodeAddress(address, ['http://opcfoundation.org/UA/', 'urn:a', 'urn:b'])).toEqual({
      ok: true,
      value: 'ns=2;s=X',
    })
    expect(resolveNodeAddress(address, ['urn:a']).ok).toBe(false)
  })
})
