/** A plant of many live tags as processes of their own: OPC UA server, edge agent, plant server. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../journeys/support/plant.ts'
import { SOURCE_URI, type SourceReady, type SourceTask, sourceNode } from '../latency-source.ts'
import { type BenchOptions, failure } from '../row.ts'
import { endProcess } from './command.ts'
import { temporaryFolder } from './folder.ts'
import { type RunningServer, startServer } from './server.ts'

export interface LivePlant {
  readonly server: RunningServer
  /** Data folder of the server. */
  readonly data: string
  /** What values count from, ms since 1970. */
  readonly base: number
  readonly stop: () => Promise<void>
}

const AGENT = 'bench'
/** The edge asks for what the source has this often. */
const PUBLISHING_MS = 50
/** The edge's outbox gathers and commits this often. */
const COMMIT_MS = 40

/** @param perSecond changes of all tags together */
export async function startLivePlant(tags: number, perSecond: number, options: BenchOptions): Promise<LivePlant> {
  const folder = temporaryFolder('live', options)
  const base = Date.now()
  const source = fork(join(import.meta.dirname, '..', 'latency-source.ts'), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  options.defer(() => endProcess(source))
  const task: SourceTask = { pki: join(folder, 'source-pki'), tags, perSecond, base }
  const { endpoint } = await new Promise<SourceReady>((resolve, reject) => {
    source.once('message', message => resolve(message as SourceReady))
    source.once('exit', status => reject(failure(`the OPC UA source ended with ${status}`)))
    source.send(task)
  })
  const data = join(folder, 'server')
  mkdirSync(data)
  const server = await startServer(AGENT, options, data)
  const agent = startAgent(folder, tags, endpoint, server)
  options.defer(() => endProcess(agent))
  await server.until(`${AGENT}/${sourceNode(tags - 1)}`, 120_000)
  return {
    server,
    data,
    base,
    async stop() {
      await endProcess(agent)
      await server.stop()
      await endProcess(source)
    },
  }
}

function startAgent(folder: string, tags: number, endpoint: string, server: RunningServer): ChildProcess {
  const secret = join(folder, 'agent.secret')
  writeFileSync(secret, server.secret, { mode: 0o600 })
  const config = {
    agent: AGENT,
    group: 'millwright',
    data: join(folder, 'agent'),
    server: { mqtt: server.mqtt, http: server.url.replace(/\/$/, ''), passwordFile: secret },
    sources: [
      // Every change is reported: no sampling.
      { id: 'source', kind: 'opcua', endpoint, trust: 'demo', publishingMs: PUBLISHING_MS, samplingMs: 0 },
    ],
    outbox: { commitMs: COMMIT_MS },
    tags: Array.from({ length: tags }, (_, index) => ({
      name: sourceNode(index),
      source: 'source',
      address: `nsu=${SOURCE_URI};s=${sourceNode(index)}`,
      type: 'float',
      unit: 'ms',
      description: { zh: `${index} 号值`, en: `Value ${index}` },
    })),
  }
  const file = join(folder, 'agent.yaml')
  writeFileSync(file, JSON.stringify(config))
  return spawn(process.execPath, [join(root, 'edge-agent', 'bin', 'mw-edge.mjs'), 'run', file], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, MILLWRIGHT_LOG: 'error' },
  })
}
