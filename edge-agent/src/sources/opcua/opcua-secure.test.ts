import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@millwright/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { run as trust } from '../../cli/trust.ts'
import type { TagConfig } from '../../config/schema.ts'
import type { OpcuaConfig } from '../../config/sources/opcua.ts'
import { type Listened, listen } from '../../testing/listen.ts'
import { makeUserCertificate, type SecurePlant, startSecurePlant, trustUser } from '../../testing/opcua-plant.suite.ts'
import { TEST_URI } from '../../testing/opcua-server.suite.ts'
import type { Source } from '../source.ts'
import { createOpcuaSource } from './opcua-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-secure-'))
const userPki = join(folder, 'user-pki')
let plant: SecurePlant
let user: { certificateFile: string; privateKeyFile: string }
let source: Source | undefined
let heard: Listened

beforeAll(async () => {
  user = await makeUserCertificate(join(folder, 'user'))
  await trustUser(userPki, user.certificateFile)
  plant = await startSecurePlant(join(folder, 'server-pki'), userPki)
}, 60_000)
afterEach(async () => {
  await source?.stop()
  source = undefined
})
afterAll(async () => {
  await plant?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const tag = (name: string, id: string, more: Partial<TagConfig> = {}): TagConfig => ({
  name,
  source: 'plc',
  address: `nsu=${TEST_URI};s=${id}`,
  type: 'float',
  description: { zh: '', en: '' },
  ...more,
})
const BEST = { policy: 'Aes256_Sha256_RsaPss', mode: 'SignAndEncrypt' } as const
const NAMED = { name: 'edge', passwordFile: 'file' }

function start(more: Partial<OpcuaConfig> = {}, tags = [tag('float', 'Float')], pki = 'pki', password = 'secret') {
  heard = listen()
  source = createOpcuaSource({
    config: {
      id: 'plc',
      kind: 'opcua',
      endpoint: plant.endpoint,
      publishingMs: 100,
      security: BEST,
      trust: 'demo',
      user: NAMED,
      ...more,
    },
    tags,
    pki: join(folder, pki),
    applicationName: 'test',
    readPassword: () => password,
    clock: systemClock,
    random: () => 0.5,
  })
  source.start(heard)
}
const seen = (name: string) => heard.of(name).at(-1)?.value
const eventually = (check: () => void, timeout = 15_000) => vi.waitFor(check, { timeout, interval: 20 })

describe('security', () => {
  it.each([
    ['Aes256_Sha256_RsaPss', 'SignAndEncrypt'],
    ['Aes128_Sha256_RsaOaep', 'Sign'],
  ] as const)(
    '%s, %s, a user with a password',
    async (policy, mode) => {
      start({ security: { policy, mode } })
      await eventually(() => expect(seen('float')).toBe(1.5))
      expect(plant.users()).toContain('UserNameIdentityToken')
    },
    30_000,
  )

  it('a user with a certificate', async () => {
    start({ user })
    await eventually(() => expect(seen('float')).toBe(1.5))
    expect(plant.users()).toContain('X509IdentityToken')
  }, 30_000)

  it('a wrong password, a certificate that the server does not know, a mode that it does not offer: refused, and left alone', async () => {
    const stranger = await makeUserCertificate(join(folder, 'stranger'))
    const cases: [Partial<OpcuaConfig>, string][] = [
      [{}, 'wrong'],
      [{ user: stranger }, 'secret'],
      [{ security: { policy: 'Basic256Sha256', mode: 'SignAndEncrypt' } }, 'secret'],
    ]
    for (const [config, password] of cases) {
      start(config, undefined, 'pki', password)
      await eventually(() => expect(heard.states).toContain('offline'))
      const tries = heard.states.filter(state => state === 'connecting').length
      // A lost link would have been tried three times by now.
      await systemClock.sleep(900)
      expect(heard.states.filter(state => state === 'connecting')).toHaveLength(tries)
      expect(heard.all).toEqual([])
      await source!.stop()
    }
  }, 60_000)

  it('an unknown server is refused until a person approves it by its thumbprint, then data flows at once', async () => {
    const config = join(folder, 'agent.yaml')
    writeFileSync(
      config,
      `agent: a\ngroup: g\ndata: ./strict\nserver: { mqtt: 'mqtt://127.0.0.1:1', http: 'http://127.0.0.1:1' }\n` +
        `sources:\n  - { id: plc, kind: opcua, endpoint: '${plant.endpoint}', security: { policy: ${BEST.policy}, mode: ${BEST.mode} } }\n`,
    )
    const call = async (...more: string[]) => {
      let out = ''
      const status = await trust([config, ...more], {
        out: text => {
          out += text
        },
        err: () => {},
      })
      const lines = out.split('\n').filter(line => line !== '')
      return { status, rows: lines.map(line => JSON.parse(line) as { thumbprint: string; trust: string }) }
    }
    start({ trust: 'list' }, undefined, 'strict/pki')
    await eventually(() => expect(heard.states).toContain('offline'))
    expect(heard.all).toEqual([])
    const { rows } = await call()
    expect(rows).toMatchObject([{ trust: 'rejected' }])
    expect((await call('--approve', 'deadbeef')).status).toBe(1)
    const approved = await call('--approve', rows[0]!.thumbprint.slice(0, 12).toUpperCase())
    expect(approved).toMatchObject({ status: 0, rows: [{ trust: 'trusted' }] })
    const at = Date.now()
    await eventually(() => expect(seen('float')).toBe(1.5))
    expect(Date.now() - at).toBeLessThan(5000)
    await source!.stop()
    // Withdrawn again, it is refused again.
    await call('--reject', rows[0]!.thumbprint)
    start({ trust: 'list' }, undefined, 'strict/pki')
    await eventually(() => expect(heard.states).toContain('offline'))
    expect(heard.all).toEqual([])
  }, 60_000)
})

describe('types', () => {
  const cases: [string, Partial<TagConfig>, unknown][] = [
    ['Byte', {}, 200],
    ['Int16', {}, -300],
    ['UInt32', {}, 4_000_000_000],
    ['Int64', {}, -5],
    ['UInt64', {}, 2 ** 40],
    ['Float', {}, 1.5],
    ['Bool', {}, true],
    ['Text', { type: 'string' }, '批次 7'],
    ['Local', { type: 'string' }, 'Dryer'],
    ['Time', { type: 'string' }, new Date(1_764_000_000_000).toISOString()],
    ['Bytes', { type: 'string' }, 'beef'],
    ['Numbers', { type: 'string' }, '[1,2.5,-3]'],
    ['Numbers', { field: '1' }, 2.5],
    ['Numbers', { field: '9' }, null],
    ['Words', { type: 'string', field: '1' }, 'b'],
    ['Table', { type: 'string' }, '[[1,2,3],[4,5,6]]'],
    ['Table', { field: '1/0' }, 4],
    ['Mode', {}, 2],
    ['Mode', { type: 'string' }, 'Running'],
    ['Gate', {}, 20],
    ['Gate', { type: 'string' }, 'Open'],
  ]
  it('every type comes as it is; a field by its path; an enumeration as number or text', async () => {
    const tags = cases.map(([id, more], index) => tag(`t${index}`, id, more))
    start({}, tags)
    await eventually(() => expect(new Set(heard.all.map(({ name }) => name)).size).toBe(tags.length))
    expect(cases.map(([id, more], index) => [id, more, seen(`t${index}`)])).toEqual(cases)
  }, 30_000)

  it('status codes become quality; what is bad has no value', async () => {
    start({}, [tag('doubtful', 'Doubtful'), tag('broken', 'Broken'), tag('float', 'Float')])
    await eventually(() => expect(heard.all.length).toBeGreaterThanOrEqual(3))
    expect(heard.of('doubtful').at(-1)).toMatchObject({ value: 7, quality: 'uncertain' })
    expect(heard.of('broken').at(-1)).toMatchObject({ value: null, quality: 'bad' })
    expect(heard.of('float').at(-1)).toMatchObject({ value: 1.5, quality: 'good' })
  }, 30_000)

  it('a write in the type of the node; what does not fit it is refused, never cut to fit', async () => {
    start({}, [
      tag('byte', 'Byte'),
      tag('int64', 'Int64'),
      tag('numbers', 'Numbers'),
      tag('part', 'Numbers', { field: '1' }),
    ])
    await eventually(() => expect(heard.states).toContain('online'))
    expect(await source!.write!('byte', 7)).toEqual({ kind: 'written', readBack: 7 })
    expect(await source!.write!('byte', 256)).toMatchObject({ kind: 'refused' })
    expect(await source!.write!('byte', 1.5)).toMatchObject({ kind: 'refused' })
    expect(await source!.write!('byte', -1)).toMatchObject({ kind: 'refused' })
    expect(await source!.write!('int64', -(2 ** 40))).toEqual({ kind: 'written', readBack: -(2 ** 40) })
    expect(await source!.write!('numbers', 1)).toMatchObject({ kind: 'refused' })
    expect(await source!.write!('part', 1)).toMatchObject({ kind: 'refused' })
  }, 30_000)
})

describe('alarms', () => {
  it('are acknowledged, confirmed, shelved and unshelved in the device, and each change comes back', async () => {
    start({ alarms: [{ condition: 'DoorOpen', priority: 'low', message: { zh: '门开', en: 'Door' } }] })
    await eventually(() => expect(heard.states).toContain('online'))
    plant.alarm.raise()
    const last = () => heard.alarms.at(-1)
    const said = { condition: 'Line.DoorOpen', priority: 'low', message: { zh: '门开', en: 'Door' } }
    await eventually(() =>
      expect(last()).toMatchObject({ ...said, active: true, acknowledged: false, confirmed: false, shelved: false }),
    )
    expect(await source!.shelve!('Line.DoorOpen', 60_000)).toMatchObject({ kind: 'written' })
    expect(plant.alarm.shelving).toBe('TimedShelved')
    await eventually(() => expect(last()).toMatchObject({ active: true, shelved: true }))
    expect(await source!.unshelve!('Line.DoorOpen')).toMatchObject({ kind: 'written' })
    await eventually(() => expect(last()).toMatchObject({ active: true, shelved: false }))
    expect(await source!.shelve!('Line.DoorOpen', undefined)).toEqual({ kind: 'written', readBack: true })
    expect(plant.alarm.shelving).toBe('OneShotShelved')
    await eventually(() => expect(last()).toMatchObject({ active: true, shelved: true }))
    expect(await source!.acknowledge!('Line.DoorOpen', 'Li', 'seen')).toMatchObject({ kind: 'written' })
    expect(plant.alarm.acknowledged).toBe(true)
    await eventually(() => expect(last()).toMatchObject({ acknowledged: true, confirmed: false }))
    expect(await source!.confirm!('Line.DoorOpen', 'Li', 'shut')).toMatchObject({ kind: 'written' })
    expect(plant.alarm.confirmed).toBe(true)
    await eventually(() => expect(last()).toMatchObject({ acknowledged: true, confirmed: true }))
    expect(await source!.confirm!('Line.NoSuch', 'Li', '')).toMatchObject({ kind: 'refused' })
  }, 30_000)
})
