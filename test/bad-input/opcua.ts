/**
 * Bad replies of an OPC UA server at the agent's source, through a relay in front of a real node-opcua server: wild values, bytes
 * turned, cut, moved and lengthened, from the first word of a connection on. The source must live, say that it is offline where
 * it is, and bring the server's values again each time the bytes are whole.
 */
import { type Clock, systemClock } from '@millwright/contract'
import { createOpcuaSource, createPipeline, createTagTable } from '@millwright/edge-agent'
import { waitFor } from '../journeys/support/wait.ts'
import { type CountingServer, countingServer, freePort, temporaryFolder } from '../recovery/opcua/rig.ts'
import { COUNT_URI } from '../recovery/opcua/settings.ts'
import { randomOf } from './support/mutate.ts'
import { badRelay } from './support/relay.ts'
import type { Outcome } from './support/result.ts'

const NODES = 20
/** Bad replies between two looks whether whole bytes are whole values again. */
const BURST = 500
const MOST_RECOVERY_MS = 30_000
/** Sources at once: each waits most of the time for its next connection. */
const LANES = 6
const MOST_FAULTS = 50
/** The source's waits pass so much faster: what it does is looked at, not its patience. */
const HASTE = 2

/** From the present on: times of the server that lie far ahead must still be seen as such. */
const BEGUN = systemClock.now()
const hasty: Clock = {
  now: () => BEGUN + (systemClock.now() - BEGUN) * HASTE,
  sleep: (ms, signal) => systemClock.sleep(ms / HASTE, signal),
  every: (ms, tick) => systemClock.every(ms / HASTE, tick),
}

interface Lane {
  readonly bad: number
  readonly broken: number
}
interface Tally {
  readonly faults: string[]
  readonly offline: Record<string, number>
  samples: number
  alarms: number
  slowestMs: number
}

export async function fuzzOpcua(count: number, seed: number, say: (text: string) => void): Promise<Outcome> {
  const undo: (() => unknown)[] = []
  const tally: Tally = { faults: [], offline: {}, samples: 0, alarms: 0, slowestMs: 0 }
  const { faults } = tally
  const broke = (error: unknown) =>
    void faults.push(error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 4).join(' |') : String(error))
  // The agent would end at either of these.
  process.on('uncaughtException', broke).on('unhandledRejection', broke)
  undo.push(() => process.off('uncaughtException', broke).off('unhandledRejection', broke))
  const lanes: Lane[] = []
  try {
    const behind = await freePort()
    const server = countingServer('node-opcua', behind, temporaryFolder(undo))
    await server.start({ nodes: NODES })
    undo.push(() => server.kill())
    const many = count < 10_000 ? 1 : LANES
    const share = Math.ceil(count / many)
    const all = Array.from({ length: many }, async (_, index) => {
      lanes.push(await lane({ server, behind, count: share, seed: seed + index, say, tally, broke, undo }))
    })
    for (const { status, reason } of (await Promise.allSettled(all)) as PromiseRejectedResult[])
      if (status === 'rejected') broke(reason)
  } finally {
    for (const each of undo.splice(0).reverse()) await each()
  }
  const sum = (of: (lane: Lane) => number) => lanes.reduce((total, each) => total + of(each), 0)
  return {
    sent: sum(({ bad }) => bad),
    broken: sum(({ broken }) => broken),
    accepted: tally.samples,
    alarms: tally.alarms,
    codes: tally.offline,
    faults: faults.slice(0, 20),
    faultCount: faults.length,
    slowestMs: tally.slowestMs,
  }
}

interface LaneDeps {
  readonly server: CountingServer
  readonly behind: number
  readonly count: number
  readonly seed: number
  readonly say: (text: string) => void
  readonly tally: Tally
  readonly broke: (error: unknown) => void
  readonly undo: (() => unknown)[]
}

/** One source behind one relay, until `count` bad replies have been sent. */
async function lane({ server, behind, count, seed, say, tally, broke, undo }: LaneDeps): Promise<Lane> {
  const random = randomOf(seed)
  const { faults, offline } = tally
  const port = await freePort()
  const relay = await badRelay(port, behind, random, NODES)
  undo.push(relay.close)
  const config = {
    id: 'plc',
    kind: 'opcua' as const,
    endpoint: `opc.tcp://127.0.0.1:${port}`,
    publishingMs: 100,
    samplingMs: 0,
    alarms: true,
  }
  const tags = Array.from({ length: NODES }, (_, index) => ({
    name: `count${index}`,
    source: 'plc',
    address: `nsu=${COUNT_URI};s=Count${index}`,
    type: 'float' as const,
    description: { zh: 'x', en: 'x' },
  }))
  let fresh = 0
  const pipeline = createPipeline({
    tags: createTagTable({ agent: 'a', group: 'g', data: '', server: { mqtt: '', http: '' }, sources: [config], tags }),
    clock: hasty,
    batcher: {
      add(_, { value, quality }) {
        if (quality === 'good' && typeof value === 'number' && server.counts.has(value)) fresh = Math.max(fresh, value)
        if (quality === undefined || (value !== null && typeof value === 'object')) faults.push('a value without form')
      },
      flush: async () => {},
      stop: async () => {},
    },
    onFault: (_, error) => broke(error),
  })
  const source = createOpcuaSource({
    config,
    tags,
    pki: temporaryFolder(undo),
    applicationName: 'fuzz',
    readPassword: () => '',
    clock: hasty,
    random,
  })
  undo.push(() => source.stop())
  source.start({
    samples(some) {
      tally.samples += some.length
      pipeline.samples('plc', some)
    },
    state(state) {
      if (state.kind !== 'offline') return
      if (state.detail === '') faults.push('offline without a reason')
      const word = /Bad[A-Z]\w+|silent|timed out|closed|lost|anew|ServiceResult/.exec(state.detail)?.[0] ?? 'other'
      offline[word] = (offline[word] ?? 0) + 1
    },
    fault: () => {},
    alarm: () => {
      tally.alarms += 1
    },
    standing: () => {},
  })
  const recovers = async () => {
    const [began, from] = [systemClock.now(), Math.max(...server.counts.keys())]
    await waitFor('the server to be heard again', MOST_RECOVERY_MS, () => fresh > from, 20)
    tally.slowestMs = Math.max(tally.slowestMs, systemClock.now() - began)
  }
  await recovers()
  while (relay.bad() < count && faults.length < MOST_FAULTS) {
    const until = Math.min(count, relay.bad() + BURST)
    relay.setBad(true)
    await waitFor('bad replies', 300_000, () => relay.bad() >= until || faults.length >= MOST_FAULTS, 20)
    relay.setBad(false)
    await recovers()
    say(`  ${seed}: ${relay.bad()} bad replies, ${relay.broken()} of them undecodable; ${tally.samples} samples`)
  }
  return { bad: relay.bad(), broken: relay.broken() }
}
