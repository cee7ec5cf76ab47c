import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { definitionOfMetric, type InspectionEvent } from '@millwright/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startPlant, type TestPlant } from '../testing/plant.suite.ts'
import { DEFINITION, startUplink, type UplinkRig } from '../testing/uplink-rig.suite.ts'

let plant: TestPlant
let rig: UplinkRig
let web: Server | undefined

beforeEach(async () => {
  plant = await startPlant('a')
})
afterEach(async () => {
  await rig.stop()
  rig.destroy()
  await plant.stop()
  web?.close()
  web = undefined
})

const eventually = (check: () => void, timeout = 8000) => vi.waitFor(check, { timeout, interval: 10 })
const types = () => plant.heard.map(({ type }) => type)
const data = () => plant.heard.filter(({ type }) => type === 'DDATA')
const valuesOf = (messages: typeof plant.heard) =>
  messages.flatMap(({ readings }) => readings.map(({ value }) => value))
const begin = (more: Parameters<typeof startUplink>[1] = {}) => {
  rig = startUplink(plant, more)
  rig.uplink.deviceOnline('plc')
  rig.uplink.start()
}
const online = () => eventually(() => expect(rig.uplink.online).toBe(true))

describe('births and numbers', () => {
  it('tck-id-payloads-nbirth-seq, tck-id-payloads-nbirth-bdseq, tck-id-topics-nbirth-rebirth-metric: NBIRTH comes first, numbered 0, with bdSeq and Rebirth false', async () => {
    begin()
    await online()
    await rig.put(1)
    await eventually(() => expect(types()).toEqual(['NBIRTH', 'DBIRTH', 'DDATA']))
    expect(plant.heard.map(({ seq }) => seq)).toEqual([0, 1, 2])
    const [birth, device] = plant.heard
    expect(birth?.payload.metrics).toMatchObject([
      { name: 'bdSeq', value: 0 },
      { name: 'Node Control/Rebirth', value: false },
      { name: 'Properties/Vendor', value: 'Millwright' },
    ])
    expect(definitionOfMetric(DEFINITION.tag, 'a', 'plc', device!.payload.metrics[0]!)).toEqual(DEFINITION)
  })

  it('tck-id-payloads-sequence-num-incrementing: numbers rise by one and turn over after 255', async () => {
    begin()
    await online()
    for (let value = 0; value < 300; value += 1) {
      const appended = rig.put(value)
      await rig.store.outbox.flush()
      await appended
    }
    await eventually(() => expect(data()).toHaveLength(300))
    expect(plant.heard.map(({ seq }) => seq)).toEqual(plant.heard.map((_, index) => index % 256))
  }, 20_000)

  it('tck-id-operational-behavior-data-commands-rebirth-action-2, -3: a rebirth starts anew with the newest values', async () => {
    begin()
    await online()
    await rig.put(41)
    await eventually(() => expect(data()).toHaveLength(1))
    plant.heard.length = 0
    await plant.rebirth()
    await eventually(() => expect(types()).toEqual(['NBIRTH', 'DBIRTH']))
    expect(plant.heard.map(({ seq }) => seq)).toEqual([0, 1])
    expect(plant.heard[0]?.payload.metrics[0]).toMatchObject({ name: 'bdSeq', value: 0 })
    expect(plant.heard[1]?.payload.metrics[0]).toMatchObject({ name: 'x/y', value: 41 })
  })

  it('tck-id-payloads-ndeath-bdseq: the will carries the bdSeq of its birth, and each connection has the next', async () => {
    begin()
    await eventually(() => expect(types()).toEqual(['NBIRTH', 'DBIRTH']))
    plant.cut()
    await eventually(() => expect(types()).toEqual(['NBIRTH', 'DBIRTH', 'NDEATH', 'NBIRTH', 'DBIRTH']))
    const bdSeqs = plant.heard
      .filter(({ type }) => type.startsWith('N'))
      .map(({ payload }) => payload.metrics[0]?.value)
    expect(bdSeqs).toEqual([0, 0, 1])
  })

  it('tck-id-operational-behavior-edge-node-intentional-disconnect-ndeath: a clean stop says NDEATH itself', async () => {
    begin()
    await online()
    await rig.uplink.stop()
    await eventually(() => expect(types().at(-1)).toBe('NDEATH'))
  })

  it('tck-id-operational-behavior-device-ddeath: a device that goes and comes is said by DDEATH and DBIRTH', async () => {
    begin()
    await online()
    rig.uplink.deviceOffline('plc')
    rig.uplink.deviceOnline('plc')
    await eventually(() => expect(types()).toEqual(['NBIRTH', 'DBIRTH', 'DDEATH', 'DBIRTH']))
    expect(plant.heard.map(({ seq }) => seq)).toEqual([0, 1, 2, 3])
  })
})

describe('what an absent device left behind', () => {
  it('comes between a birth and a death borrowed for it', async () => {
    rig = startUplink(plant)
    await rig.put(1)
    rig.uplink.start()
    await eventually(() => expect(types()).toEqual(['NBIRTH', 'DBIRTH', 'DDATA', 'DDEATH']))
    rig.uplink.deviceOnline('plc')
    await rig.put(2)
    await eventually(() => expect(types()).toEqual(['NBIRTH', 'DBIRTH', 'DDATA', 'DDEATH', 'DBIRTH', 'DDATA']))
    expect(plant.heard.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('the primary host', () => {
  it('tck-id-message-flow-edge-node-birth-publish-phid-wait: nothing is said before the host is online', async () => {
    await plant.host(false, 5)
    begin()
    await eventually(() => expect(plant.clients()).toBe(1))
    await rig.put(1)
    expect(plant.heard).toEqual([])
    await plant.host(true, 6)
    await eventually(() => expect(types()).toEqual(['NBIRTH', 'DBIRTH', 'DDATA']))
    expect(data()[0]?.historical).toBe(true)
  })

  it('tck-id-operational-behavior-edge-node-termination-host-offline: a host that goes is farewelled, and awaited again', async () => {
    begin()
    await online()
    await plant.host(false, Date.now() + 1)
    await eventually(() => expect(types()).toContain('NDEATH'))
    await eventually(() => expect(rig.uplink.online).toBe(false))
    await plant.host(true, Date.now() + 2)
    await eventually(() => expect(types().filter(type => type === 'NBIRTH')).toHaveLength(2))
  })

  it('tck-id-message-flow-edge-node-birth-publish-phid-wait-timestamp: an offline older than the host’s birth is void', async () => {
    const now = Date.now()
    await plant.host(true, now)
    begin()
    await online()
    await plant.host(false, now - 1000)
    await rig.put(1)
    await eventually(() => expect(data()).toHaveLength(1))
    expect(types()).not.toContain('NDEATH')
  })
})

describe('confirmation', () => {
  it('what is confirmed is forgotten', async () => {
    begin()
    await online()
    const seq = await rig.put(1, 2, 3)
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
    expect(data()[0]).toMatchObject({ item: seq, historical: false })
    expect(valuesOf(data())).toEqual([1, 2, 3])
  })

  it('what is not confirmed goes again after a new connection, as historical, with the same number and content', async () => {
    plant.confirming = false
    begin()
    await online()
    const seq = await rig.put(1, 2)
    await eventually(() => expect(data()).toHaveLength(1))
    plant.cut()
    plant.confirming = true
    await eventually(() => expect(data()).toHaveLength(2))
    expect(data().map(({ item, historical }) => [item, historical])).toEqual([
      [seq, false],
      [seq, true],
    ])
    expect(data()[1]?.readings).toEqual(data()[0]?.readings)
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
  })

  it('a lost confirmation is made good by sending again', async () => {
    plant.confirming = false
    begin({ resendMs: 300 })
    await online()
    await rig.put(1)
    await eventually(() => expect(data()).toHaveLength(1))
    plant.confirming = true
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
    expect(data()).toHaveLength(2)
  })

  it('confirmed twice, or for what is unknown: harmless', async () => {
    begin()
    await online()
    const seq = await rig.put(1)
    await plant.confirm({
      stored: [
        [seq, seq],
        [1, 9],
      ],
      rejected: [{ seq: 3, code: 'x', message: 'y' }],
    })
    await rig.put(2)
    await eventually(() => expect(rig.store.outbox.stats()).toMatchObject({ pending: 0, quarantined: 0 }))
  })

  it('a rejected item is set aside and not sent again', async () => {
    plant.confirming = false
    begin({ resendMs: 200 })
    await online()
    const seq = await rig.put(1)
    await eventually(() => expect(data()).toHaveLength(1))
    await plant.confirm({ stored: [], rejected: [{ seq, code: 'MW-2006', message: 'no' }] })
    await eventually(() => expect(rig.store.outbox.stats()).toMatchObject({ pending: 0, quarantined: 1 }))
    plant.cut()
    await eventually(() => expect(types().filter(type => type === 'NBIRTH')).toHaveLength(2))
    expect(data()).toHaveLength(1)
  })

  it('a message that is no confirmation is named, and all goes on', async () => {
    begin()
    await online()
    await plant.say('millwright/test/confirm/a', '{"stored": 7}')
    await plant.say('spBv1.0/test/NCMD/a', 'not a payload')
    await rig.put(1)
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
    expect(rig.problems.map(({ code }) => code)).toEqual(['MW-1014', 'MW-1014'])
  })

  it('live values do not wait for what piled up', async () => {
    plant.confirming = false
    begin()
    for (let value = 0; value < 2000; value += 1) void rig.put(value)
    await rig.store.outbox.flush()
    await online()
    await eventually(() => expect(data().length).toBeGreaterThan(400))
    const live = await rig.put(-1)
    await eventually(() => expect(data().some(({ item, historical }) => item === live && !historical)).toBe(true))
    plant.confirming = true
    await plant.confirm({ stored: [[0, live]], rejected: [] })
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
  })
})

describe('images', () => {
  const bytes = new Uint8Array([137, 80, 78, 71])
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const body: InspectionEvent = {
    id: `AOI-1:${sha256}:p.png`,
    station: 'AOI-1',
    t: 1,
    sha256,
    bytes: bytes.length,
    mediaType: 'image/png',
    line: { image: 'p.png', verdict: 'review', error: { code: 'MW-1021', message: 'x' }, defects: [], score: null },
  }
  const serve = async (answers: number[]) => {
    const puts: { url: string; authorization: string; body: Buffer; events: number }[] = []
    let held = 0
    web = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', part => parts.push(part))
      request.on('end', () => {
        const refused = request.method === 'PATCH' ? answers.shift() : undefined
        if (request.method === 'PATCH')
          puts.push({
            url: `${request.method} ${request.url}`,
            authorization: request.headers.authorization ?? '',
            body: Buffer.concat(parts),
            events: plant.events.length,
          })
        if (request.method === 'PATCH' && refused === undefined) held += Buffer.concat(parts).length
        const total = Number(new URL(request.url ?? '', 'http://x').searchParams.get('total') ?? Number.NaN)
        response.writeHead(refused ?? 200).end(JSON.stringify({ stored: held === total, offset: held }))
      })
    })
    await new Promise<void>(resolve => web!.listen(0, '127.0.0.1', resolve))
    return { puts, http: `http://127.0.0.1:${(web.address() as AddressInfo).port}` }
  }

  it('an image is stored under its SHA-256 before the inspection that names it is said', async () => {
    const { puts, http } = await serve([])
    begin({ http })
    await online()
    rig.store.images.put(bytes)
    await rig.store.outbox.append({ kind: 'inspection', body })
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
    expect(puts).toHaveLength(1)
    expect(puts[0]).toMatchObject({
      url: `PATCH /api/images/${sha256}/upload?offset=0&total=${bytes.length}`,
      events: 0,
    })
    expect(puts[0]?.authorization).toBe(`Basic ${Buffer.from('a:secret').toString('base64')}`)
    expect(new Uint8Array(puts[0]!.body)).toEqual(bytes)
    expect(plant.events.map(({ kind }) => kind)).toEqual(['inspection'])
    await rig.store.outbox.flush()
    expect(rig.store.images.has(sha256)).toBe(false)
  })

  it('a server that refuses is asked again, and holds up no value', async () => {
    const { puts, http } = await serve([503])
    begin({ http })
    await online()
    rig.store.images.put(bytes)
    await rig.store.outbox.append({ kind: 'inspection', body })
    await rig.put(1)
    await eventually(() => expect(data()).toHaveLength(1))
    expect(plant.events).toEqual([])
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
    expect(puts).toHaveLength(2)
  })

  it('an inspection whose image is gone is set aside', async () => {
    const { http } = await serve([])
    begin({ http })
    await online()
    await rig.store.outbox.append({ kind: 'inspection', body })
    await eventually(() => expect(rig.store.outbox.stats()).toMatchObject({ pending: 0, quarantined: 1 }))
    expect(plant.events).toEqual([])
  })
})

it('nothing stored is lost or changed by cuts at any moment', async () => {
  begin({ resendMs: 500 })
  const values: number[] = []
  for (let round = 0; round < 12; round += 1) {
    for (let value = 0; value < 20; value += 1) {
      values.push(round * 100 + value)
      void rig.put(values.at(-1)!)
    }
    await rig.store.outbox.flush()
    const heard = data().length
    // Cut as soon as something of this round came through, confirmations still under way.
    await eventually(() => expect(data().length).toBeGreaterThan(heard))
    plant.cut()
  }
  await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0), 20_000)
  const byItem = new Map(data().map(({ item, readings }) => [item, readings.map(({ value }) => value)]))
  expect([...byItem.values()].flat().sort((a, b) => Number(a) - Number(b))).toEqual(values)
}, 40_000)
