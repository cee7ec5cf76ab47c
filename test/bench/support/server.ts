/** The plant server alone, as a process of its own on a folder of its own, with its agents. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { History } from '@millwright/contract'
import { root } from '../../journeys/support/plant.ts'
import { waitFor } from '../../journeys/support/wait.ts'
import { type BenchOptions, failure } from '../row.ts'
import { endProcess } from './command.ts'
import { temporaryFolder } from './folder.ts'

export interface RunningServer {
  readonly url: string
  readonly mqtt: string
  /** Of every agent. */
  readonly secret: string
  readonly pid: number
  /** The historian's file. */
  readonly file: string
  /** Ends the process; the file is its own then. */
  stop(): Promise<void>
  /** Every stored value of a tag, from..to in ms, or at most `points`. */
  history(tag: string, from: number, to: number, points?: number): Promise<History>
  /** Resolves when the server knows the tag. */
  until(tag: string, limitMs?: number): Promise<void>
}

/** @param data a data folder that is filled already; a new one where absent */
export async function startServer(
  agents: string | readonly string[],
  options: BenchOptions,
  data = temporaryFolder('server', options),
): Promise<RunningServer> {
  const secret = randomBytes(24).toString('base64url')
  const [config, secretFile] = [join(data, 'server.yaml'), join(data, 'agent.secret')]
  writeFileSync(secretFile, secret, { mode: 0o600 })
  // JSON is YAML too.
  writeFileSync(
    config,
    JSON.stringify({
      data,
      http: { host: '127.0.0.1', port: 0 },
      broker: { embedded: { port: 0 } },
      agents: [agents].flat().map(id => ({ id, secretFile })),
      demo: false,
    }),
  )
  const child = spawn(process.execPath, [join(root, 'plant-server', 'src', 'main.ts'), 'run', '--config', config], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MILLWRIGHT_LOG: 'warn' },
  })
  options.defer(() => endProcess(child))
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    log = (log + part).slice(-4000)
  })
  const ready = await new Promise<{ url: string; mqtt: string }>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', line => resolve(JSON.parse(line)))
    child.once('exit', status => reject(failure(`the plant server ended with ${status}: ${log}`)))
  })
  const { token } = JSON.parse(readFileSync(join(data, 'server', 'running.json'), 'utf8')) as { token: string }
  const get = (path: string) =>
    fetch(`${ready.url.replace(/\/$/, '')}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return {
    ...ready,
    secret,
    pid: child.pid ?? 0,
    file: join(data, 'server', 'history.duckdb'),
    stop: () => endProcess(child),
    until: (tag, limitMs = 30_000) =>
      waitFor(`${tag} to be known`, limitMs, async () =>
        ((await (await get('/api/tags')).json()) as { tag: string }[]).some(each => each.tag === tag),
      ).then(() => undefined),
    async history(tag, from, to, points) {
      const query = new URLSearchParams({ tag, from: `${from}`, to: `${to}` })
      if (points !== undefined) query.set('points', `${points}`)
      const reply = await get(`/api/history?${query}`)
      if (!reply.ok) throw failure(`history of ${tag}: ${reply.status} ${await reply.text()}`)
      return (await reply.json()) as History
    },
  }
}
