/** What it costs to bring values from devices: an edge agent, and Telegraf beside it on the same servers, one after the other. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../journeys/support/plant.ts'
import { spreadOf } from './figures.ts'
import { type Bench, type BenchOptions, failure, skipped } from './row.ts'
import { agentFile, REGISTERS, telegrafFile } from './support/acquisition-files.ts'
import { endProcess } from './support/command.ts'
import { cpuSeconds } from './support/cpu.ts'
import type { EdgeSinkSays, EdgeSinkTally } from './support/edge-sink.ts'
import { temporaryFolder } from './support/folder.ts'
import type { ModbusLoadSays } from './support/modbus-load.ts'
import type { OpcuaLoadSays } from './support/opcua-load.ts'
import { hasProc, memoryOf } from './support/process-tree.ts'
import { telegraf } from './support/telegraf.ts'

const DEVICES = 100
const ITEMS = 2000
const TICK_MS = 100
/** Until everything is subscribed and warm. */
const SETTLE_MS = 20_000

interface Devices {
  readonly opcuaPort: number
  readonly namespace: number
  readonly modbusPorts: readonly number[]
  /** How far the nodes have counted. */
  count(): Promise<number>
}

export interface Cost {
  readonly values: number
  readonly seconds: number
  readonly cpu_s: number
  readonly rss_mb: number
}

export const acquisition: Bench = {
  name: 'acquisition',
  unit: 'values/CPU s',
  async run(options) {
    if (!hasProc()) throw skipped('MW-0102', '/proc is not there')
    const peer = await telegraf(options)
    if (peer === undefined) options.say('  Telegraf is skipped: Go, which builds it, is missing')
    const folder = temporaryFolder('acquisition', options)
    const seconds = options.quick ? 10 : 60
    const devices = await startDevices(folder, options)
    const ours = await measureEdge(folder, devices, seconds, options)
    options.say(`  edge: ${JSON.stringify(ours)}`)
    const theirs = peer === undefined ? undefined : await measureTelegraf(peer, folder, devices, seconds, options)
    if (theirs) options.say(`  Telegraf: ${JSON.stringify(theirs)}`)
    const perCpu = (cost: Cost) => cost.values / cost.cpu_s
    return {
      name: 'acquisition',
      unit: 'values/CPU s',
      values: {
        edge: perCpu(ours),
        edge_million_s: (ours.cpu_s / ours.values) * 1e6,
        edge_rss_mb: ours.rss_mb,
        edge_values_a_second_count: ours.values / ours.seconds,
        lost_count: ours.lost,
        doubled_count: ours.doubled,
        ...(theirs
          ? {
              telegraf: perCpu(theirs),
              telegraf_million_s: (theirs.cpu_s / theirs.values) * 1e6,
              telegraf_rss_mb: theirs.rss_mb,
              telegraf_values_a_second_count: theirs.values / theirs.seconds,
            }
          : {}),
      },
      n: theirs ? 2 : 1,
      spread: spreadOf(theirs ? [perCpu(ours), perCpu(theirs)] : [perCpu(ours)]),
      how: `${ITEMS} OPC UA items that change every ${TICK_MS} ms (node-opcua) and ${DEVICES} Modbus TCP devices x ${REGISTERS} registers read every second; values that arrived in ${seconds} s by the CPU time (user and system) of the one process in the same time, after ${SETTLE_MS / 1000} s of warming; the edge's values are in its outbox on disk, sent as Sparkplug and confirmed, each counted by the receiver (every tag counts up: a hole is a loss); Telegraf 1.37.2, if it was measured, writes lines to a file; _million_s: CPU seconds for a million values; memory: resident at the end`,
    }
  },
}

async function startDevices(folder: string, options: BenchOptions): Promise<Devices> {
  const opcua = start('opcua-load.ts', { pki: join(folder, 'pki'), nodes: ITEMS, tickMs: TICK_MS }, options)
  const modbus = start('modbus-load.ts', { devices: DEVICES }, options)
  const { port, namespace } = (await said<OpcuaLoadSays>(opcua)) as { port: number; namespace: number }
  const { ports } = await said<ModbusLoadSays>(modbus)
  return {
    opcuaPort: port,
    namespace,
    modbusPorts: ports,
    async count() {
      const answer = said<OpcuaLoadSays>(opcua)
      opcua.send('count')
      return ((await answer) as { count: number }).count
    },
  }
}

function start(script: string, task: object, options: BenchOptions): ChildProcess {
  const child = fork(join(import.meta.dirname, 'support', script), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  options.defer(() => endProcess(child))
  child.send(task)
  return child
}

const said = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', message => resolve(message as T))
    child.once('exit', code => reject(failure(`${child.spawnargs[1]} ended with ${code}`)))
  })

async function measureEdge(
  folder: string,
  devices: Devices,
  seconds: number,
  options: BenchOptions,
): Promise<Cost & { lost: number; doubled: number }> {
  const sink = start('edge-sink.ts', { group: 'bench', agent: 'edge' }, options)
  const { port } = (await said<EdgeSinkSays>(sink)) as { port: number }
  const file = join(folder, 'edge.yaml')
  writeFileSync(
    file,
    agentFile({ ...devices, mqttPort: port, data: join(folder, 'edge'), items: ITEMS, tickMs: TICK_MS }),
  )
  const flags = process.env.MILLWRIGHT_BENCH_NODE_FLAGS?.split(' ') ?? []
  const edge = spawn(process.execPath, [...flags, join(root, 'edge-agent', 'src', 'main.ts'), 'run', file], {
    cwd: process.env.MILLWRIGHT_BENCH_NODE_FLAGS === undefined ? folder : process.cwd(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  options.defer(() => endProcess(edge))
  let log = ''
  edge.stderr.setEncoding('utf8').on('data', (part: string) => {
    log = (log + part).slice(-2000)
  })
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: edge.stdout }).once('line', () => resolve())
    edge.once('exit', code => reject(failure(`mw-edge ended with ${code}: ${log}`)))
  })
  const tally = async () => {
    const answer = said<EdgeSinkSays>(sink)
    sink.send('tally')
    const { tally: all } = (await answer) as { tally: Record<string, EdgeSinkTally> }
    return Object.entries(all).flatMap(([device, each]) => (device === 'agent' ? [] : [each]))
  }
  const sumOf = (all: readonly EdgeSinkTally[], of: (each: EdgeSinkTally) => number) =>
    all.reduce((sum, each) => sum + of(each), 0)
  await pause(SETTLE_MS)
  const [before, cpuBefore, at] = [await tally(), cpuSeconds(edge.pid!), performance.now()]
  await pause(seconds * 1000)
  const [after, cpuAfter, then] = [await tally(), cpuSeconds(edge.pid!), performance.now()]
  const rss = memoryOf([edge.pid!]).rss_mb
  const tags = sumOf(after, each => each.tags)
  if (tags !== ITEMS + DEVICES * REGISTERS) throw failure(`only ${tags} tags brought values: ${log}`)
  await endProcess(edge)
  const last = await tally()
  return {
    values: sumOf(after, each => each.values) - sumOf(before, each => each.values),
    seconds: (then - at) / 1000,
    cpu_s: cpuAfter - cpuBefore,
    rss_mb: rss,
    lost: sumOf(last, each => each.lost),
    doubled: sumOf(last, each => each.doubled),
  }
}

async function measureTelegraf(
  binary: string,
  folder: string,
  devices: Devices,
  seconds: number,
  options: BenchOptions,
): Promise<Cost> {
  const [file, out] = [join(folder, 'telegraf.conf'), join(folder, 'telegraf.out')]
  writeFileSync(file, telegrafFile({ ...devices, out, items: ITEMS, tickMs: TICK_MS }))
  const child = spawn(binary, ['--config', file, '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] })
  options.defer(() => endProcess(child))
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    log = (log + part).slice(-2000)
  })
  await pause(SETTLE_MS)
  if (child.exitCode !== null) throw failure(`telegraf ended with ${child.exitCode}: ${log}`)
  const [from, cpuBefore, at] = [statSync(out).size, cpuSeconds(child.pid!), performance.now()]
  await pause(seconds * 1000)
  const [to, cpuAfter, then] = [statSync(out).size, cpuSeconds(child.pid!), performance.now()]
  const rss = memoryOf([child.pid!]).rss_mb
  await endProcess(child)
  const { opcua, modbus } = valuesIn(out, from, to)
  if (opcua < ITEMS || modbus < DEVICES * REGISTERS) throw failure(`telegraf brought ${opcua} and ${modbus}: ${log}`)
  return { values: opcua + modbus, seconds: (then - at) / 1000, cpu_s: cpuAfter - cpuBefore, rss_mb: rss }
}

/** Values in lines of InfluxDB's protocol: one in a line of OPC UA (the quality beside it is none), many in one of Modbus. */
function valuesIn(file: string, from: number, to: number): { opcua: number; modbus: number } {
  const [values, descriptor] = [{ opcua: 0, modbus: 0 }, openSync(file, 'r')]
  const chunk = Buffer.alloc(1 << 20)
  let rest = ''
  for (let at = from; at < to; ) {
    const read = readSync(descriptor, chunk, 0, Math.min(chunk.length, to - at), at)
    at += read
    const lines = (rest + chunk.toString('latin1', 0, read)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('opcua')) values.opcua += 1
      else if (line.startsWith('modbus')) values.modbus += (line.match(/=\d+i?u?[, ]/g) ?? []).length
    }
  }
  closeSync(descriptor)
  return values
}
