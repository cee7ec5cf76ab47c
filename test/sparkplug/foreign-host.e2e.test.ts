/** An edge agent towards another vendor's host: it says at its start whose word counts, and waits for nobody else's. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { waitFor } from '../journeys/support/wait.ts'
import { freePort, startAedes, type TestBroker } from './support/brokers.ts'
import { type Device, startDevice } from './support/device.ts'
import { connectPeer, type Peer } from './support/peer.ts'
import { newFolder, type Running, removeFolder, startEdge } from './support/processes.ts'

const folder = newFolder('foreign')
let broker: TestBroker
let host: Peer
let device: Device
let edge: Running

beforeAll(async () => {
  broker = await startAedes()
  host = await connectPeer({ port: broker.port })
  device = await startDevice(await freePort())
  edge = await startEdge(
    {
      agent: 'node-1',
      group: 'g',
      server: {
        mqtt: `mqtt://127.0.0.1:${broker.port}`,
        http: 'http://127.0.0.1:9',
        hostId: 'none',
        confirm: 'broker',
      },
      sources: [{ id: 'cell', kind: 'modbus', host: '127.0.0.1', port: device.port, pollMs: 50 }],
    },
    folder,
  )
}, 60_000)
afterAll(async () => {
  await edge?.stop()
  await device?.stop()
  await host?.close()
  await broker?.stop()
  removeFolder(folder)
})

it('says at its start that the broker\u2019s word counts, in both languages', () => {
  expect(edge.said()).toContain('broker_confirms')
  expect(edge.said()).toContain('The broker confirms delivery')
  expect(edge.said()).toContain('确认交付')
})
it('is born without a host to wait for, and its data goes at QoS 1', async () => {
  const data = () => host.heard.filter(each => each.topic.includes('/DDATA/'))
  await waitFor('data', 30_000, () => data().length > 2, 50)
  expect(new Set(data().map(each => each.qos))).toEqual(new Set([1]))
  expect(host.heard.some(each => each.topic === 'spBv1.0/g/NBIRTH/node-1')).toBe(true)
})
