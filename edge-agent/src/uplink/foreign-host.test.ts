/** Towards another vendor's host, which confirms nothing: what the broker has taken is done. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startPlant, type TestPlant } from '../testing/plant.suite.ts'
import { startUplink, type UplinkRig } from '../testing/uplink-rig.suite.ts'

let plant: TestPlant
let rig: UplinkRig
beforeEach(async () => {
  plant = await startPlant('a')
  plant.confirming = false
})
afterEach(async () => {
  await rig.stop()
  rig.destroy()
  await plant.stop()
})
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 8000, interval: 10 })
const data = () => plant.heard.filter(({ type }) => type === 'DDATA')
const begin = (more: Parameters<typeof startUplink>[1]) => {
  rig = startUplink(plant, more)
  rig.uplink.deviceOnline('plc')
  rig.uplink.start()
}

describe('confirm: broker', () => {
  it('values and events leave the outbox once the broker has them; data goes at QoS 1', async () => {
    begin({ confirm: 'broker' })
    await eventually(() => expect(rig.uplink.online).toBe(true))
    await rig.put(1, 2)
    await rig.store.outbox.append({
      kind: 'alarm',
      body: {
        alarm: 'a:x',
        agent: 'a',
        t: 1,
        active: true,
        acked: false,
        priority: 'low',
        message: { zh: '甲', en: 'A' },
      } as never,
    })
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
    expect(data().map(({ qos, retain }) => ({ qos, retain }))).toEqual([{ qos: 1, retain: false }])
    expect(plant.events).toHaveLength(1)
  })
  it('what the broker did not take goes again', async () => {
    begin({ confirm: 'broker' })
    await eventually(() => expect(rig.uplink.online).toBe(true))
    plant.cut()
    await rig.put(3)
    await eventually(() => expect(data().flatMap(({ readings }) => readings.map(r => r.value))).toContain(3))
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
  })
  it('asks nothing of the broker that is ours alone', async () => {
    begin({ confirm: 'broker', hostId: undefined })
    await eventually(() => expect(rig.uplink.online).toBe(true))
    await plant.confirm({ stored: [[0, Number.MAX_SAFE_INTEGER]], rejected: [] })
    await plant.command('{}')
    await rig.put(1)
    await eventually(() => expect(rig.store.outbox.stats().pending).toBe(0))
    expect(rig.commands).toEqual([])
  })
})

describe('confirm: host', () => {
  it('what nobody confirms stays', async () => {
    begin({ confirm: 'host' })
    await eventually(() => expect(rig.uplink.online).toBe(true))
    await rig.put(1)
    await eventually(() => expect(data().map(({ qos }) => qos)).toEqual([0]))
    await rig.store.outbox.flush()
    expect(rig.store.outbox.stats().pending).toBe(1)
  })
})

describe('aliases: false', () => {
  it('every message names and types its metrics', async () => {
    begin({ aliases: false })
    await eventually(() => expect(rig.uplink.online).toBe(true))
    await rig.put(4)
    await eventually(() => expect(data()).toHaveLength(1))
    const all = plant.heard.flatMap(({ payload }) => payload.metrics)
    expect(all.length).toBeGreaterThan(3)
    for (const { name, type, alias } of all) {
      expect(name).toMatch(/./)
      expect(type).toMatch(/./)
      expect(alias).toBeUndefined()
    }
  })
})

describe('values whose tag the file does not name any more', () => {
  it('are sent behind a new birth of their device that names them, once', async () => {
    begin({})
    await eventually(() => expect(rig.uplink.online).toBe(true))
    const old = (value: number) =>
      rig.store.outbox.append({
        kind: 'readings',
        device: 'plc',
        body: [{ tag: 'a/gone/away', t: 1000 + value, value, quality: 'good' }],
      })
    plant.confirming = true
    await old(1)
    await eventually(() => expect(data()).toHaveLength(1))
    await old(2)
    await eventually(() => expect(data()).toHaveLength(2))
    const types = plant.heard.map(({ type }) => type)
    expect(types).toEqual(['NBIRTH', 'DBIRTH', 'DBIRTH', 'DDATA', 'DDATA'])
    expect(plant.heard.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4])
    expect(data().flatMap(({ readings }) => readings.map(({ tag, value }) => [tag, value]))).toEqual([
      ['a/gone/away', 1],
      ['a/gone/away', 2],
    ])
  })
})
