/**
 * The edge agent as a Sparkplug edge node: a real `mw-edge` process on a real broker, every packet of its connection written
 * down by a tap and read by an independent decoder. One long session is played; each test asks one thing of what was said.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitFor } from '../journeys/support/wait.ts'
import { BROKERS, freePort, type TestBroker } from './support/brokers.ts'
import { type Device, startDevice } from './support/device.ts'
import { type RawMetric, readRaw, writeRaw } from './support/independent.ts'
import { connectPeer, type Peer, type SparkplugMessage, sparkplugIn } from './support/peer.ts'
import { newFolder, type Running, removeFolder, startEdge } from './support/processes.ts'
import { startWiretap, type Tapped, type Wiretap } from './support/wiretap.ts'

const GROUP = 'g'
const NODE = 'node-1'
const HOST = 'host-1'
const STATE = `spBv1.0/STATE/${HOST}`
/** One device, read as six: more messages a second. */
const DEVICES = ['meter', 'meter-2', 'meter-3', 'meter-4', 'meter-5', 'meter-6']
const topic = (type: string, device?: string) =>
  device === undefined ? `spBv1.0/${GROUP}/${type}/${NODE}` : `spBv1.0/${GROUP}/${type}/${NODE}/${device}`

const tag = (name: string, address: string, more: object = {}) => ({
  name,
  source: 'meter',
  address,
  type: 'int',
  description: { zh: name, en: name },
  deadband: { abs: 0 },
  ...more,
})

describe.each(BROKERS)('edge node on $name', ({ there, start }) => {
  describe.skipIf(!there)('', () => {
    let broker: TestBroker
    let tap: Wiretap
    let host: Peer
    let device: Device
    let edge: Running
    const folder = newFolder('edge-node')
    const mark: Record<string, number> = {}
    let stopStatus: number | null = null

    const state = (online: boolean, timestamp: number, id = HOST) =>
      host.say(`spBv1.0/STATE/${id}`, JSON.stringify({ online, timestamp }), { qos: 1, retain: true })
    const client = (from = 0, to = Number.POSITIVE_INFINITY): Tapped[] =>
      tap.packets.slice(from, to).filter(each => each.from === 'client')
    const said = (from = 0, to = Number.POSITIVE_INFINITY): SparkplugMessage[] =>
      client(from, to).flatMap(({ packet }) => sparkplugIn(packet) ?? [])
    const ofType = (type: string) => said().filter(each => each.type === type)
    const connects = () => client().flatMap(({ packet }) => (packet.cmd === 'connect' ? [packet] : []))
    const until = (what: string, ask: () => boolean) => waitFor(what, 30_000, ask, 20)
    const here = (name: string) => {
      mark[name] = tap.packets.length
    }

    beforeAll(async () => {
      broker = await start()
      tap = await startWiretap(broker.port)
      host = await connectPeer({ port: broker.port })
      device = await startDevice(await freePort())
      device.set(0, 1)
      await state(false, 500)
      edge = await startEdge(
        {
          agent: NODE,
          group: GROUP,
          server: { mqtt: `mqtt://127.0.0.1:${tap.port}`, http: 'http://127.0.0.1:9', hostId: HOST },
          outbox: { commitMs: 20 },
          sources: DEVICES.map(id => ({
            id,
            kind: 'modbus',
            host: '127.0.0.1',
            port: device.port,
            pollMs: 50,
            timeoutMs: 500,
          })),
          tags: [
            ...DEVICES.map(id => tag(`${id}/level`, 'holding:0:uint16', { source: id })),
            tag('meter/text', 'holding:4:string:4', { type: 'string' }),
            tag('meter/ratio', 'holding:6:int16', { type: 'float', scale: 0.5, range: { low: 0, high: 100 } }),
          ],
        },
        folder,
      )
      // Not yet: offline, another host's word, and a word older than the last.
      await until('the subscriptions', () => tap.packets.some(({ packet }) => packet.cmd === 'suback'))
      await host.settle()
      await state(true, 900, 'another-host')
      await state(true, 400)
      await host.settle()
      here('before the host')
      await state(true, 1000)
      await until('births', () => ofType('DBIRTH').length > DEVICES.length)
      device.set(6, 5000)
      let value = 1
      await until('numbers over the turn', () => {
        value += 1
        device.set(0, value)
        return said().length > 280
      })
      here('rebirth')
      await host.say(
        topic('NCMD'),
        writeRaw({
          timestamp: '1',
          metrics: [{ name: 'Node Control/Rebirth', datatype: 11, booleanValue: true, timestamp: '1' }],
        }),
      )
      await until('the rebirth', () => ofType('NBIRTH').length === 2 && said().at(-1)?.type !== 'NBIRTH')
      await until('data after it', () => {
        device.set(0, Math.floor(performance.now()) % 60_000)
        return said(mark.rebirth).some(each => each.type === 'DDATA')
      })
      here('device gone')
      await device.stop()
      await until('the death of the device', () => ofType('DDEATH').some(each => each.device === 'meter'))
      here('device back')
      device = await startDevice(device.port)
      device.set(0, 7)
      await until('its birth', () => said(mark['device back']).some(each => each.topic === topic('DBIRTH', 'meter')))
      here('cut')
      tap.cut()
      await until('a session after the cut', () => ofType('NBIRTH').length === 3)
      here('old offline')
      await state(false, 999)
      await host.settle()
      here('offline')
      await state(false, 2000)
      await until('a new connection', () => connects().length >= 3)
      await until('its subscriptions', () => tap.packets.filter(({ packet }) => packet.cmd === 'suback').length >= 3)
      await host.settle()
      here('online')
      await state(true, 3000)
      await until('births again', () => ofType('NBIRTH').length === 4)
      here('stop')
      stopStatus = await edge.stop()
    }, 120_000)
    afterAll(async () => {
      await edge?.kill().catch(() => undefined)
      await device?.stop().catch(() => undefined)
      await host?.close()
      await tap?.close()
      await broker?.stop()
      removeFolder(folder)
    })

    const births = () => said().filter(({ type }) => type === 'NBIRTH' || type === 'DBIRTH')
    const datas = () => ofType('DDATA')
    const named = (metrics: readonly RawMetric[] | undefined, name: string) => metrics?.find(m => m.name === name)
    /** Messages by session: from one NBIRTH to the next. */
    const sessions = () => {
      const list: SparkplugMessage[][] = []
      for (const message of said()) {
        if (message.type === 'NDEATH') continue
        if (message.type === 'NBIRTH') list.push([])
        list.at(-1)?.push(message)
      }
      return list
    }

    it('tck-id-message-flow-edge-node-birth-publish-will-message, -will-message-topic, -will-message-qos, -will-message-will-retained, tck-id-payloads-ndeath-will-message, tck-id-payloads-ndeath-will-message-qos, tck-id-payloads-ndeath-will-message-retain, tck-id-topics-ndeath-topic: each CONNECT has an NDEATH as its will, QoS 1, not retained', () => {
      expect(connects().length).toBeGreaterThanOrEqual(3)
      for (const { will } of connects()) expect(will).toMatchObject({ topic: topic('NDEATH'), qos: 1, retain: false })
    })
    it('tck-id-message-flow-edge-node-birth-publish-will-message-payload, -will-message-payload-bdSeq, tck-id-topics-ndeath-payload, tck-id-topics-ndeath-seq, tck-id-payloads-ndeath-seq, tck-id-topics-nbirth-bdseq-increment: the will holds bdSeq alone, from 0 and one more at each CONNECT', async () => {
      for (const [index, { will }] of connects().entries()) {
        const payload = readRaw(will!.payload as Buffer)
        expect(payload.seq).toBeUndefined()
        expect(payload.metrics).toHaveLength(1)
        expect(payload.metrics?.[0]).toMatchObject({ name: 'bdSeq', datatype: 4, longValue: `${index}` })
      }
    })
    it('tck-id-principles-persistence-clean-session-311: clean sessions', () => {
      for (const packet of connects()) expect(packet).toMatchObject({ protocolVersion: 4, clean: true })
    })
    it('tck-id-message-flow-edge-node-ncmd-subscribe, tck-id-message-flow-device-dcmd-subscribe, tck-id-operational-behavior-primary-application-state-with-multiple-servers-state-subs: NCMD, DCMD and STATE are subscribed at QoS 1 before anything is said', () => {
      const [subscribe] = client().flatMap(({ packet }) => (packet.cmd === 'subscribe' ? [packet] : []))
      const filters = Object.fromEntries(subscribe!.subscriptions.map(({ topic, qos }) => [topic, qos]))
      expect(filters).toMatchObject({ [topic('NCMD')]: 1, [`${topic('DCMD')}/#`]: 1, [STATE]: 1 })
      const order = client().map(({ packet }) => packet.cmd)
      expect(order.indexOf('subscribe')).toBeLessThan(order.indexOf('publish'))
    })
    it('tck-id-message-flow-edge-node-birth-publish-phid-wait, -phid-wait-id, -phid-wait-online, -phid-wait-timestamp, tck-id-operational-behavior-edge-node-birth-sequence-wait: nothing is said before this host says with a newer time that it is online', () => {
      expect(said(0, mark['before the host'])).toEqual([])
    })
    it('tck-id-message-flow-edge-node-birth-publish-connect, tck-id-principles-birth-certificates-order, tck-id-message-flow-device-birth-publish-nbirth-wait, tck-id-payloads-dbirth-order, tck-id-payloads-ddata-order: in each session NBIRTH, then DBIRTHs, then data', () => {
      expect(sessions()).toHaveLength(4)
      for (const session of sessions()) {
        expect(session[0]?.type).toBe('NBIRTH')
        const bornDevices = new Set<string>()
        for (const { type, device } of session.slice(1)) {
          if (type === 'DBIRTH') bornDevices.add(device!)
          if (type === 'DDEATH') bornDevices.delete(device!)
          if (type === 'DDATA') expect(bornDevices.has(device!)).toBe(true)
        }
      }
      for (const connection of new Set(client().map(each => each.connection))) {
        const publishes = client().filter(each => each.connection === connection && each.packet.cmd === 'publish')
        const first = publishes.flatMap(({ packet }) => sparkplugIn(packet) ?? [])[0]
        if (first !== undefined) expect(first.type).toBe('NBIRTH')
      }
    })
    it('tck-id-topics-nbirth-topic, tck-id-topic-structure, tck-id-topic-structure-namespace-a, tck-id-message-flow-edge-node-birth-publish-nbirth-topic, tck-id-intro-group-id-string, tck-id-intro-edge-node-id-string, tck-id-intro-device-id-string, tck-id-topics-dbirth-topic, tck-id-message-flow-device-birth-publish-dbirth-topic, -dbirth-match-edge-node-topic, tck-id-topics-ddata-topic, tck-id-topics-ddeath-topic, tck-id-topic-structure-namespace-device-id-associated-message-types, -device-id-non-associated-message-types: every topic is namespace/group/type/node, with the device where the type has one', () => {
      for (const { type, topic: name, device } of said()) {
        expect(name).toBe(topic(type, device))
        expect(device === undefined).toBe(type.startsWith('N'))
      }
    })
    it('tck-id-topics-nbirth-mqtt, tck-id-payloads-nbirth-qos, tck-id-payloads-nbirth-retain, tck-id-message-flow-edge-node-birth-publish-nbirth-qos, -nbirth-retained, tck-id-topics-dbirth-mqtt, tck-id-payloads-dbirth-qos, tck-id-payloads-dbirth-retain, tck-id-message-flow-device-birth-publish-dbirth-qos, -dbirth-retained, tck-id-topics-ddata-mqtt, tck-id-payloads-ddata-qos, tck-id-payloads-ddata-retain, tck-id-topics-ddeath-mqtt: births, data and device deaths go at QoS 0, not retained', () => {
      for (const { type, qos, retain } of said())
        if (type !== 'NDEATH') expect({ type, qos, retain }).toEqual({ type, qos: 0, retain: false })
    })
    it('tck-id-topics-nbirth-seq-num, tck-id-payloads-nbirth-seq, tck-id-payloads-sequence-num-req-nbirth, tck-id-message-flow-edge-node-birth-publish-nbirth-payload-seq: NBIRTH has the number 0', () => {
      for (const session of sessions()) expect(session[0]?.payload.seq).toBe('0')
    })
    it('tck-id-payloads-sequence-num-always-included, tck-id-payloads-sequence-num-incrementing, tck-id-topics-dbirth-seq, tck-id-payloads-dbirth-seq, tck-id-payloads-dbirth-seq-inc, tck-id-message-flow-device-birth-publish-dbirth-payload-seq, tck-id-topics-ddata-seq-num, tck-id-payloads-ddata-seq, tck-id-payloads-ddata-seq-inc, tck-id-topics-ddeath-seq-num, tck-id-payloads-ddeath-seq, tck-id-payloads-ddeath-seq-inc, tck-id-payloads-ddeath-seq-number: one more in every message, 0 after 255', () => {
      const all = sessions()
      expect(Math.max(...all.map(session => session.length))).toBeGreaterThan(256)
      for (const session of all)
        expect(session.map(each => each.payload.seq)).toEqual(session.map((_, index) => `${index % 256}`))
    })
    it('tck-id-topics-nbirth-timestamp, tck-id-payloads-nbirth-timestamp, tck-id-topics-dbirth-timestamp, tck-id-payloads-dbirth-timestamp, tck-id-topics-ddata-timestamp, tck-id-payloads-ddata-timestamp, tck-id-payloads-ddeath-timestamp, tck-id-payloads-timestamp-in-UTC: every payload says when it was sent, in UTC', () => {
      const now = Date.now()
      for (const { payload } of said()) expect(Math.abs(now - Number(payload.timestamp))).toBeLessThan(300_000)
    })
    it('tck-id-payloads-name-birth-data-requirement, tck-id-payloads-metric-timestamp-in-UTC: every metric has its time, in UTC', () => {
      const now = Date.now()
      for (const { payload } of [...births(), ...datas()])
        for (const { timestamp } of payload.metrics ?? [])
          expect(Math.abs(now - Number(timestamp))).toBeLessThan(300_000)
    })
    it('tck-id-message-flow-edge-node-birth-publish-nbirth-payload, -nbirth-payload-bdSeq, tck-id-topics-nbirth-bdseq-included, tck-id-topics-nbirth-bdseq-matching, tck-id-payloads-nbirth-bdseq, tck-id-payloads-nbirth-bdseq-repeat, tck-id-payloads-ndeath-bdseq: NBIRTH repeats the bdSeq of its connection\u2019s will', () => {
      const bdSeqs = ofType('NBIRTH').map(each => named(each.payload.metrics, 'bdSeq'))
      for (const metric of bdSeqs) expect(metric?.datatype).toBe(4)
      // Two births on the first connection, one on the second, then one behind the connection that waited for the host.
      expect(bdSeqs.slice(0, 3).map(metric => metric?.longValue)).toEqual(['0', '0', '1'])
      const last = client().findLast(({ packet }) => sparkplugIn(packet)?.type === 'NBIRTH')!.connection
      const connection = client().find(each => each.connection === last && each.packet.cmd === 'connect')!.packet
      const index = connects().indexOf(connection as ReturnType<typeof connects>[number])
      expect(bdSeqs[3]?.longValue).toBe(`${index}`)
    })
    it('tck-id-topics-nbirth-rebirth-metric, tck-id-payloads-nbirth-rebirth-req, tck-id-operational-behavior-data-commands-rebirth-name, -rebirth-datatype, -rebirth-value, -rebirth-name-aliases: Node Control/Rebirth is Boolean, false, and has no alias', () => {
      for (const { payload } of ofType('NBIRTH')) {
        const rebirth = named(payload.metrics, 'Node Control/Rebirth')
        expect(rebirth).toMatchObject({ datatype: 11, booleanValue: false })
        expect(rebirth?.alias).toBeUndefined()
      }
    })
    it('tck-id-topics-nbirth-metrics, tck-id-topics-dbirth-metrics, tck-id-payloads-name-requirement, tck-id-payloads-metric-datatype-req, tck-id-payloads-metric-datatype-value, tck-id-payloads-metric-datatype-value-type, tck-id-message-flow-device-birth-publish-dbirth-payload, tck-id-operational-behavior-data-publish-nbirth-values, tck-id-operational-behavior-data-publish-dbirth-values: metrics of births have name, type and value, or is_null and no value', () => {
      for (const { payload } of births())
        for (const metric of payload.metrics ?? []) {
          expect(metric.name).toMatch(/./)
          expect(metric.datatype).toBeGreaterThan(0)
          expect(metric.datatype).toBeLessThanOrEqual(34)
          const values = Object.keys(metric).filter(key => key.endsWith('Value'))
          expect(values).toHaveLength(metric.isNull === true ? 0 : 1)
        }
    })
    it('tck-id-payloads-alias-uniqueness, tck-id-payloads-alias-birth-requirement: each metric of a birth has a name and an alias of its own, the same at each birth', () => {
      const names = new Map<string, string>()
      for (const { payload, device } of births())
        for (const { name, alias } of payload.metrics ?? []) {
          if (name === 'Node Control/Rebirth') continue
          expect(alias).toMatch(/^\d+$/)
          const whole = `${device ?? ''}/${name}`
          expect(names.get(alias!) ?? whole).toBe(whole)
          names.set(alias!, whole)
        }
      expect(new Set(names.values()).size).toBe(names.size)
    })
    it('tck-id-payloads-alias-data-cmd-requirement, tck-id-payloads-metric-datatype-not-req, tck-id-operational-behavior-data-publish-dbirth, tck-id-topics-dbirth-metric-reqs, tck-id-operational-behavior-data-publish-nbirth, tck-id-topics-nbirth-metric-reqs: data names metrics by alias alone, without a type, and only such as its session has born', () => {
      for (const session of sessions()) {
        const born = new Set<string>()
        for (const { type, payload } of session)
          for (const { alias, name, datatype } of payload.metrics ?? [])
            if (type === 'DDATA') {
              expect({ name, datatype }).toEqual({ name: undefined, datatype: undefined })
              expect(born.has(alias!)).toBe(true)
            } else if (alias !== undefined) born.add(alias)
      }
    })
    it('tck-id-topics-ddata-payload, tck-id-operational-behavior-data-publish-dbirth-change, tck-id-principles-rbe-recommended: a value that does not change is not said again', () => {
      const text = named(births().find(each => each.device === 'meter')?.payload.metrics, 'meter/text')?.alias
      const session = sessions()[0]!
      const times = session.filter(each => each.type === 'DDATA' && each.payload.metrics?.some(m => m.alias === text))
      expect(times.length).toBeLessThanOrEqual(2)
    })
    it('tck-id-operational-behavior-data-publish-dbirth-order, tck-id-operational-behavior-data-publish-nbirth-order: metrics stand in the order of their times', () => {
      for (const { payload } of [...births(), ...datas()]) {
        const times = (payload.metrics ?? []).filter(m => m.isHistorical !== true).map(m => Number(m.timestamp))
        expect(times).toEqual([...times].sort((a, b) => a - b))
      }
    })
    it('tck-id-payloads-propertyset-keys-array-size, tck-id-payloads-propertyset-values-array-size, tck-id-payloads-metric-propertyvalue-type-type, -type-value, -type-req: properties come as keys and typed values, as many of both', () => {
      for (const { payload } of [...births(), ...datas()])
        for (const { properties } of payload.metrics ?? []) {
          expect(properties?.keys.length).toBe(properties?.values.length)
          for (const { type } of properties?.values ?? []) {
            expect(type).toBeGreaterThanOrEqual(1)
            expect(type).toBeLessThanOrEqual(21)
          }
        }
    })
    it('tck-id-payloads-propertyset-quality-value-type, tck-id-payloads-propertyset-quality-value-value: every value has a quality of 0, 192 or 500; one outside its range is 500', () => {
      const seen = new Set<number>()
      for (const { payload, device } of [...births(), ...datas()])
        for (const { properties } of payload.metrics ?? []) {
          if (device === undefined) continue
          const quality = properties?.values[properties.keys.indexOf('Quality')]
          expect(quality?.type).toBe(3)
          expect([0, 192, 500]).toContain(quality?.intValue)
          seen.add(quality!.intValue!)
        }
      expect(seen).toContain(500)
    })
    it('its own 64-bit sequence stands on the first metric of each data message, and rises', () => {
      const numbers = datas().map(({ payload }) => {
        const { properties } = payload.metrics![0]!
        const value = properties!.values[properties!.keys.indexOf('millwright_sequence')]
        expect(value?.type).toBe(8)
        return Number(value?.longValue)
      })
      expect(new Set(numbers).size).toBeGreaterThan(10)
      expect(Math.min(...numbers)).toBeGreaterThan(1e15)
      const fresh = datas().map(({ payload }) => payload.metrics![0]!.isHistorical !== true)
      const live = numbers.filter((_, index) => fresh[index])
      expect(live).toEqual([...live].sort((a, b) => a - b))
    })
    it('tck-id-operational-behavior-data-commands-rebirth-action-1, -rebirth-action-2, -rebirth-action-3: a rebirth is complete, with the same bdSeq, and no data comes between its births', () => {
      const after = said(mark.rebirth, mark['device gone'])
      const at = after.findIndex(each => each.type === 'NBIRTH')
      const types = after.slice(at, at + 8).map(each => `${each.type} ${each.device ?? ''}`.trim())
      expect(types).toEqual(['NBIRTH', 'DBIRTH agent', ...DEVICES.map(id => `DBIRTH ${id}`)])
      expect(named(after[at]?.payload.metrics, 'bdSeq')?.longValue).toBe('0')
    })
    it('tck-id-operational-behavior-device-ddeath: a device that does not answer dies, and is born again', () => {
      const types = said(mark['device gone'], mark.cut)
        .filter(each => each.device === 'meter' && each.type !== 'DDATA')
        .map(each => each.type)
      expect(types.slice(0, 2)).toEqual(['DDEATH', 'DBIRTH'])
    })
    it('tck-id-operational-behavior-edge-node-termination-host-offline-timestamp: an offline that is older than the last online is void', () => {
      const between = client(mark['old offline'], mark.offline)
      expect(between.some(({ packet }) => packet.cmd === 'disconnect')).toBe(false)
      expect(said(mark['old offline'], mark.offline).some(each => each.type === 'NDEATH')).toBe(false)
    })
    it('tck-id-message-flow-edge-node-birth-publish-phid-offline, tck-id-operational-behavior-edge-node-termination-host-offline, tck-id-payloads-ndeath-will-message-publisher, tck-id-payloads-ndeath-will-message-publisher-disconnect-mqtt311, tck-id-operational-behavior-edge-node-intentional-disconnect-ndeath, tck-id-operational-behavior-edge-node-intentional-disconnect-packet: the host offline: NDEATH, then DISCONNECT, then from the beginning, in silence until it is back', () => {
      const left = client(mark.offline, mark.online)
      const death = left.findIndex(({ packet }) => sparkplugIn(packet)?.type === 'NDEATH')
      const goodbye = left.findIndex(({ packet }) => packet.cmd === 'disconnect')
      const again = left.findIndex(({ packet }) => packet.cmd === 'connect')
      expect(death).toBeGreaterThanOrEqual(0)
      expect(goodbye).toBeGreaterThan(death)
      expect(again).toBeGreaterThan(goodbye)
      expect(said(mark.offline, mark.online).filter(({ type }) => type.endsWith('BIRTH'))).toEqual([])
    })
    it('tck-id-operational-behavior-primary-application-state-with-multiple-servers-single-server: one connection at a time', () => {
      let open = -1
      for (const { packet, connection } of client())
        if (packet.cmd === 'connect') {
          expect(connection).toBeGreaterThan(open)
          open = connection
        } else expect(connection).toBe(open)
    })
    it('a stop says NDEATH with the bdSeq in force, then DISCONNECT, and ends with 0', () => {
      expect(stopStatus).toBe(0)
      const last = client(mark.stop).filter(({ packet }) => packet.cmd === 'publish' || packet.cmd === 'disconnect')
      expect(last.at(-1)?.packet.cmd).toBe('disconnect')
      const deaths = last.flatMap(({ packet }) => sparkplugIn(packet) ?? []).filter(({ type }) => type === 'NDEATH')
      expect(deaths).toHaveLength(1)
      expect(named(deaths[0]?.payload.metrics, 'bdSeq')?.longValue).toBe(
        named(ofType('NBIRTH').at(-1)?.payload.metrics, 'bdSeq')?.longValue,
      )
    })
  })
})
