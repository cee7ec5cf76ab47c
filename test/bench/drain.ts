/** How fast an outbox empties after an outage, while live values go first. */
import { fork, spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '@millwright/contract'
import { openStore } from '@millwright/edge-agent'
import { root } from '../journeys/support/plant.ts'
import { writeAgentFile } from '../nothing-lost/configs.ts'
import { AGENT, fullTag } from '../nothing-lost/names.ts'
import { freePorts } from '../nothing-lost/ports.ts'
import { mean, spreadOf } from './figures.ts'
import { type Bench, type BenchOptions, failure } from './row.ts'
import { endProcess } from './support/command.ts'
import { temporaryFolder } from './support/folder.ts'
import { startServer } from './support/server.ts'

/** Live values beside the drain: so many tags ten times a second. */
const LIVE_TAGS = 100
const OLD_TAGS = 500
const VALUES_IN_ITEM = 1000
const EVERY_MS = 250
const MOST_MS = 180_000

export const drain: Bench = {
  name: 'drain',
  unit: 'values/s',
  async run(options) {
    const waiting = options.quick ? 400_000 : 3_000_000
    const edge = temporaryFolder('edge', options)
    const from = Date.now() - 3_600_000
    await fillOutbox(join(edge, 'data'), waiting, from)
    options.say(`  ${waiting} values wait in the outbox`)
    const data = temporaryFolder('server', options)
    const server = await startServer(AGENT, options, data)
    const { token } = JSON.parse(readFileSync(join(data, 'server', 'running.json'), 'utf8')) as { token: string }
    const stored = async () => {
      const reply = await fetch(`${server.url.replace(/\/$/, '')}/metrics`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const line = /^millwright_readings_stored_total (\S+)$/m.exec(await reply.text())
      return Number(line?.[1] ?? 0)
    }
    await startPlantAndAgent(edge, { ...server, secretFile: join(data, 'agent.secret') }, options)

    const samples: { t: number; count: number; age: number }[] = []
    const until = performance.now() + MOST_MS
    for (;;) {
      await pause(EVERY_MS)
      const now = Date.now()
      // The newest live value that is stored: how long ago it was taken.
      // Unknown until the agent's birth came.
      const history = await server.history(fullTag(0), now - 30_000, now).catch(() => undefined)
      const live = history?.points.findLast(([, value]) => value !== null)
      samples.push({
        t: performance.now(),
        count: await stored(),
        age: live === undefined ? Number.NaN : Date.now() - live[0],
      })
      const last = samples.at(-1)!
      // All that waited is there, and no more comes than is read now.
      const before = samples.at(-5)
      const perSecond =
        before === undefined ? Number.POSITIVE_INFINITY : ((last.count - before.count) * 1000) / (last.t - before.t)
      if (last.count >= waiting && perSecond < 3 * LIVE_TAGS * 10) break
      if (performance.now() > until)
        throw failure(`of ${waiting} values ${last.count} were stored in ${MOST_MS / 1000} s`)
    }
    // From the first value that came to the one with which all that waited was there.
    const end = samples.findIndex(({ count }) => count >= waiting)
    const busy = samples.slice(0, end + 1).filter(({ count }) => count > 0)
    if (busy.length < 3) throw failure('it was over before it could be measured: more must wait')
    const seconds = (busy.at(-1)!.t - busy[0]!.t) / 1000
    const rates = busy
      .slice(1)
      .map((each, index) => ((each.count - busy[index]!.count) * 1000) / (each.t - busy[index]!.t))
    const ages = busy.map(({ age }) => age).filter(age => !Number.isNaN(age))
    return {
      name: 'drain',
      unit: 'values/s',
      values: {
        drained: (busy.at(-1)!.count - busy[0]!.count) / seconds,
        waiting_count: waiting,
        live_age_mean_ms: mean(ages),
        live_age_worst_ms: Math.max(...ages),
      },
      n: rates.length,
      spread: spreadOf(rates),
      how: `an agent's outbox of ${waiting} values in items of ${VALUES_IN_ITEM} on disk, sent through the embedded broker to a plant server's process and confirmed as stored by it, while the agent reads ${LIVE_TAGS} OPC UA items ten times a second; by the server's counter from its first to its last value; live_age: how old the newest stored live value was, seen four times a second`,
    }
  },
}

async function fillOutbox(folder: string, count: number, from: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const store = openStore({
    folder,
    clock: systemClock,
    maxBytes: 2 ** 33,
    maxAgeMs: 1e12,
    commitMs: 100,
    onFault: error => {
      throw error
    },
  })
  for (let at = 0; at < count; at += VALUES_IN_ITEM) {
    const body = Array.from({ length: VALUES_IN_ITEM }, (_, index) => ({
      tag: `${AGENT}/old/${String((at + index) % OLD_TAGS).padStart(4, '0')}`,
      t: from + Math.floor((at + index) / OLD_TAGS),
      value: (at + index) / 7,
      quality: 'good' as const,
    }))
    void store.outbox.append({ kind: 'readings', device: 'plc', body })
    if (at % (50 * VALUES_IN_ITEM) === 0) await store.outbox.flush()
  }
  await store.close()
}

async function startPlantAndAgent(
  edge: string,
  server: { url: string; mqtt: string; secretFile: string },
  options: BenchOptions,
) {
  const [opcua] = await freePorts(1)
  const captures = join(edge, 'captures')
  mkdirSync(captures, { recursive: true })
  const plantFolder = temporaryFolder('plant', options)
  const plant = fork(
    join(root, 'test', 'nothing-lost', 'plant', 'main.ts'),
    [String(opcua), String(LIVE_TAGS), plantFolder, temporaryFolder('unseen', options)],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  options.defer(() => endProcess(plant))
  await new Promise(done => plant.once('message', done))
  writeAgentFile({
    path: join(edge, 'agent.yaml'),
    data: join(edge, 'data'),
    captures,
    opcuaPort: opcua!,
    mqttPort: Number(new URL(server.mqtt).port),
    httpPort: Number(new URL(server.url).port),
    secretFile: server.secretFile,
    tags: LIVE_TAGS,
  })
  const agent = spawn(process.execPath, [join(root, 'edge-agent', 'src', 'main.ts'), 'run', join(edge, 'agent.yaml')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, MILLWRIGHT_LOG: 'warn' },
  })
  options.defer(() => endProcess(agent))
}
