/**
 * The plant server as a Sparkplug host application: a real `mw-plant` process on an outside broker, its connection tapped.
 * Another vendor's node speaks by an independent encoder; what the server made of it is asked by its HTTP API.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentStatus, LiveValue, TagDefinition } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitFor } from '../journeys/support/wait.ts'
import { BROKERS, type TestBroker } from './support/brokers.ts'
import { type RawMetric, type RawPayload, readRaw, writeRaw } from './support/independent.ts'
import { connectPeer, type Peer, sparkplugIn } from './support/peer.ts'
import { newFolder, type RunningServer, removeFolder, startServer } from './support/processes.ts'
import { startWiretap, type Wiretap } from './support/wiretap.ts'

const GROUP = 'g'
const HOST = 'host-1'
const NODE = 'VendorX'
const DEVICE = 'Dev 1'
const STATE = `spBv1.0/STATE/${HOST}`
const REORDER_MS = 4000
const T0 = Date.now() - 60_000
const topic = (type: string, device?: string, node = NODE) =>
  device === undefined ? `spBv1.0/${GROUP}/${type}/${node}` : `spBv1.0/${GROUP}/${type}/${node}/${device}`

interface State {
  readonly online: boolean
  readonly timestamp: number
}
const stateOf = (payload: Uint8Array) => JSON.parse(Buffer.from(payload).toString('utf8')) as State
const metric = (part: RawMetric): RawMetric => ({ timestamp: `${T0}`, ...part })
const member = (name: string, part: RawMetric): RawMetric => ({ name, ...part })

const nodeBirth = (bdSeq: number): RawPayload => ({
  timestamp: `${T0}`,
  seq: '0',
  metrics: [
    metric({ name: 'bdSeq', datatype: 4, longValue: `${bdSeq}` }),
    metric({ name: 'Node Control/Rebirth', datatype: 11, booleanValue: false }),
    metric({ name: 'Inlet Temp', alias: '1', datatype: 10, doubleValue: 20 }),
    metric({
      name: 'Motor',
      datatype: 19,
      templateValue: {
        version: '1',
        isDefinition: true,
        metrics: [member('speed', { datatype: 3, intValue: 0 }), member('on', { datatype: 11, booleanValue: false })],
        parameters: [{ name: 'rating', type: 9 }],
      },
    }),
  ],
})
const deviceBirth: RawPayload = {
  timestamp: `${T0}`,
  seq: '1',
  metrics: [
    metric({ name: 'Level', alias: '10', datatype: 9, floatValue: 1.5 }),
    metric({ name: 'Count', alias: '11', datatype: 7, longValue: '4294967295' }),
    metric({ name: 'Neg', alias: '12', datatype: 1, intValue: 4294967291 }),
    metric({ name: 'State', alias: '13', datatype: 12, stringValue: '运行' }),
    metric({ name: 'Big', alias: '18446744073709551615', datatype: 4, longValue: '-9000000000' }),
    metric({
      name: 'Table',
      alias: '15',
      datatype: 16,
      datasetValue: { numOfColumns: 1, columns: ['a'], types: [3], rows: [{ elements: [{ intValue: 1 }] }] },
    }),
    metric({
      name: 'M1',
      alias: '16',
      datatype: 19,
      templateValue: {
        templateRef: 'Motor',
        isDefinition: false,
        metrics: [member('speed', { datatype: 3, intValue: 1450 }), member('on', { datatype: 11, booleanValue: true })],
        parameters: [{ name: 'rating', type: 9, doubleValue: 7.5 }],
      },
    }),
    metric({ name: 'None', alias: '17', datatype: 10, isNull: true }),
  ],
}

describe.each(BROKERS)('host application on $name', ({ there, start }) => {
  describe.skipIf(!there)('', () => {
    let broker: TestBroker
    let tap: Wiretap
    let node: Peer
    let server: RunningServer
    const folder = newFolder('host')
    const mark: Record<string, number> = {}
    const seen: Record<string, unknown> = {}
    let stopped = 0

    const say = (type: string, device: string | undefined, payload: RawPayload, name = NODE) =>
      node.say(topic(type, device, name), writeRaw(payload))
    const data = (seq: number, metrics: RawMetric[], at = T0 + seq * 10) =>
      say('DDATA', DEVICE, {
        timestamp: `${at}`,
        seq: `${seq}`,
        metrics: metrics.map(each => ({ timestamp: `${at}`, ...each })),
      })
    const value = async (tag: string) => {
      const values = (await server.call('values', { query: { tags: tag } })) as LiveValue[]
      return values[0]
    }
    const agent = async (name: string) =>
      ((await server.call('listAgents')) as AgentStatus[]).find(each => each.agent === name)
    const until = <T>(what: string, ask: () => Promise<T> | T) => waitFor(what, 30_000, ask, 30)
    const commands = () => node.of(topic('NCMD'))
    const states = () => node.of(STATE).map(each => stateOf(each.payload))
    const client = (from = 0, to = Number.POSITIVE_INFINITY) =>
      tap.packets.slice(from, to).filter(each => each.from === 'client')
    const connects = () => client().flatMap(({ packet }) => (packet.cmd === 'connect' ? [packet] : []))

    beforeAll(async () => {
      broker = await start()
      tap = await startWiretap(broker.port)
      node = await connectPeer({ port: broker.port })
      writeFileSync(join(folder, 'broker.secret'), 'a password for the broker\n')
      server = await startServer(
        {
          broker: {
            url: `mqtt://127.0.0.1:${tap.port}`,
            user: 'plant-server',
            passwordFile: join(folder, 'broker.secret'),
          },
          group: GROUP,
          hostId: HOST,
          reorderMs: REORDER_MS,
        },
        folder,
      )
      await until('the birth of the host', () => states().some(each => each.online))
      await say('NBIRTH', undefined, nodeBirth(3))
      await say('DBIRTH', DEVICE, deviceBirth)
      await data(2, [
        { alias: '10', floatValue: 2.5 },
        { alias: '12', intValue: 4294967290 },
      ])
      await say('NDATA', undefined, {
        timestamp: `${T0 + 30}`,
        seq: '3',
        metrics: [{ alias: '1', timestamp: `${T0 + 30}`, doubleValue: 21 }],
      })
      await data(4, [
        {
          alias: '16',
          templateValue: { templateRef: 'Motor', isDefinition: false, metrics: [{ name: 'speed', intValue: 77 }] },
        },
      ])
      await until('a template member', async () => (await value('vendorx/dev_1/m1/speed'))?.value === 77)
      seen.afterData = {
        level: await value('vendorx/dev_1/level'),
        count: await value('vendorx/dev_1/count'),
        neg: await value('vendorx/dev_1/neg'),
        state: await value('vendorx/dev_1/state'),
        big: await value('vendorx/dev_1/big'),
        on: await value('vendorx/dev_1/m1/on'),
        rating: await value('vendorx/dev_1/m1/rating'),
        inlet: await value('vendorx/inlet_temp'),
        agent: await agent(NODE),
        tags: ((await server.call('listTags')) as TagDefinition[]).filter(each => each.agent === NODE),
        commands: commands().length,
      }
      // Out of order, but all there in time.
      await data(6, [{ alias: '10', floatValue: 6 }])
      await data(5, [{ alias: '10', floatValue: 5 }])
      await until('both', async () => (await value('vendorx/dev_1/level'))?.value === 6)
      seen.afterReorder = commands().length
      // Two are missing for good.
      const gapAt = performance.now()
      await data(9, [{ alias: '10', floatValue: 9 }])
      await node.settle()
      seen.heldBack = (await value('vendorx/dev_1/level'))?.value
      await until('a rebirth request', () => commands().length > 0)
      seen.askedAfter = performance.now() - gapAt
      await until('what was held', async () => (await value('vendorx/dev_1/level'))?.value === 9)
      await say('NBIRTH', undefined, nodeBirth(3))
      await say('DBIRTH', DEVICE, deviceBirth)

      // Somebody says that the host is offline.
      mark.spoof = tap.packets.length
      await node.say(STATE, JSON.stringify({ online: false, timestamp: 1 }), { qos: 1, retain: true })
      await until('the word of the host', () => states().at(-1)?.online === true && states().some(each => !each.online))

      await say('DDEATH', DEVICE, { timestamp: `${T0 + 5000}`, seq: '2' })
      await until('the device gone', async () => (await value('vendorx/dev_1/level'))?.stale)
      seen.deviceDead = { agent: await agent(NODE), inlet: await value('vendorx/inlet_temp') }
      await say('NDEATH', undefined, {
        timestamp: '1',
        metrics: [{ name: 'bdSeq', datatype: 4, longValue: '99', timestamp: '1' }],
      })
      await node.settle()
      seen.oldDeath = await agent(NODE)
      const before = Date.now()
      await say('NDEATH', undefined, {
        timestamp: '1',
        metrics: [{ name: 'bdSeq', datatype: 4, longValue: '3', timestamp: '1' }],
      })
      await until('the node gone', async () => (await value('vendorx/inlet_temp'))?.stale)
      seen.nodeDead = { agent: await agent(NODE), from: before, to: Date.now() }

      // One of our own kind: it numbers.
      const own = (sequence: string): RawPayload => ({
        timestamp: `${T0}`,
        seq: '2',
        metrics: [
          metric({
            name: 'cell/speed',
            datatype: 10,
            doubleValue: 1,
            properties: { keys: ['millwright_sequence'], values: [{ type: 8, longValue: sequence }] },
          }),
        ],
      })
      await say('DDATA', 'plc', own('1764000000000001'), 'ours')
      await until('a confirmation', () => node.of(`millwright/${GROUP}/confirm/ours`).length > 0)

      mark.cut = tap.packets.length
      tap.cut()
      await until('a second connection', () => connects().length > 1)
      await until('a birth after it', () => states().filter(each => each.online).length >= 3)
      await say('NBIRTH', undefined, nodeBirth(4))
      await until('the node again', async () => (await agent(NODE))?.online)
      mark.stop = tap.packets.length
      stopped = Date.now()
      seen.status = await server.stop()
      await until('the death of the host', () => states().at(-1)?.online === false)
    }, 120_000)
    afterAll(async () => {
      await server?.kill().catch(() => undefined)
      await node?.close()
      await tap?.close()
      await broker?.stop()
      removeFolder(folder)
    })

    const births = () =>
      client().flatMap(({ packet, connection }) =>
        packet.cmd === 'publish' && packet.topic === STATE && stateOf(packet.payload as Buffer).online
          ? [{ packet, connection, state: stateOf(packet.payload as Buffer) }]
          : [],
      )
    const willOf = (connection: number) => {
      const packet = client().find(each => each.connection === connection && each.packet.cmd === 'connect')?.packet
      return packet?.cmd === 'connect' ? packet.will : undefined
    }

    it('tck-id-host-topic-phid-death-required, tck-id-host-topic-phid-death-topic, tck-id-host-topic-phid-death-qos, tck-id-host-topic-phid-death-retain, tck-id-host-topic-phid-death-payload, tck-id-host-topic-phid-death-payload-timestamp-connect, tck-id-operational-behavior-host-application-connect-will, -connect-will-topic, -connect-will-qos, -connect-will-retained, -connect-will-payload, tck-id-operational-behavior-host-application-death-topic, -death-qos, -death-retained, -death-payload, tck-id-payloads-state-will-message, tck-id-payloads-state-will-message-qos, tck-id-payloads-state-will-message-retain, tck-id-payloads-state-will-message-payload: each CONNECT has its death as will: STATE, QoS 1, retained, offline, the present time', () => {
      expect(connects()).toHaveLength(2)
      for (const { will } of connects()) {
        expect(will).toMatchObject({ topic: STATE, qos: 1, retain: true })
        const { online, timestamp } = stateOf(will!.payload as Buffer)
        expect(online).toBe(false)
        expect(Math.abs(timestamp - Date.now())).toBeLessThan(120_000)
      }
      const [first, second] = connects().map(({ will }) => stateOf(will!.payload as Buffer).timestamp)
      expect(second).toBeGreaterThan(first!)
    })
    it('tck-id-message-flow-phid-sparkplug-clean-session-311: clean sessions', () => {
      for (const packet of connects()) expect(packet).toMatchObject({ protocolVersion: 4, clean: true })
    })
    it('tck-id-message-flow-phid-sparkplug-subscription, tck-id-host-topic-phid-birth-sub-required, tck-id-payloads-state-subscribe, tck-id-host-topic-phid-birth-message, tck-id-principles-birth-certificates-order, tck-id-operational-behavior-primary-application-state-with-multiple-servers-state, tck-id-message-flow-phid-sparkplug-state-publish, tck-id-host-topic-phid-birth-required, tck-id-operational-behavior-host-application-connect-birth: it subscribes to the group and to its own STATE, then its birth is the first message of the connection', () => {
      for (const connection of new Set(client().map(each => each.connection))) {
        const mine = client().filter(each => each.connection === connection)
        const order = mine.map(({ packet }) => packet.cmd)
        expect(order.slice(0, 2)).toEqual(['connect', 'subscribe'])
        const subscribe = mine[1]!.packet
        const filters = subscribe.cmd === 'subscribe' ? subscribe.subscriptions.map(each => each.topic) : []
        expect(filters).toEqual(expect.arrayContaining([STATE, `spBv1.0/${GROUP}/#`]))
        const first = mine.find(({ packet }) => packet.cmd === 'publish')?.packet
        expect(first?.cmd === 'publish' && first.topic).toBe(STATE)
        const acked = tap.packets.findIndex(each => each.connection === connection && each.packet.cmd === 'suback')
        expect(tap.packets.findIndex(each => each.packet === first)).toBeGreaterThan(acked)
      }
    })
    it('tck-id-host-topic-phid-birth-topic, tck-id-host-topic-phid-birth-qos, tck-id-host-topic-phid-birth-retain, tck-id-host-topic-phid-birth-payload, tck-id-host-topic-phid-birth-payload-timestamp, tck-id-message-flow-phid-sparkplug-state-publish-payload, -state-publish-payload-timestamp, tck-id-operational-behavior-host-application-connect-birth-topic, -connect-birth-qos, -connect-birth-retained, -connect-birth-payload, tck-id-payloads-state-birth, tck-id-payloads-state-birth-payload, tck-id-intro-sparkplug-host-state, tck-id-components-ph-state, tck-id-conformance-primary-host: births are retained, QoS 1, online, with the time of the will of their connection', () => {
      expect(births().length).toBeGreaterThanOrEqual(3)
      for (const { packet, connection, state } of births()) {
        expect(packet).toMatchObject({ topic: STATE, qos: 1, retain: true })
        expect(state.timestamp).toBe(stateOf(willOf(connection)!.payload as Buffer).timestamp)
      }
    })
    it('tck-id-message-flow-hid-sparkplug-state-message-delivered: told that it is offline, it says at once that it is not, with the same time', () => {
      const answer = client(mark.spoof, mark.cut).find(
        ({ packet }) => packet.cmd === 'publish' && packet.topic === STATE,
      )
      const packet = answer?.packet
      expect(packet?.cmd === 'publish' && stateOf(packet.payload as Buffer)).toEqual({
        online: true,
        timestamp: stateOf(willOf(0)!.payload as Buffer).timestamp,
      })
    })
    it('tck-id-operational-behavior-host-application-termination, tck-id-host-topic-phid-death-payload-timestamp-disconnect-clean, tck-id-host-topic-phid-death-payload-timestamp-disconnect-with-no-disconnect-packet, tck-id-operational-behavior-host-application-disconnect-intentional: a stop says its death itself, retained, with the time of the stop', () => {
      expect(seen.status).toBe(0)
      const death = client(mark.stop).flatMap(({ packet }) =>
        packet.cmd === 'publish' && packet.topic === STATE ? [packet] : [],
      )
      expect(death).toHaveLength(1)
      expect(death[0]).toMatchObject({ qos: 1, retain: true })
      const { online, timestamp } = stateOf(death[0]!.payload as Buffer)
      expect(online).toBe(false)
      expect(timestamp).toBeGreaterThanOrEqual(stopped - 50)
    })
    it('tck-id-operational-behavior-data-commands-ncmd-rebirth-verb, -ncmd-rebirth-name, -ncmd-rebirth-value, -ncmd-verb, -ncmd-metric-name, -ncmd-metric-value, tck-id-topics-ncmd-topic, tck-id-topics-ncmd-mqtt, tck-id-topics-ncmd-payload, tck-id-topics-ncmd-timestamp, tck-id-payloads-ncmd-qos, tck-id-payloads-ncmd-retain, tck-id-payloads-ncmd-seq, tck-id-payloads-ncmd-timestamp, tck-id-payloads-name-cmd-requirement: a rebirth request is an NCMD at QoS 0, not retained, without a number', () => {
      const asked = client().flatMap(({ packet }) => {
        const message = sparkplugIn(packet)
        return message === undefined ? [] : [message]
      })
      expect(asked.length).toBeGreaterThan(0)
      for (const { type, qos, retain, payload } of asked) {
        expect({ type, qos, retain, seq: payload.seq }).toEqual({ type: 'NCMD', qos: 0, retain: false, seq: undefined })
        expect(payload.metrics).toHaveLength(1)
        expect(payload.metrics?.[0]).toMatchObject({ name: 'Node Control/Rebirth', datatype: 11, booleanValue: true })
        expect(Math.abs(Number(payload.timestamp) - Date.now())).toBeLessThan(120_000)
      }
      expect(asked[0]?.topic).toBe(topic('NCMD'))
    })
    it('data by alias, of any type and sign, and values of births are stored; the node is marked as one that does not number', () => {
      expect(seen.afterData).toMatchObject({
        level: { value: 2.5, quality: 'good', stale: false },
        count: { value: 4294967295 },
        neg: { value: -6 },
        state: { value: '运行' },
        big: { value: -9_000_000_000 },
        inlet: { value: 21 },
        agent: { online: true, numbers: false, enrolment: 'none' },
        commands: 0,
      })
      const { tags } = seen.afterData as { tags: TagDefinition[] }
      expect(tags.find(each => each.tag === 'vendorx/dev_1/level')).toMatchObject({
        device: DEVICE,
        type: 'float',
        description: { en: 'Level' },
      })
      expect(tags.some(each => each.tag.includes('table'))).toBe(false)
    })
    it('templates: members and parameters of instances are tags, typed by the definition, in births and in part in data', () => {
      expect(seen.afterData).toMatchObject({ on: { value: true }, rating: { value: 7.5 } })
    })
    it('tck-id-operational-behavior-host-reordering-param, tck-id-operational-behavior-host-reordering-success: messages out of order within the timeout are put in order, and nobody is asked', () => {
      expect(seen.afterReorder).toBe(0)
    })
    it('tck-id-operational-behavior-host-reordering-start, tck-id-operational-behavior-host-reordering-rebirth: what is missing is waited for as long as is configured, then a rebirth is asked, and what was held is used', () => {
      expect(seen.heldBack).toBe(6)
      expect(seen.askedAfter).toBeGreaterThan(REORDER_MS * 0.9)
      expect(commands().length).toBeGreaterThan(0)
    })
    it('tck-id-operational-behavior-edge-node-termination-host-action-ddeath-devices-offline, -ddeath-devices-tags-stale: a device death takes the device, with the time of its payload, and nothing else', () => {
      const { agent: node, inlet } = seen.deviceDead as { agent: AgentStatus; inlet: LiveValue }
      expect(node.online).toBe(true)
      expect(node.devices.find(each => each.device === DEVICE)).toMatchObject({ online: false, since: T0 + 5000 })
      expect(inlet.stale).toBe(false)
    })
    it('tck-id-operational-behavior-edge-node-termination-host-action-ndeath-node-offline, -ndeath-devices-offline, -ndeath-node-tags-stale, -ndeath-devices-tags-stale: a node death takes all, by the clock of the host; one of an older session takes nothing', () => {
      expect(seen.oldDeath).toMatchObject({ online: true })
      const { agent: node, from, to } = seen.nodeDead as { agent: AgentStatus; from: number; to: number }
      expect(node.online).toBe(false)
      expect(node.devices.every(each => !each.online)).toBe(true)
      expect(node.since).toBeGreaterThanOrEqual(from)
      expect(node.since).toBeLessThanOrEqual(to)
    })
    it('a numbered item is confirmed by its number, outside the Sparkplug topics', () => {
      const said = node.of(`millwright/${GROUP}/confirm/ours`).map(each => JSON.parse(each.payload.toString()))
      expect(said[0]).toEqual({ stored: [[1764000000000001, 1764000000000001]], rejected: [] })
      const own = client().flatMap(({ packet }) => (packet.cmd === 'publish' ? [packet.topic] : []))
      expect(
        own.filter(name => name.startsWith('spBv1.0/') && name !== STATE).every(name => name.includes('/NCMD/')),
      ).toBe(true)
    })
    it('the independent decoder reads every Sparkplug message of the server', () => {
      for (const { packet } of client())
        if (packet.cmd === 'publish' && packet.topic.includes('/NCMD/'))
          expect(readRaw(packet.payload as Buffer).metrics?.length).toBe(1)
    })
  })
})
