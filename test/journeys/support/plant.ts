/** `npm start`'s own launcher as a test starts it: a whole plant in a folder of its own, real processes, real protocols. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from './wait.ts'

export const root = join(import.meta.dirname, '..', '..', '..')
export const PASSWORD = 'journey-password-1'
/** Real photographs beside the project; journeys that need them are skipped visibly where they are not. */
export const phoneScreens = join(root, '..', 'shared', 'data', 'phone-screens')
export const hasPhoneScreens = existsSync(phoneScreens)

export interface RunningPlant {
  readonly url: string
  readonly data: string
  readonly ports: { readonly http: number; readonly mqtt: number; readonly opcua: number; readonly modbus: number }
  /** What the launcher printed. */
  printed(): string
  /** Ids of the parts' processes by name: server, agent-primary, … */
  pid(name: string): number
  /** Ends one part as a power cut would; the launcher starts it again. */
  kill(name: string): void
  /** A command line of the suite against this plant; resolves with status and output. */
  command(
    program: 'mw-plant' | 'mw-edge' | 'mw-plc',
    ...args: string[]
  ): Promise<{ status: number; out: string; err: string }>
  /** Ctrl-C; resolves with the launcher's exit status and the seconds it took. */
  stop(): Promise<{ status: number | null; seconds: number }>
}

export async function startPlant(
  options: { captures?: string; log?: boolean; data?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<RunningPlant> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'mw-journey-'))
  const args = [join(root, 'fixtures', 'launch', 'start.mjs'), '--data', data, '--port', String(await freePort())]
  if (options.captures !== undefined) args.push('--captures', options.captures)
  if (options.log) args.push('--log', join(data, 'truth'))
  let text = ''
  const launcher = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...options.env, MILLWRIGHT_DEMO_PASSWORD: PASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  for (const stream of [launcher.stdout, launcher.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      text += part
    })
  }
  await waitFor('the plant to be up', 170_000, () => {
    if (launcher.exitCode !== null) throw new Error(`npm start ended with ${launcher.exitCode}:\n${text}`)
    return text.includes('Ctrl-C stops everything')
  })
  const ports = JSON.parse(readFileSync(join(data, 'ports.json'), 'utf8')) as RunningPlant['ports']
  const pid = (name: string) => {
    const { children } = JSON.parse(readFileSync(join(data, 'launcher.json'), 'utf8')) as {
      children: { pid: number; name?: string }[]
    }
    const found = children.find(child => child.name === name)
    if (found === undefined) throw new Error(`no part ${name}`)
    return found.pid
  }
  return {
    url: `http://127.0.0.1:${ports.http}`,
    data,
    ports,
    printed: () => text,
    pid,
    kill: name => process.kill(pid(name), 'SIGKILL'),
    command: (program, ...rest) => runCommand(program, program === 'mw-plant' ? [...rest, '--data', data] : rest),
    stop: () => stopLauncher(launcher, options.data === undefined ? data : undefined),
  }
}

async function stopLauncher(launcher: ChildProcess, remove: string | undefined) {
  const begin = performance.now()
  const ended = new Promise<number | null>(done => launcher.once('exit', code => done(code)))
  if (launcher.exitCode === null) process.kill(-launcher.pid!, 'SIGINT')
  const status = launcher.exitCode ?? (await ended)
  if (remove !== undefined) rmSync(remove, { recursive: true, force: true })
  return { status, seconds: (performance.now() - begin) / 1000 }
}

const ROOM = { 'mw-plant': 'plant-server', 'mw-edge': 'edge-agent', 'mw-plc': 'plc-codegen' } as const

/** Runs a command line through the door that `npx` uses. */
export function runCommand(
  program: keyof typeof ROOM,
  args: readonly string[],
): Promise<{ status: number; out: string; err: string }> {
  const door = join(root, ROOM[program], 'bin', `${program}.mjs`)
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [door, ...args],
      { cwd: root, maxBuffer: 64 * 2 ** 20, timeout: 120_000 },
      (error, out, err) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 3
        resolve({ status, out, err })
      },
    )
  })
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
