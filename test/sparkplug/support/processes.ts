/** Edge agents and plant servers as people start them, each in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Route, RouteName } from '@millwright/contract'
import { routes } from '@millwright/contract'
import { root } from '../../journeys/support/plant.ts'
import { waitFor } from '../../journeys/support/wait.ts'

export interface Running {
  readonly folder: string
  /** What it said on stdout and stderr. */
  said(): string
  /** Ends it in order; its status. */
  stop(): Promise<number | null>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
  readonly pid: number
}

const ROOM = { 'mw-plant': 'plant-server', 'mw-edge': 'edge-agent' } as const

async function start(
  program: keyof typeof ROOM,
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [join(root, ROOM[program], 'src', 'main.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MILLWRIGHT_LOG: 'info', ...env },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(-200_000)
    })
  const gone = new Promise<number | null>(resolve => child.once('exit', status => resolve(status)))
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const status = await gone
    return status
  }
  await waitFor(`${program} to be ready`, 60_000, () => {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${text}`)
    return text.includes('"ready":true')
  })
  return {
    folder,
    said: () => text,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    pid: child.pid ?? 0,
  }
}

export const newFolder = (name: string) => mkdtempSync(join(tmpdir(), `mw-${name}-`))
export const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true })

/** JSON is YAML too. */
export function startEdge(config: object, folder: string): Promise<Running> {
  const file = join(folder, 'edge.yaml')
  writeFileSync(file, JSON.stringify({ data: join(folder, 'edge'), ...config }))
  return start('mw-edge', folder, ['run', file])
}

export interface RunningServer extends Running {
  readonly url: string
  readonly mqtt: string
  readonly token: string
  call(name: RouteName, input?: { params?: object; query?: object; body?: object }): Promise<unknown>
}

export async function startServer(config: object, folder: string): Promise<RunningServer> {
  const file = join(folder, 'server.yaml')
  writeFileSync(
    file,
    JSON.stringify({ data: join(folder, 'plant'), http: { host: '127.0.0.1', port: 0 }, demo: false, ...config }),
  )
  const running = await start('mw-plant', folder, ['run', '--config', file])
  const line =
    running
      .said()
      .split('\n')
      .find(each => each.includes('"ready":true')) ?? '{}'
  const { url, mqtt } = JSON.parse(line) as { url: string; mqtt: string }
  const { token } = JSON.parse(readFileSync(join(folder, 'plant', 'server', 'running.json'), 'utf8')) as {
    token: string
  }
  return {
    ...running,
    url,
    mqtt,
    token,
    async call(name, { params = {}, query = {}, body } = {}) {
      const row: Route = routes[name]
      const path = row.path.replaceAll(/:(\w+)/g, (_all, key: string) =>
        encodeURIComponent(String((params as Record<string, unknown>)[key])),
      )
      const search = new URLSearchParams(
        Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
      )
      const reply = await fetch(`${url.replace(/\/$/, '')}${path}?${search}`, {
        method: row.method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const answer: unknown = await reply.json()
      if (!reply.ok) throw new Error(`${name}: ${reply.status} ${JSON.stringify(answer)}`)
      return answer
    },
  }
}
