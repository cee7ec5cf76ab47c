/**
 * The whole experiment: a plant that is never killed, and an agent, a server and a broker that are, over a network that
 * fails and disks that fill and forget; then silence, and the comparison.
 *
 *   plant (OPC UA, camera) ─▶ agent ─relay─▶ broker ─relay─▶ server ─▶ history, inspections, images
 *     └ truth logs ─────────────────────── compared with ──────────────┘
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'
import { type Relay, startRelay } from '../resilience/relay.ts'
import { compareAll, type Verdict } from './compare-all.ts'
import { mosquittoFile, writeAgentFile, writeServerFile } from './configs.ts'
import { type FaultCounts, sowFaults } from './faults.ts'
import { fullTag } from './names.ts'
import { createPart, type Part } from './part.ts'
import { freePorts } from './ports.ts'
import { buildShim } from './shim/build.ts'
import type { Lost } from './shim/power-cut.ts'
import { type Stored, storedAt } from './stored.ts'

export interface RunOptions {
  /** Folder for everything; on a disk, not in memory. */
  readonly folder: string
  readonly broker: 'embedded' | 'mosquitto'
  readonly kills: number
  /** How long a part that works is left in peace on average, ms. */
  readonly lifeMs: number
  /** Values that change ten times a second. */
  readonly tags: number
  readonly random: () => number
  readonly say: (text: string) => void
  /** The agent's syncs are swallowed: an outbox without fsync, which must be caught. */
  readonly agentLies?: boolean
  /** Breaks off: every process is ended. */
  readonly stop?: AbortSignal
}

export interface RunResult extends Verdict {
  readonly broker: RunOptions['broker']
  readonly seconds: number
  readonly kills: Readonly<Record<string, number>>
  readonly cuts: FaultCounts['cuts']
  readonly fullDisks: number
  /** What the power cuts took: writes that were never synced, pages of them, names. */
  readonly unsynced: Readonly<Record<string, Lost>>
  /** Until everything that waited was confirmed, s. */
  readonly drain_s: number
}

const DRAIN_MS = 240_000
/** The agent tells its counts every 5 s. */
const IDLE_MS = 12_000

export async function runExperiment(options: RunOptions): Promise<RunResult> {
  const undo: (() => unknown)[] = []
  const stopped = new Promise<never>((_, reject) =>
    options.stop?.addEventListener('abort', () => reject(new Error('broken off')), { once: true }),
  )
  try {
    return await Promise.race([experiment(options, undo), stopped])
  } finally {
    for (const end of undo.reverse()) await end()
  }
}

async function experiment(options: RunOptions, undo: (() => unknown)[]): Promise<RunResult> {
  const { folder, random, say } = options
  const begun = performance.now()
  const parts = await startAll(options, undo)
  const { stored, plant, captures } = parts
  const first = () => stored.history(fullTag(0)).catch(() => [])
  await waitFor('the first values to be stored', 240_000, async () => (await first()).length > 5, 1000)
  say(`${options.broker}: running`)
  const counts = await sowFaults({
    parts: parts.killed,
    relays: parts.relays,
    disks: parts.killed.filter(part => part.name !== 'broker'),
    kills: options.kills,
    lifeMs: options.lifeMs,
    random,
    say,
  })
  // Some time in peace, so that what stands now is stored as live data too.
  await waitFor('all to be up', 90_000, () => parts.killed.every(part => part.ready()))
  await tell(plant, 'stop', 'stopped')
  const seconds = (performance.now() - begun) / 1000
  say(`plant stopped after ${seconds.toFixed(0)} s; waiting for what is under way`)
  const from = performance.now()
  const idleSince = await waitFor('everything to be confirmed', DRAIN_MS, watchIdle(stored, captures), 1000)
  const drain_s = (idleSince - from) / 1000
  const verdict = await compareAll({ folder: join(folder, 'plant'), tags: options.tags, stored, say })
  return {
    broker: options.broker,
    seconds: Math.round(seconds),
    kills: Object.fromEntries(parts.killed.map(part => [part.name, part.kills])),
    cuts: counts.cuts,
    fullDisks: counts.fullDisks,
    unsynced: Object.fromEntries(
      parts.killed.filter(part => part.name !== 'broker').map(part => [part.name, part.lost]),
    ),
    drain_s: Math.round(drain_s * 10) / 10,
    ...verdict,
  }
}

/**
 * Nothing waits, neither in the camera's folder nor in the outbox (but for the agent's own values), and for longer than
 * the agent takes to tell its counts twice: what it told last may be older than the last capture. Answers since when.
 */
function watchIdle(stored: Stored, captures: string): () => Promise<number | undefined> {
  let since: number | undefined
  return async () => {
    const waiting = readdirSync(captures).filter(name => name.endsWith('.png')).length
    const agent = await stored.agent()
    const now = performance.now()
    since = waiting === 0 && agent?.online === true && agent.outboxPending <= 3 ? (since ?? now) : undefined
    return since !== undefined && now - since > IDLE_MS ? since : undefined
  }
}

interface Running {
  readonly killed: readonly Part[]
  readonly relays: readonly Relay[]
  readonly plant: ChildProcess
  readonly stored: Stored
  readonly captures: string
}

async function startAll(options: RunOptions, undo: (() => unknown)[]): Promise<Running> {
  const { folder, tags, random } = options
  const place = (...names: string[]) => join(folder, ...names)
  for (const name of ['plant', 'config', 'logs', 'edge/disk/captures', 'server/disk', 'broker'])
    mkdirSync(place(name), { recursive: true })
  const library = buildShim(place('config'))
  const [opcua, mqtt, http] = await freePorts(3)
  const relay = async (port: number) => {
    const one = await startRelay(() => port)
    undo.push(() => one.close())
    return one
  }
  const agentToBroker = await relay(mqtt!)
  const agentToServer = await relay(http!)
  const relays = [agentToBroker, agentToServer]
  const secretFile = place('config', 'secret')
  writeFileSync(secretFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  const captures = place('edge/disk/captures')
  writeAgentFile({
    path: place('config', 'agent.yaml'),
    data: place('edge/disk/data'),
    captures,
    opcuaPort: opcua!,
    mqttPort: agentToBroker.port,
    httpPort: agentToServer.port,
    secretFile,
    tags,
  })
  const outside = options.broker === 'mosquitto' ? await relay(mqtt!) : undefined
  if (outside) relays.push(outside)
  writeServerFile({
    path: place('config', 'server.yaml'),
    data: place('server/disk/data'),
    httpPort: http!,
    broker: outside
      ? { url: `mqtt://127.0.0.1:${outside.port}`, user: 'plant-server', passwordFile: secretFile }
      : { embedded: { port: mqtt! } },
    secretFile,
  })

  const plant = fork(
    join(import.meta.dirname, 'plant', 'main.ts'),
    [String(opcua), String(tags), place('plant'), captures],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  undo.push(() => plant.kill('SIGKILL'))
  await new Promise<void>((resolve, reject) => {
    plant.once('message', () => resolve())
    plant.once('exit', status => reject(new Error(`the plant ended with ${status}`)))
  })

  const node = (name: string, args: readonly string[], disk: string, lies = false) =>
    createPart({
      name,
      command: process.execPath,
      args,
      log: place('logs', `${name}.log`),
      disk: { root: place(disk, 'disk'), journal: place(disk, 'journal'), library, lies },
      random,
    })
  const server = node(
    'server',
    [join(root, 'plant-server', 'src', 'main.ts'), 'run', '--config', place('config', 'server.yaml')],
    'server',
  )
  const agent = node(
    'agent',
    [join(root, 'edge-agent', 'src', 'main.ts'), 'run', place('config', 'agent.yaml')],
    'edge',
    options.agentLies,
  )
  const killed: Part[] = [agent, server]
  if (outside) {
    writeFileSync(place('config', 'mosquitto.conf'), mosquittoFile(mqtt!, place('broker')))
    killed.push(
      createPart({
        name: 'broker',
        command: 'mosquitto',
        args: ['-c', place('config', 'mosquitto.conf')],
        log: place('logs', 'broker.log'),
        silent: true,
        random,
      }),
    )
  }
  for (const part of killed) {
    undo.push(() => part.stop())
    part.start()
  }
  return { killed, relays, plant, captures, stored: storedAt(`http://127.0.0.1:${http}`, place('server/disk/data')) }
}

async function tell(child: ChildProcess, message: string, answer: string): Promise<void> {
  const heard = new Promise<void>(done => child.on('message', said => said === answer && done()))
  child.send(message)
  await heard
}
