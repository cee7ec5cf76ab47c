import { afterEach, describe, expect, it } from 'vitest'
import { connectScriptedAgent, until } from '../ingest/scripted-agent.suite.ts'
import { type PlantRig, SECRETS, startPlantRig, tagDefinition } from '../testing/plant-rig.ts'
import { type Broker, startEmbeddedBroker } from './embedded-broker.ts'

const TAG = 'primary/dryer/outlet_moisture'
const ended: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

const startBroker = (port: number): Promise<Broker> =>
  startEmbeddedBroker({
    host: '127.0.0.1',
    port,
    group: 'g',
    server: { user: 'server', password: 'password of server' },
    isAgent: (agent, secret) => SECRETS.get(agent) === secret.toString(),
    onRefused: () => undefined,
  })
const connect = (rig: PlantRig) =>
  connectScriptedAgent({ url: rig.plant.mqttUrl, agent: 'primary', secret: SECRETS.get('primary')!, group: 'g' })

describe('an outside broker', () => {
  it('that stops and starts again: values go stale, then everything goes on', async () => {
    const first = await startBroker(0)
    const rig = await startPlantRig(
      {},
      { broker: { kind: 'outside', url: first.url, user: 'server', password: 'password of server' } },
    )
    ended.push(() => rig.end())
    const agent = await connect(rig)
    await agent.birth('plc', [tagDefinition(TAG)])
    await agent.data('plc', [{ tag: TAG, t: 1000, value: 1, quality: 'good' }], 1)
    await until(() => agent.isConfirmed(1))
    await first.close()
    await until(() => rig.plant.parts.live.get(TAG)?.stale === true, 'stale')
    expect(rig.plant.parts.agents.isOnline('primary')).toBe(false)

    const second = await startBroker(first.port)
    ended.push(() => second.close())
    const back = await connect(rig)
    const online = () => back.heard.filter(({ topic }) => topic === 'spBv1.0/STATE/millwright')
    await until(() => online().length > 0, 'host state')
    expect(JSON.parse(online().at(-1)!.payload.toString())).toMatchObject({ online: true })
    await back.birth('plc', [tagDefinition(TAG)])
    await back.data('plc', [{ tag: TAG, t: 2000, value: 2, quality: 'good' }], 2)
    await until(() => back.isConfirmed(2))
    expect(rig.plant.parts.live.get(TAG)).toMatchObject({ value: 2, stale: false })
    await back.close()
  })

  it('a port that is taken is a coded refusal', async () => {
    const first = await startBroker(0)
    ended.push(() => first.close())
    await expect(startBroker(first.port)).rejects.toThrow('MW-2014')
  })
})
