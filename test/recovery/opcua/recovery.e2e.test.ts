/**
 * OPC UA: real servers of two stacks are killed and started again, cables unplugged, sessions dropped. Every count is said by
 * the server, so that lost and doubled values are counted, not guessed. MILLWRIGHT_UNPLUG_S: how long a cable is out (5; 60
 * for the figures of record, see RESULTS.md).
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { knownCertificates, setTrust } from '@millwright/edge-agent'
import { afterEach, describe, expect, it } from 'vitest'
import { waitFor } from '../../journeys/support/wait.ts'
import { type Cable, tcpCable } from './cable.ts'
import {
  type CountingServer,
  countingServer,
  freePort,
  type Heard,
  listenTo,
  NODES,
  python,
  type Stack,
  tally,
  temporaryFolder,
} from './rig.ts'

const inCi = process.env.CI !== undefined
const hasPeers = inCi || existsSync(python)
if (!hasPeers) process.stderr.write('asyncua is skipped: MILLWRIGHT_PEERS_PYTHON names no Python with it\n')
const UNPLUG_MS = Number(process.env.MILLWRIGHT_UNPLUG_S ?? 5) * 1000
const BACK_MS = 5000
const NONE = { lost: 0, doubled: 0, disordered: 0 }

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

interface Rig {
  readonly server: CountingServer
  readonly cable: Cable
  readonly heard: Heard
  readonly pki: string
}

async function rig(
  stack: Stack,
  settings: Parameters<CountingServer['start']>[0] = {},
  source: Parameters<typeof listenTo>[2] = {},
): Promise<Rig> {
  const folder = temporaryFolder(undo)
  const [near, far] = [await freePort(), await freePort()]
  const server = countingServer(stack, far, join(folder, 'server-pki'))
  undo.push(server.kill)
  await server.start(settings)
  const cable = await tcpCable(near, far)
  undo.push(cable.close)
  const pki = join(folder, 'pki')
  const heard = listenTo(near, pki, source)
  undo.push(() => heard.source.stop())
  return { server, cable, heard, pki }
}

const newest = ({ counts }: CountingServer) => Math.max(0, ...counts.keys())

/** Every node's newest value is that of the server, as near as the publishing interval allows. */
const flowing = ({ heard, server }: Rig, nodes = NODES) =>
  waitFor(
    'values of all nodes',
    20_000,
    () => (heardNewest(heard, nodes) > 0 && heardNewest(heard, nodes) > newest(server) - 10) || undefined,
    20,
  )

const heardNewest = (heard: Heard, nodes = NODES) =>
  Math.min(...Array.from({ length: nodes }, (_, index) => Number(heard.of(`count${index}`).at(-1)?.value ?? 0)))

const say = (what: string, figures: object) => process.stdout.write(`recovery ${what}: ${JSON.stringify(figures)}\n`)

/** Seconds from the endpoint's return until a value came. */
async function backAfter({ heard }: Rig, returned: number): Promise<number> {
  await waitFor('data after the return', 40_000, () => heard.lastAt() > returned || undefined, 10)
  return (heard.lastAt() - returned) / 1000
}

for (const stack of ['node-opcua', 'asyncua'] as const)
  describe.skipIf(stack === 'asyncua' && !hasPeers)(`a server of ${stack}`, () => {
    it('killed and started again: data is back within 5 s, nothing between lost or doubled', async () => {
      const all = await rig(stack)
      await flowing(all)
      const from = heardNewest(all.heard)
      await all.server.kill()
      const died = heardNewest(all.heard)
      await waitFor('offline', 10_000, () => all.heard.states.includes('offline'), 20)
      await all.server.start()
      const seconds = await backAfter(all, Date.now())
      await flowing(all)
      await pause(1000)
      const first = Number(all.heard.of('count0').find(({ value }) => Number(value) > died)?.value)
      const to = heardNewest(all.heard)
      // What a server held when it was killed died with it.
      const figures = {
        before: tally(all.heard, all.server, from, died),
        after: tally(all.heard, all.server, first, to),
      }
      say(`${stack} restart`, { seconds, ...figures })
      expect(seconds).toBeLessThan(BACK_MS / 1000)
      expect(figures).toEqual({ before: NONE, after: NONE })
    }, 60_000)

    for (const how of ['drop', 'stall'] as const)
      it(
        `unplugged three times (${how}): data is back within 5 s each time, nothing lost or doubled`,
        async () => {
          const all = await rig(stack)
          await flowing(all)
          const from = heardNewest(all.heard)
          const seconds: number[] = []
          for (let round = 0; round < 3; round += 1) {
            all.cable.unplug(how)
            await pause(UNPLUG_MS)
            all.cable.plug()
            seconds.push(await backAfter(all, Date.now()))
            await flowing(all)
          }
          await pause(500)
          const figures = tally(all.heard, all.server, from, heardNewest(all.heard))
          say(`${stack} ${UNPLUG_MS / 1000} s ${how}`, { seconds, ...figures })
          expect(Math.max(...seconds)).toBeLessThan(BACK_MS / 1000)
          expect(figures).toEqual(NONE)
          // What stood still is known again, after the mark of the gap.
          const still = () => all.heard.readings.filter(({ tag }) => tag === 'a/still').map(({ value }) => value)
          await waitFor('what stood still', 10_000, () => still().length > 2 || undefined, 20)
          expect(still().slice(0, 3)).toEqual([42, null, 42])
        },
        60_000 + 3 * UNPLUG_MS,
      )

    it('connections cut: the session goes on, nothing lost or doubled', async () => {
      const all = await rig(stack)
      await flowing(all)
      const from = heardNewest(all.heard)
      const cut = Date.now()
      all.cable.cut()
      await waitFor('offline', 5000, () => all.heard.states.includes('offline'), 10)
      const seconds = await backAfter(all, cut + 50)
      await flowing(all)
      await pause(500)
      const figures = tally(all.heard, all.server, from, heardNewest(all.heard))
      say(`${stack} cut`, { seconds, ...figures })
      expect(seconds).toBeLessThan(BACK_MS / 1000)
      expect(figures).toEqual(NONE)
    }, 60_000)

    it('a lost session at a server that refuses TransferSubscriptions: data is back within 5 s', async () => {
      const all = await rig(stack, { refuseTransfer: true })
      await flowing(all)
      await all.server.send('drop-sessions keep')
      const dropped = Date.now()
      await waitFor('offline', 10_000, () => all.heard.states.includes('offline'), 10)
      const seconds = await backAfter(all, dropped)
      await waitFor('online again', 10_000, () => all.heard.states.at(-1) === 'online' || undefined, 10)
      // What came in between was kept by nobody.
      const from = newest(all.server) + 1
      await pause(1500)
      await flowing(all)
      const figures = tally(all.heard, all.server, from, heardNewest(all.heard))
      say(`${stack} transfer refused`, { seconds, ...figures })
      expect(seconds).toBeLessThan(BACK_MS / 1000)
      expect(figures).toEqual(NONE)
    }, 60_000)

    it('a namespace index that moved, and a node that is gone: named, and the others flow within 5 s', async () => {
      const all = await rig(stack)
      await flowing(all)
      await all.server.kill()
      await all.server.start({ before: ['urn:one:more', 'urn:and:another'], missing: [NODES - 1] })
      const seconds = await backAfter(all, Date.now())
      await flowing(all, NODES - 1)
      say(`${stack} namespace moved, node gone`, { seconds, named: all.heard.faults })
      expect(seconds).toBeLessThan(BACK_MS / 1000)
      expect(all.heard.faults).toEqual([`count${NODES - 1}`])
    }, 60_000)
  })

describe('a server of node-opcua', () => {
  it('a lost session whose subscriptions are transferred: nothing lost or doubled', async () => {
    const all = await rig('node-opcua')
    await flowing(all)
    const from = heardNewest(all.heard)
    await all.server.send('drop-sessions keep')
    const dropped = Date.now()
    await waitFor('offline', 10_000, () => all.heard.states.includes('offline'), 10)
    const seconds = await backAfter(all, dropped)
    await flowing(all)
    await pause(500)
    const figures = tally(all.heard, all.server, from, heardNewest(all.heard))
    say('node-opcua transferred', { seconds, ...figures })
    expect(seconds).toBeLessThan(BACK_MS / 1000)
    expect(figures).toEqual(NONE)
  }, 60_000)

  it(
    'a secured server that was away for a while is found again within 5 s',
    async () => {
      const security = { policy: 'Aes256_Sha256_RsaPss', mode: 'SignAndEncrypt' } as const
      const all = await rig('node-opcua', {}, { security, trust: 'demo' })
      await flowing(all)
      await all.server.kill()
      await pause(UNPLUG_MS)
      await all.server.start()
      const seconds = await backAfter(all, Date.now())
      say('node-opcua secured restart', { seconds, away: UNPLUG_MS / 1000 })
      expect(seconds).toBeLessThan(BACK_MS / 1000)
    },
    60_000 + UNPLUG_MS,
  )

  it('a renewed certificate is refused until a person approves it, then data is back within 5 s', async () => {
    const folder = temporaryFolder(undo)
    const security = { policy: 'Aes256_Sha256_RsaPss', mode: 'SignAndEncrypt' } as const
    const all = await rig('node-opcua', {}, { security, trust: 'list' })
    const approve = async () => {
      const rejected = await waitFor('a rejected certificate', 20_000, () =>
        knownCertificates(all.pki).find(({ trust }) => trust === 'rejected'),
      )
      setTrust(all.pki, rejected, 'trusted')
      return backAfter(all, Date.now())
    }
    const first = await approve()
    await flowing(all)
    await all.server.kill()
    await all.server.start({ pki: join(folder, 'renewed-pki') })
    const renewed = await approve()
    await flowing(all)
    say('node-opcua certificate renewed', { first, renewed })
    expect(Math.max(first, renewed)).toBeLessThan(BACK_MS / 1000)
    expect(all.heard.details.some(detail => detail.includes('MW-1012'))).toBe(true)
  }, 90_000)

  it('alarms: what was raised and what returned while the link was down is known after the refresh', async () => {
    const all = await rig('node-opcua', {}, { alarms: true })
    await flowing(all)
    await all.server.send('alarm raise')
    await waitFor('the alarm', 5000, () => all.heard.alarms.at(-1)?.active === true || undefined, 20)
    all.cable.unplug('drop')
    await waitFor('offline', 10_000, () => all.heard.states.includes('offline'), 20)
    await all.server.send('alarm return')
    const refreshed = all.heard.completed.length
    all.cable.plug()
    await waitFor('a refresh', 10_000, () => all.heard.completed.length > refreshed || undefined, 20)
    expect(all.heard.alarms.at(-1)).toMatchObject({ condition: 'Line.DoorOpen', active: false, acknowledged: false })
    expect([...all.heard.completed.at(-1)!]).toEqual(['Line.DoorOpen'])
  }, 60_000)
})
