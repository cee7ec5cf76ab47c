import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Inspection, manualClock, systemClock, type User } from '@millwright/contract'
import {
  AttributeIds,
  type ClientSession,
  constructEventFilter,
  type DataValue,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  StatusCodes,
  TimestampsToReturn,
  UserTokenType,
} from 'node-opcua'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeInspection } from '../quality/make-inspections.ts'
import { createHub } from '../stream/hub.ts'
import { createLiveValues } from '../stream/live-values.ts'
import { tagDefinition } from '../testing/plant-rig.ts'
import { PLANT_URI, type PlantOpcuaServer, startOpcuaServer } from './opcua-server.ts'
import { createSignIn } from './sign-in.ts'

const TAG = 'primary/dryer/outlet_moisture'
const folder = mkdtempSync(join(tmpdir(), 'mw-opcua-server-'))
const live = createLiveValues()
const hub = createHub({ clock: systemClock, live })
const definitions = new Map(
  [
    tagDefinition(TAG, { equipment: 'DRYER-1', unit: '%', range: { low: 0, high: 40 } }),
    tagDefinition('primary/dryer/count', { type: 'int', equipment: 'DRYER-1' }),
    tagDefinition('primary/running', { type: 'boolean' }),
    tagDefinition('primary/state', { type: 'string' }),
  ].map(each => [each.tag, each]),
)
const stored = new Map<string, Inspection>()
const inspection = (panel: string, verdict: 'pass' | 'fail', t: number) => {
  const made = makeInspection({ panel, verdict, t, lot: 'LOT-1' })
  stored.set(made.id, made)
  return made
}
const person = (name: string, role: User['role']): User => ({ name, role, lang: 'en', disabled: false, demo: false })
const PASSWORDS = new Map([
  ['anna', { password: 'right horse', user: person('anna', 'operator') }],
  ['left', { password: 'right horse', user: { ...person('left', 'planner'), disabled: true } }],
])

let server: PlantOpcuaServer
const first = inspection('P-1', 'pass', 1_764_000_000_000)
beforeAll(async () => {
  server = await startOpcuaServer({
    config: { host: '127.0.0.1', port: 0, hostname: '127.0.0.1' },
    pki: join(folder, 'pki'),
    version: '1.0.0',
    tags: { all: () => [...definitions.values()], get: tag => definitions.get(tag) },
    live,
    hub,
    equipment: async () => [
      { id: 'PLANT', level: 'site', name: { zh: '工厂', en: 'Plant 1' } },
      { id: 'LINE-1', level: 'work_center', parent: 'PLANT', name: { zh: '一线', en: 'Line 1' } },
      { id: 'DRYER-1', level: 'work_unit', parent: 'LINE-1', name: { zh: '烘丝机', en: 'Dryer' } },
    ],
    inspections: {
      get: async id => stored.get(id),
      list: async ({ limit }) => [...stored.values()].reverse().slice(0, limit),
    },
    verify: async (name, password) => {
      const known = PASSWORDS.get(name)
      return known?.password === password && !known.user.disabled ? known.user : undefined
    },
    clock: systemClock,
    log: { warn: () => undefined, info: () => undefined },
  })
}, 120_000)
afterAll(async () => {
  await server?.stop()
  hub.stop()
  rmSync(folder, { recursive: true, force: true })
})

const certificates = new OPCUACertificateManager({
  rootFolder: join(folder, 'client-pki'),
  automaticallyAcceptUnknownCertificate: true,
})
interface As {
  readonly policy?: SecurityPolicy
  readonly mode?: MessageSecurityMode
  readonly name?: string
  readonly password?: string
}
async function withSession<T>(as: As, use: (session: ClientSession) => Promise<T>): Promise<T> {
  const { policy = SecurityPolicy.Aes256_Sha256_RsaPss, mode = MessageSecurityMode.SignAndEncrypt } = as
  await certificates.initialize()
  const client = OPCUAClient.create({
    applicationName: 'test',
    clientCertificateManager: certificates,
    securityPolicy: policy,
    securityMode: mode,
    endpointMustExist: false,
    connectionStrategy: { maxRetry: 0 },
  })
  try {
    await client.connect(server.endpoint)
    const session = await client.createSession(
      as.name === ''
        ? { type: UserTokenType.Anonymous }
        : { type: UserTokenType.UserName, userName: as.name ?? 'anna', password: as.password ?? 'right horse' },
    )
    try {
      return await use(session)
    } finally {
      await session.close()
    }
  } finally {
    await client.disconnect()
  }
}

/** What an administrator does with a client's certificate. */
function trustRejected(): void {
  const [rejected, trusted] = ['rejected', 'trusted/certs'].map(name => join(folder, 'pki', name))
  for (const name of readdirSync(rejected!)) renameSync(join(rejected!, name), join(trusted!, name))
}

const ns = (session: ClientSession, uri: string) =>
  session.readNamespaceArray().then(() => session.getNamespaceIndex(uri))
const read = async (session: ClientSession, id: string): Promise<DataValue> =>
  session.read({ nodeId: `ns=${await ns(session, PLANT_URI)};s=${id}`, attributeId: AttributeIds.Value })

describe('OPC UA server of the plant', { timeout: 60_000 }, () => {
  it('a client that is not trusted is refused, its certificate waits, and trusted it comes in', async () => {
    await expect(withSession({}, async () => 'in')).rejects.toThrow()
    // The client is refused before its certificate lies on the disk.
    await expect.poll(() => readdirSync(join(folder, 'pki', 'rejected')).length, { timeout: 10_000 }).toBeGreaterThan(0)
    trustRejected()
    // The server notices a moved certificate by watching its folder.
    await expect.poll(() => withSession({}, async () => 'in').catch(() => 'not yet'), { timeout: 40_000 }).toBe('in')
  })

  it.each([SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss])(
    '%s is served',
    async policy => {
      expect(await withSession({ policy }, async () => 'in')).toBe('in')
    },
  )

  it.each([
    ['without security', { policy: SecurityPolicy.None, mode: MessageSecurityMode.None }],
    ['signed only', { mode: MessageSecurityMode.Sign }],
    ['by nobody', { name: '' }],
    ['by a stranger', { name: 'mallory' }],
    ['with a wrong password', { password: 'wrong' }],
    ['by someone who has left', { name: 'left' }],
  ] satisfies [string, As][])('nobody comes in %s', async (_how, as) => {
    await expect(withSession(as, async () => 'in')).rejects.toThrow()
  })

  it('live values have type, quality as status, source time, unit and range', async () => {
    live.update([
      { tag: TAG, t: 1_764_000_000_123, value: 12.5, quality: 'good' },
      { tag: 'primary/dryer/count', t: 5, value: 9_007_199_254, quality: 'uncertain' },
      { tag: 'primary/running', t: 5, value: true, quality: 'good' },
      { tag: 'primary/state', t: 5, value: null, quality: 'bad' },
    ])
    await withSession({}, async session => {
      const moisture = await read(session, TAG)
      expect(moisture.value.value).toBe(12.5)
      expect(moisture.statusCode).toBe(StatusCodes.Good)
      expect(moisture.sourceTimestamp?.getTime()).toBe(1_764_000_000_123)
      const count = await read(session, 'primary/dryer/count')
      expect(count.value.value).toEqual([2, 9_007_199_254 - 2 * 2 ** 32])
      expect(count.statusCode).toBe(StatusCodes.Uncertain)
      expect((await read(session, 'primary/running')).value.value).toBe(true)
      expect((await read(session, 'primary/state')).statusCode.name).toBe('Bad')
      live.markStale([TAG])
      expect((await read(session, TAG)).statusCode).toBe(StatusCodes.UncertainLastUsableValue)
      const path = await session.browse({ nodeId: `ns=${await ns(session, PLANT_URI)};s=${TAG}`, resultMask: 63 })
      const names = path.references?.map(each => each.browseName.name)
      expect(names).toEqual(expect.arrayContaining(['EngineeringUnits', 'EURange']))
    })
  })

  it('a subscription gets each change, of tags too that agents bring later', async () => {
    await withSession({}, async session => {
      const late = tagDefinition('packing/cell/late')
      definitions.set(late.tag, late)
      hub.publishValues(live.update([{ tag: late.tag, t: 1, value: 1, quality: 'good' }]))
      const subscription = await session.createSubscription2({
        requestedPublishingInterval: 100,
        requestedLifetimeCount: 100,
        requestedMaxKeepAliveCount: 10,
        publishingEnabled: true,
      })
      const item = await subscription.monitor(
        { nodeId: `ns=${await ns(session, PLANT_URI)};s=${late.tag}`, attributeId: AttributeIds.Value },
        { samplingInterval: 100, queueSize: 10, discardOldest: true },
        TimestampsToReturn.Both,
      )
      const seen: unknown[] = []
      const two = new Promise<void>(done =>
        item.on('changed', (changed: DataValue) => {
          seen.push(changed.value.value)
          if (seen.length === 1) live.update([{ tag: late.tag, t: 2, value: 2, quality: 'good' }])
          if (seen.length === 2) done()
        }),
      )
      await two
      expect(seen).toEqual([1, 2])
      await subscription.terminate()
    })
  })

  it('equipment stands as the plant file says, in ISA-95 terms, with its tags', async () => {
    await withSession({}, async session => {
      const index = await ns(session, PLANT_URI)
      const down = async (id: string) => {
        const { references } = await session.browse({ nodeId: `ns=${index};s=${id}`, resultMask: 63 })
        return (references ?? []).filter(each => each.isForward).map(each => each.nodeId.value)
      }
      expect(await down('plant')).toEqual(expect.arrayContaining(['equipment/PLANT', 'line/primary']))
      expect(await down('equipment/PLANT')).toContain('equipment/LINE-1')
      expect(await down('equipment/LINE-1')).toContain('equipment/DRYER-1')
      expect(await down('equipment/DRYER-1')).toContain(TAG)
      const isa95 = await ns(session, 'http://www.OPCFoundation.org/UA/2013/01/ISA95')
      const level = await session.translateBrowsePath({
        startingNode: `ns=${index};s=equipment/DRYER-1`,
        relativePath: {
          elements: [
            { isInverse: false, includeSubtypes: true, targetName: { name: 'EquipmentLevel', namespaceIndex: isa95 } },
          ],
        },
      })
      const node = level.targets?.[0]?.targetId
      expect((await session.read({ nodeId: node!, attributeId: AttributeIds.Value })).value.value).toBe(11)
    })
  })

  it('inspections stand at their station, are found by id and by filter, and each new one raises an event', async () => {
    await withSession({}, async session => {
      const index = await ns(session, PLANT_URI)
      const vision = await ns(session, 'http://opcfoundation.org/UA/MachineVision')
      const shown = await read(session, `result/${first.id}`)
      expect(shown.value.value.resultId.id).toBe(first.id)
      expect(shown.value.value.partId.id).toBe('P-1')
      expect(shown.value.value.resultContent[0].value).toBe('pass')

      const subscription = await session.createSubscription2({
        requestedPublishingInterval: 50,
        publishingEnabled: true,
      })
      const filter = constructEventFilter([`${vision}:ResultId`, `${vision}:ResultState`, 'Message'])
      const item = await subscription.monitor(
        { nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier },
        { queueSize: 10, discardOldest: true, filter, samplingInterval: 0 },
        TimestampsToReturn.Both,
      )
      const event = new Promise<{ value: { id?: string; text?: string } }[]>(done =>
        item.on('changed', fields => done(fields as never)),
      )
      const second = inspection('P-2', 'fail', 1_764_000_060_000)
      hub.publish({ type: 'inspection', inspection: second })
      const fields = await event
      expect(fields[0]?.value.id).toBe(second.id)
      expect(fields[2]?.value.text).toContain('fail')
      await subscription.terminate()

      const object = `ns=${index};s=results/${first.station}`
      const methods = await session.browse({ nodeId: object, resultMask: 63 })
      const method = (name: string) => methods.references!.find(each => each.browseName.name === name)!.nodeId
      const idStructure = async (type: string, id: string) => {
        const { references } = await session.browse({ nodeId: 'i=22', resultMask: 63, referenceTypeId: 'HasSubtype' })
        const found = references!.find(each => each.browseName.name === type)!
        return { dataType: 'ExtensionObject', value: await session.constructExtensionObject(found.nodeId, { id }) }
      }
      const call = async (name: string, inputArguments: object[]) =>
        session.call({ objectId: object, methodId: method(name), inputArguments } as never)
      const wanted = await idStructure('ResultIdDataType', second.id)
      const byId = await call('GetResultById', [wanted, { dataType: 'Int32', value: 1000 }])
      expect(byId.statusCode).toBe(StatusCodes.Good)
      expect(byId.outputArguments?.[1]?.value.partId.id).toBe('P-2')
      const gone = await call('GetResultById', [
        await idStructure('ResultIdDataType', 'no'),
        { dataType: 'Int32', value: 0 },
      ])
      expect(gone.statusCode).toBe(StatusCodes.BadNotFound)
    })
  })

  it('nothing can be written', async () => {
    await withSession({}, async session => {
      const status = await session.write({
        nodeId: `ns=${await ns(session, PLANT_URI)};s=${TAG}`,
        attributeId: AttributeIds.Value,
        value: { value: { dataType: 'Double', value: 99 } },
      } as never)
      expect(status.isGood()).toBe(false)
      expect(live.get(TAG)?.value).toBe(12.5)
    })
  })

  it('a port that is taken is a coded problem', async () => {
    const port = Number(new URL(server.endpoint.replace('opc.tcp', 'http')).port)
    const again = startOpcuaServer({
      config: { host: '127.0.0.1', port, hostname: '127.0.0.1' },
      pki: join(folder, 'pki-2'),
      version: '1',
      tags: { all: () => [], get: () => undefined },
      live,
      hub,
      equipment: async () => [],
      inspections: { get: async () => undefined, list: async () => [] },
      verify: async () => undefined,
      clock: systemClock,
      log: { warn: () => undefined, info: () => undefined },
    })
    await expect(again).rejects.toThrow('MW-2071')
    expect(existsSync(join(folder, 'pki-2'))).toBe(true)
  })
})

describe('sign-in', () => {
  it('ten wrong passwords for a name, and for a minute the right one is refused too; others go on', async () => {
    const clock = manualClock()
    const refused: string[] = []
    const signIn = createSignIn({
      verify: async (name, password) => (password === 'right' ? person(name, 'operator') : undefined),
      clock,
      onRefused: name => refused.push(name),
    })
    for (let i = 0; i < 10; i += 1) expect(await signIn('anna', 'wrong')).toBe(false)
    expect(await signIn('anna', 'right')).toBe(false)
    expect(await signIn('ben', 'right')).toBe(true)
    await clock.advance(60_001)
    expect(await signIn('anna', 'right')).toBe(true)
    expect(refused).toHaveLength(11)
  })
})
