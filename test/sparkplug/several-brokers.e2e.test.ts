/** An edge agent with a list of brokers: it goes where its primary host is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitFor } from '../journeys/support/wait.ts'
import { BROKERS, type TestBroker } from './support/brokers.ts'
import { startDevice } from './support/device.ts'
import { connectPeer, type Peer } from './support/peer.ts'
import { newFolder, type Running, removeFolder, startEdge } from './support/processes.ts'
import { startWiretap, type Wiretap } from './support/wiretap.ts'

const STATE = 'spBv1.0/STATE/host-1'

describe.each(BROKERS)('two brokers: $name', ({ there, start }) => {
  describe.skipIf(!there)('', () => {
    const folder = newFolder('several')
    const brokers: TestBroker[] = []
    const taps: Wiretap[] = []
    const hosts: Peer[] = []
    let edge: Running
    let device: Awaited<ReturnType<typeof startDevice>>
    const say = (index: number, online: boolean, timestamp: number) =>
      hosts[index]!.say(STATE, JSON.stringify({ online, timestamp }), { qos: 1, retain: true })
    const until = (what: string, ask: () => boolean) => waitFor(what, 30_000, ask, 20)
    const births = (index: number) => hosts[index]!.of('spBv1.0/g/NBIRTH/node-1').length
    const open = (index: number) => {
      const commands = taps[index]!.packets.filter(each => each.from === 'client').map(each => each.packet.cmd)
      return commands.filter(cmd => cmd === 'connect').length
    }

    beforeAll(async () => {
      for (let index = 0; index < 2; index += 1) {
        const broker = await start()
        brokers.push(broker)
        taps.push(await startWiretap(broker.port))
        hosts.push(await connectPeer({ port: broker.port }))
      }
      await say(0, false, 100)
      await say(1, true, 100)
      const { freePort } = await import('./support/brokers.ts')
      device = await startDevice(await freePort())
      edge = await startEdge(
        {
          agent: 'node-1',
          group: 'g',
          server: {
            mqtt: taps.map(tap => `mqtt://127.0.0.1:${tap.port}`),
            http: 'http://127.0.0.1:9',
            hostId: 'host-1',
          },
          sources: [{ id: 'cell', kind: 'modbus', host: '127.0.0.1', port: device.port }],
        },
        folder,
      )
    }, 60_000)
    afterAll(async () => {
      await edge?.stop()
      await device?.stop()
      for (const each of [...hosts, ...taps]) await each.close()
      for (const broker of brokers) await broker.stop()
      removeFolder(folder)
    })

    it('tck-id-operational-behavior-primary-application-state-with-multiple-servers-walk: where the host is offline it does not stay, and is born where the host is online', async () => {
      await until('births at the second', () => births(1) > 0)
      expect(open(0)).toBeGreaterThan(0)
      expect(births(0)).toBe(0)
    })
    it('tck-id-operational-behavior-edge-node-termination-host-offline-reconnect: the host gone from here, it goes to the next broker', async () => {
      await say(0, true, 200)
      await say(1, false, 200)
      await until('births at the first', () => births(0) > 0)
      expect(hosts[1]!.of('spBv1.0/g/NDEATH/node-1').length).toBeGreaterThan(0)
    })
    it('a broker that is gone is left for the next', async () => {
      await say(1, true, 300)
      const before = births(1)
      await taps[0]!.close()
      await until('births at the second again', () => births(1) > before)
    })
  })
})
