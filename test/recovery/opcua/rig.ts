/** Servers that count, started, killed and cut off; and a source that listens to one, through the rules of the pipeline. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Reading, systemClock } from '@millwright/contract'
import {
  createOpcuaSource,
  createPipeline,
  createTagTable,
  type DeviceAlarm,
  type Source,
} from '@millwright/edge-agent'
import { waitFor } from '../../journeys/support/wait.ts'
import { COUNT_URI, type CountingSettings } from './settings.ts'

export const python = process.env.MILLWRIGHT_PEERS_PYTHON ?? ''
export const NODES = 20
export const TICK_MS = 100

export type Stack = 'node-opcua' | 'asyncua'

export interface CountingServer {
  /** Counts that it held, and when each was said, ms. */
  readonly counts: Map<number, number>
  /** Ends it as power does. */
  kill(): Promise<void>
  start(more?: Partial<CountingSettings>): Promise<void>
  send(line: string): Promise<void>
}

export function countingServer(stack: Stack, port: number, pki: string): CountingServer {
  const counts = new Map<number, number>()
  let child: ChildProcess | undefined
  let done = 0
  let settings: Partial<CountingSettings> = {}
  return {
    counts,
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise<void>(resolve => child?.once('exit', () => resolve()))
      child.kill('SIGKILL')
      await gone
    },
    async start(more = {}) {
      settings = { ...settings, ...more }
      const first = Math.max(0, ...counts.keys())
      const told = JSON.stringify({ port, pki, first, nodes: NODES, tickMs: TICK_MS, ...settings })
      const [command, script] =
        stack === 'asyncua' ? [python, 'counting_server.py'] : [process.execPath, 'node-server.ts']
      const started = spawn(command, [join(import.meta.dirname, script), told], { stdio: ['pipe', 'pipe', 'inherit'] })
      child = started
      await new Promise<void>((resolve, reject) => {
        started.once('exit', code => reject(new Error(`${command} ended with ${code}`)))
        createInterface({ input: started.stdout }).on('line', text => {
          // The library may speak on stdout too.
          if (!text.startsWith('{')) return
          const said = JSON.parse(text) as { ready?: boolean; count?: number; done?: string }
          if (said.ready === true) resolve()
          if (said.done !== undefined) done += 1
          if (said.count !== undefined) counts.set(said.count, Date.now())
        })
      })
    },
    async send(line) {
      const before = done
      child?.stdin?.write(`${line}\n`)
      await waitFor(`the server to do: ${line}`, 5000, () => done > before, 20)
    },
  }
}

export interface Heard {
  readonly source: Source
  readonly readings: Reading[]
  readonly states: string[]
  readonly details: string[]
  readonly faults: string[]
  readonly alarms: DeviceAlarm[]
  readonly completed: ReadonlySet<string>[]
  /** Values of one tag that left the rules, without the marks of gaps. */
  of(name: string): readonly Reading[]
  /** Time at which a value of each count last came; 0 for one that brought none. */
  lastAt(): number
}

type OpcuaSettings = Parameters<typeof createOpcuaSource>[0]['config']

export function listenTo(port: number, pki: string, more: Partial<OpcuaSettings> = {}): Heard {
  const names = [...Array.from({ length: NODES }, (_, index) => `count${index}`), 'still']
  const tags = names.map(name => ({
    name,
    source: 'plc',
    address: `nsu=${COUNT_URI};s=${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    type: 'float' as const,
    description: { zh: name, en: name },
  }))
  const config: OpcuaSettings = {
    id: 'plc',
    kind: 'opcua',
    endpoint: `opc.tcp://127.0.0.1:${port}`,
    publishingMs: 200,
    samplingMs: 0,
    queueSize: 2000,
    ...more,
  }
  const readings: Reading[] = []
  const values = new Map<string, Reading[]>()
  const heard = {
    states: [] as string[],
    details: [] as string[],
    faults: [] as string[],
    alarms: [] as DeviceAlarm[],
    completed: [] as ReadonlySet<string>[],
  }
  let last = 0
  const table = createTagTable({
    agent: 'a',
    group: 'g',
    data: '',
    server: { mqtt: '', http: '' },
    sources: [config],
    tags,
  })
  const pipeline = createPipeline({
    tags: table,
    clock: systemClock,
    batcher: {
      add(_, reading) {
        readings.push(reading)
        if (reading.value === null) return
        const known = values.get(reading.tag)
        if (known) known.push(reading)
        else values.set(reading.tag, [reading])
      },
      flush: async () => {},
      stop: async () => {},
    },
    onFault: (_, error) => {
      throw error
    },
  })
  const source = createOpcuaSource({
    config,
    tags,
    pki,
    applicationName: 'recovery',
    readPassword: () => '',
    clock: systemClock,
    random: Math.random,
  })
  source.start({
    samples(samples) {
      if (samples.some(({ value, quality }) => value !== null && quality === 'good')) last = Date.now()
      pipeline.samples('plc', samples)
    },
    state(state) {
      heard.states.push(state.kind)
      if (state.kind !== 'offline') return
      heard.details.push(state.detail)
      // As the agent does.
      pipeline.markGap(['plc'], state.since ?? Date.now())
    },
    fault: name => void heard.faults.push(name),
    alarm: alarm => void heard.alarms.push(alarm),
    standing: standing => void heard.completed.push(standing),
  })
  return {
    source,
    readings,
    ...heard,
    of: name => values.get(`a/${name}`) ?? [],
    lastAt: () => last,
  }
}

export interface Tally {
  readonly lost: number
  readonly doubled: number
  /** Readings whose time does not rise. */
  readonly disordered: number
}

/** Counts that the server held from `from` to `to` and that did not leave the rules once, over all nodes. */
export function tally(heard: Heard, server: CountingServer, from: number, to: number): Tally {
  let [lost, doubled, disordered] = [0, 0, 0]
  const due = [...server.counts.keys()].filter(count => count >= from && count <= to)
  for (let index = 0; index < NODES; index += 1) {
    const readings = heard.of(`count${index}`)
    const counts = readings.map(({ value }) => Number(value)).filter(count => count >= from && count <= to)
    const got = new Set(counts)
    lost += due.filter(count => !got.has(count)).length
    doubled += counts.length - got.size
    disordered += readings.filter((reading, at) => at > 0 && reading.t <= readings[at - 1]!.t).length
    disordered += counts.filter((count, at) => at > 0 && count < counts[at - 1]!).length
  }
  return { lost, doubled, disordered }
}

export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

export function temporaryFolder(undo: (() => unknown)[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'mw-recovery-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
  return folder
}
