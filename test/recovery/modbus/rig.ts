/** Slaves that number their answers, started, killed and cut off; and a source that listens to one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '@millwright/contract'
import {
  createModbusLines,
  createModbusSource,
  type ModbusLines,
  type Sample,
  type Source,
} from '@millwright/edge-agent'
import { waitFor } from '../../journeys/support/wait.ts'

export const python = process.env.MILLWRIGHT_PEERS_PYTHON ?? ''
export const hasSocat = ['/usr/bin/socat', '/usr/local/bin/socat'].some(path => existsSync(path))

export interface Process {
  readonly child: ChildProcess
  /** Ends it as power does. */
  kill(): Promise<void>
  send(line: string): Promise<void>
}

export interface Counting {
  /** Counts that the slave has given, by unit. */
  readonly served: Map<number, number[]>
  start(): Promise<Process>
}

/** A slave whose counts go on over restarts. */
export function countingSlave(command: string, args: (firstCount: number) => string[]): Counting {
  const served = new Map<number, number[]>()
  return {
    served,
    async start() {
      const last = Math.max(0, ...[...served.values()].map(counts => counts.at(-1) ?? 0))
      const child = spawn(command, args(last), { stdio: ['pipe', 'pipe', 'ignore'] })
      const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
      let done = 0
      await new Promise<void>((resolve, reject) => {
        child.once('exit', code => reject(new Error(`${command} ended with ${code}`)))
        createInterface({ input: child.stdout }).on('line', line => {
          const said = JSON.parse(line) as { ready?: boolean; unit?: number; served?: number; done?: string }
          if (said.ready === true) resolve()
          if (said.done !== undefined) done += 1
          if (said.unit !== undefined && said.served !== undefined)
            served.set(said.unit, [...(served.get(said.unit) ?? []), said.served])
        })
      })
      return {
        child,
        async kill() {
          child.kill('SIGKILL')
          await gone
        },
        async send(line) {
          const before = done
          child.stdin.write(`${line}\n`)
          await waitFor(`the slave to do: ${line}`, 5000, () => done > before, 20)
        },
      }
    },
  }
}

export const pymodbus = (where: string, framer: 'socket' | 'rtu', units = '1'): Counting =>
  countingSlave(python, first => [join(import.meta.dirname, 'counting_slave.py'), where, framer, units, String(first)])

export const npmSlave = (where: string): Counting =>
  countingSlave(process.execPath, first => [join(import.meta.dirname, 'npm-slave.ts'), where, String(first)])

export interface Cable {
  /** Nothing passes any more, and nobody is told. */
  unplug(): Promise<void>
  plug(): Promise<void>
  close(): Promise<void>
}

/** A TCP cable between `from` and `to` that can be unplugged: bytes are lost, connections stay half open. */
export async function tcpCable(from: number, to: number): Promise<Cable> {
  const sockets = new Set<Socket>()
  let plugged = true
  const server: Server = createServer(near => {
    sockets.add(near)
    near.on('error', () => {})
    if (!plugged) return
    const far = connect(to, '127.0.0.1')
    sockets.add(far)
    far.on('error', () => near.destroy())
    near.on('data', bytes => plugged && far.write(bytes))
    far.on('data', bytes => plugged && near.write(bytes))
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>(resolve => server.listen(from, '127.0.0.1', resolve))
  return {
    async unplug() {
      plugged = false
    },
    async plug() {
      plugged = true
    },
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** A serial line (socat): two ptys, joined. Unplugged, both ports are gone. */
export async function serialCable(path: string, to: string): Promise<Cable> {
  let child: ChildProcess | undefined
  const pty = (link: string) => `PTY,link=${link},raw,echo=0`
  const plug = async () => {
    child = spawn('socat', [pty(path), pty(to)], { stdio: 'ignore' })
    await waitFor(path, 5000, () => existsSync(path) && existsSync(to), 20)
  }
  const unplug = async () => {
    const gone =
      child === undefined || child.exitCode !== null ? undefined : new Promise(done => child?.once('exit', done))
    child?.kill('SIGTERM')
    await gone
  }
  await plug()
  return { plug, unplug, close: unplug }
}

export interface Heard {
  readonly source: Source
  /** Counts received, in order. */
  readonly counts: number[]
  readonly states: string[]
  readonly samples: Sample[]
  readonly faults: string[]
  /** When the last count came, ms. */
  last(): number
}

export type ModbusSettings = Parameters<ModbusLines['of']>[0]

export const newLines = () => createModbusLines({ clock: systemClock, random: Math.random })

/** A source that reads the count, and more addresses where named. */
export function listenTo(
  settings: Partial<ModbusSettings>,
  lines: ModbusLines = newLines(),
  addresses: Readonly<Record<string, string>> = {},
): Heard {
  const config = { id: 'slave', kind: 'modbus', unit: 1, pollMs: 100, timeoutMs: 500, ...settings } as ModbusSettings
  const tags = Object.entries({ count: 'holding:0:uint32', ...addresses }).map(([name, address]) => ({
    name,
    source: 'slave',
    address,
    type: 'float' as const,
    description: { zh: name, en: name },
  }))
  const counts: number[] = []
  const states: string[] = []
  const samples: Sample[] = []
  const faults: string[] = []
  let last = 0
  const deps = { clock: systemClock, random: Math.random }
  const source = createModbusSource({ ...deps, config, tags, line: lines.of(config) })
  source.start({
    samples(some) {
      samples.push(...some)
      for (const { name, value } of some)
        if (name === 'count' && typeof value === 'number') {
          counts.push(value)
          last = Date.now()
        }
    },
    state: ({ kind }) => void states.push(kind),
    fault: name => void faults.push(name),
    alarm: () => {},
    standing: () => {},
  })
  return { source, counts, states, samples, faults, last: () => last }
}

export interface Tally {
  readonly lost: readonly number[]
  readonly doubled: number
}

/** What the slave gave and the source did not hand on, and what it handed on twice. */
export function tally(served: readonly number[], counts: readonly number[]): Tally {
  const got = new Set(counts)
  return { lost: served.filter(count => !got.has(count)), doubled: counts.length - got.size }
}
