import { createHash } from 'node:crypto'
import type { Reading } from '@millwright/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { type PlantRig, SECRETS, startPlantRig, tagDefinition } from '../testing/plant-rig.ts'
import { connectScriptedAgent, until } from './scripted-agent.suite.ts'

const TAG = 'primary/dryer/outlet_moisture'
const T0 = 1_764_000_000_000
const at = (t: number, value: number, tag = TAG): Reading => ({ tag, t: T0 + t, value, quality: 'good' })
const image = Buffer.from('89504e470d0a1a0a00', 'hex')
const sha256 = createHash('sha256').update(image).digest('hex')
const inspection = (seq: number, name = 'P1_white.png') => ({
  seq,
  kind: 'inspection',
  body: {
    id: `aoi-1:${sha256}:${name}`,
    station: 'aoi-1',
    t: T0,
    sha256,
    bytes: image.length,
    mediaType: 'image/png',
    line: {
      image: name,
      verdict: 'review',
      error: { code: 'MW-1021', message: 'no image' },
      defects: [],
      score: null,
    },
  },
})
const alarm = (seq: number, active: boolean, acknowledged = false, t = seq) => ({
  seq,
  kind: 'alarm',
  body: {
    alarm: 'primary/plc/Dryer.MoistureHigh',
    priority: 'high',
    active,
    acknowledged,
    t: T0 + t,
    message: { zh: '水分高', en: 'Moisture high' },
  },
})

const rigs: PlantRig[] = []
const agents: Awaited<ReturnType<typeof connectScriptedAgent>>[] = []
const start = async () => {
  const rig = await startPlantRig()
  rigs.push(rig)
  return rig
}
const connect = async (rig: PlantRig, agent = 'primary', bdSeq = 0) => {
  const connected = await connectScriptedAgent({
    url: rig.plant.mqttUrl,
    agent,
    secret: SECRETS.get(agent)!,
    group: 'g',
    bdSeq,
  })
  agents.push(connected)
  return connected
}
afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.close().catch(() => undefined)
  for (const rig of rigs.splice(0)) await rig.end()
})

describe('readings', () => {
  it('are confirmed when they are in the historian, and shown live', async () => {
    const rig = await start()
    const agent = await connect(rig)
    await agent.birth('plc', [tagDefinition(TAG)])
    await agent.data('plc', [at(0, 12.5), at(1000, 12.6)], 1)
    await until(() => agent.isConfirmed(1), 'confirmation')
    const { readings, live, tags } = rig.plant.parts
    expect(await readings.raw(TAG, T0, T0 + 1000)).toEqual([
      [T0, 12.5, 'good'],
      [T0 + 1000, 12.6, 'good'],
    ])
    expect(live.get(TAG)).toEqual({ tag: TAG, t: T0 + 1000, value: 12.6, quality: 'good', stale: false })
    expect(tags.get(TAG)).toEqual(tagDefinition(TAG))
  })

  it('sent again are confirmed again and stored once, also after a restart of the server', async () => {
    const rig = await start()
    const agent = await connect(rig)
    await agent.birth('plc', [tagDefinition(TAG)])
    for (let i = 0; i < 3; i += 1) await agent.data('plc', [at(0, 1)], 5)
    await until(() => agent.isConfirmed(5))
    await agent.data('plc', [at(0, 1)], 5)
    await until(() => agent.confirmations().length >= 2, 'second confirmation')
    const again = await rig.again()
    rigs.push(again)
    const back = await connect(again)
    await back.birth('plc', [tagDefinition(TAG)])
    await back.data('plc', [at(0, 1)], 5, true)
    await until(() => back.isConfirmed(5))
    expect(await again.plant.parts.readings.count()).toBe(1)
    expect(again.plant.parts.tags.all()).toEqual([tagDefinition(TAG)])
  })

  it('replayed ones go to history, not to the live picture', async () => {
    const rig = await start()
    const agent = await connect(rig)
    await agent.birth('plc', [tagDefinition(TAG)])
    await agent.data('plc', [at(1000, 2)], 2)
    await agent.data('plc', [at(5000, 1)], 1, true)
    await until(() => agent.isConfirmed(1))
    expect(rig.plant.parts.live.get(TAG)?.value).toBe(2)
    expect(await rig.plant.parts.readings.raw(TAG, T0, T0 + 5000)).toHaveLength(2)
  })

  it('a gap in seq asks for a rebirth once; the data is stored all the same', async () => {
    const rig = await start()
    const agent = await connect(rig)
    await agent.birth('plc', [tagDefinition(TAG)])
    agent.loseSeq()
    for (let i = 0; i < 5; i += 1) await agent.data('plc', [at(i, i)], i)
    await until(() => agent.isConfirmed(4) && agent.rebirthsAsked() > 0)
    expect(agent.rebirthsAsked()).toBe(1)
    expect(await rig.plant.parts.readings.count()).toBe(5)
  })

  it('from a node that the server has not seen born are stored, and its births asked for', async () => {
    const rig = await start()
    const agent = await connect(rig)
    await agent.data('plc', [at(0, 1)], 1)
    await until(() => agent.isConfirmed(1) && agent.rebirthsAsked() === 1)
  })

  it('a death makes values stale; the death of an older session does not', async () => {
    const rig = await start()
    const agent = await connect(rig, 'primary', 3)
    await agent.birth('plc', [tagDefinition(TAG)])
    await agent.data('plc', [at(0, 1)], 1)
    await until(() => agent.isConfirmed(1))
    await agent.say('NDEATH', undefined, [{ name: 'bdSeq', type: 'Int64', value: 2, timestamp: 1 }])
    await agent.data('plc', [at(1, 2)], 2)
    await until(() => agent.isConfirmed(2))
    expect(rig.plant.parts.agents.isOnline('primary')).toBe(true)
    agent.die()
    await until(() => rig.plant.parts.live.get(TAG)?.stale === true, 'stale')
    expect(rig.plant.parts.agents.get('primary')).toMatchObject({ online: false, tags: 1 })
  })

  it('another vendor: no numbers, aliases, values in births are stored too', async () => {
    const rig = await start()
    const agent = await connect(rig, 'packing')
    await agent.say('NBIRTH', undefined, [{ name: 'bdSeq', type: 'Int64', value: 0, timestamp: T0 }], 0)
    const metric = { name: 'cell/speed', type: 'Double', value: 5, timestamp: T0, alias: 7 } as const
    await agent.say('DBIRTH', 'x', [metric], 1)
    const { name: _name, type: _type, ...byAlias } = metric
    await agent.say('DDATA', 'x', [{ ...byAlias, value: 6, timestamp: T0 + 1 }], 2)
    const { readings } = rig.plant.parts
    await until(async () => (await readings.count()) === 2, 'two values')
    expect(await readings.raw('packing/x/cell/speed', T0, T0 + 1)).toEqual([
      [T0, 5, 'good'],
      [T0 + 1, 6, 'good'],
    ])
    expect(rig.plant.parts.agents.get('packing')).toMatchObject({ online: true, numbers: false })
  })
})

describe('bad input', () => {
  it('is counted and set aside; everything else goes on', async () => {
    const rig = await start()
    const agent = await connect(rig)
    await agent.birth('plc', [tagDefinition(TAG)])
    await agent.raw('spBv1.0/g/DDATA/primary/plc', Buffer.from('no protobuf at all'))
    await agent.raw('millwright/g/event/primary', '{ no json')
    await agent.event({ seq: 11, kind: 'poem', body: {} })
    await agent.event({ seq: 12, kind: 'alarm', body: { alarm: 5 } })
    await agent.event({ kind: 'alarm' })
    await agent.data('plc', [{ tag: 'primary/UPPER CASE', t: T0, value: 1, quality: 'good' }], 13)
    await agent.data('plc', [at(0, 1)], 14)
    await until(() => agent.isConfirmed(14))
    await until(() => agent.rejection(11) !== undefined && agent.rejection(12) !== undefined)
    expect(agent.rejection(13)?.code).toBe('MW-2006')
    const text = await rig.plant.parts.db.selectFrom('dead_letter').selectAll().execute()
    expect(text).toHaveLength(6)
    for (const letter of text) expect(letter.code).toBe('MW-2006')
    expect(agent.client.connected).toBe(true)
  })
})

describe('events', () => {
  it('are stored once, however often they come', async () => {
    const rig = await start()
    const agent = await connect(rig)
    for (let i = 0; i < 3; i += 1) await agent.event(alarm(21, true))
    await agent.event(alarm(22, true, true))
    await until(() => agent.isConfirmed(22))
    await agent.event(alarm(21, true))
    const { alarms, readings } = rig.plant.parts
    await until(() => readings.isStored('primary', 22), 'marked by the historian')
    expect((await alarms.journal(9)).map(entry => [entry.from, entry.to])).toEqual([
      ['unack', 'acked'],
      ['normal', 'unack'],
    ])
    expect((await alarms.standing())[0]?.state).toBe('acked')
  })

  it('older ones that come after newer ones go into the journal and leave the state alone', async () => {
    const rig = await start()
    const agent = await connect(rig)
    await agent.event(alarm(9, false, true))
    await agent.event(alarm(3, true, false))
    await until(() => agent.isConfirmed(3))
    const { alarms } = rig.plant.parts
    expect(await alarms.standing()).toEqual([])
    expect((await alarms.journal(9)).map(entry => [entry.from, entry.to])).toContainEqual(['normal', 'unack'])
  })

  it('an inspection is confirmed only once its image is stored', async () => {
    const rig = await start()
    const agent = await connect(rig)
    await agent.event(inspection(31))
    await agent.event(alarm(32, true))
    await until(() => agent.isConfirmed(32))
    expect(agent.isConfirmed(31)).toBe(false)
    const put = await rig.plant.app.inject({
      method: 'PUT',
      url: `/api/images/${sha256}`,
      headers: {
        authorization: `Basic ${Buffer.from(`primary:${SECRETS.get('primary')}`).toString('base64')}`,
        'content-type': 'image/png',
      },
      payload: image,
    })
    expect(put.statusCode).toBe(200)
    await until(() => agent.isConfirmed(31))
    const [stored] = await rig.plant.parts.inspections.list({ limit: 9 })
    expect(stored).toMatchObject({ agent: 'primary', lot: 'L-20251125-aoi-1' })
  })

  it('of another agent\u2019s alarm are rejected', async () => {
    const rig = await start()
    const [one, two] = [await connect(rig), await connect(rig, 'packing')]
    await one.event(alarm(1, true))
    await until(() => one.isConfirmed(1))
    await two.event(alarm(1, false, true))
    await until(() => two.rejection(1) !== undefined)
    expect((await rig.plant.parts.alarms.standing())[0]?.state).toBe('unack')
  })
})

describe('broker', () => {
  const attempt = (rig: PlantRig, agent: string, secret: string) =>
    connectScriptedAgent({ url: rig.plant.mqttUrl, agent, secret, group: 'g' }).then(
      async connected => {
        await connected.close()
        return 'in'
      },
      () => 'refused',
    )
  it('refuses who does not know the secret', async () => {
    const rig = await start()
    expect(await attempt(rig, 'primary', 'wrong')).toBe('refused')
    expect(await attempt(rig, 'nobody', 'secret-of-primary')).toBe('refused')
    expect(await attempt(rig, 'plant-server', '')).toBe('refused')
    expect(await attempt(rig, 'primary', SECRETS.get('primary')!)).toBe('in')
  })
  it('an agent may not speak as another, nor publish commands', async () => {
    const rig = await start()
    for (const topic of [
      'spBv1.0/g/DDATA/packing/plc',
      'millwright/g/command/packing',
      'millwright/g/confirm/primary',
    ]) {
      const agent = await connect(rig)
      void agent.raw(topic, 'x').catch(() => undefined)
      await until(() => !agent.client.connected, `cut off after ${topic}`)
    }
  })
})
