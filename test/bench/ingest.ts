/** How many values a second come to rest in the historian, from thirty edges at once, and what memory the server takes. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { openDuckDbReadings } from '@millwright/plant-server'
import { mean, percentile, spreadOf, sum } from './figures.ts'
import type { PublisherResult, PublisherTask } from './publisher.ts'
import { type Bench, type BenchOptions, failure } from './row.ts'
import { endProcess } from './support/command.ts'
import { memoryOf } from './support/process-tree.ts'
import { type RunningServer, startServer } from './support/server.ts'

const EDGES = 30
const TAGS = 100
/** Payloads of one edge sent and not yet confirmed: together several of the server's commits, so that it never waits. */
const WINDOW = 24
const SAMPLE_MS = 500

export const ingest: Bench = {
  name: 'ingest',
  unit: 'values/s',
  async run(options) {
    const agents = Array.from({ length: EDGES }, (_, index) => `edge-${index + 1}`)
    const server = await startServer(agents, options)
    const seconds = options.quick ? 10 : 60
    const edges = agents.map(agent => begin(taskOf(server, agent, seconds), options))
    await Promise.all(edges.map(edge => edge.ready))
    options.say(`  ${EDGES} edges are born, each a process of its own`)
    const memory = watchMemory(server.pid)
    for (const edge of edges) edge.go()
    const results = await Promise.all(edges.map(edge => edge.result))
    const rss = memory.stop()

    const values = sum(results.map(each => each.confirmed)) * TAGS
    const longest = Math.max(...results.map(each => each.seconds))
    options.say(`  ${values} values confirmed in ${longest.toFixed(1)} s, counting what is stored`)
    await server.stop()
    const stored = await countStored(server.file, agents, results)
    const rejected = sum(results.map(each => each.rejected))
    if (stored.once !== values || stored.rows !== values)
      throw failure(
        `${values} values were confirmed, ${stored.rows} rows are stored, ${stored.once} of them different, ${rejected} payloads were rejected`,
      )
    const rates = Array.from(
      { length: seconds },
      (_, second) => sum(results.map(each => each.perSecond[second] ?? 0)) * TAGS,
    )
    const early = rss(seconds / 3)
    const late = rss(seconds)
    return {
      name: 'ingest',
      unit: 'values/s',
      values: {
        confirmed: values / longest,
        mean_whole_seconds: mean(rates),
        values_count: values,
        edges_count: EDGES,
        repeated_payloads_count: sum(results.map(each => each.repeated)),
        rss_third_mb: early,
        rss_end_mb: late,
        query_s: stored.seconds,
      },
      n: rates.length,
      spread: spreadOf(rates),
      how: `values confirmed as stored by the plant server's process, by the time from the signal to the last confirmation of the last edge; ${EDGES} edges, each a process, ${seconds} s, Sparkplug DDATA of ${TAGS} tags a payload by alias, with time and quality, MQTT QoS 0 over TCP through the embedded broker, at most ${WINDOW} payloads of an edge unconfirmed; then counted in the historian's file by queries, tag by tag and in all; resident memory of the server's process around a third of the time and around its end (medians of four seconds); spread over whole seconds`,
    }
  },
}

const tagsOf = (agent: string) => Array.from({ length: TAGS }, (_, index) => `${agent}/load/value_${index}`)
const FROM = Date.now() - 3_600_000

const taskOf = (server: RunningServer, agent: string, seconds: number): PublisherTask => ({
  url: server.mqtt,
  agent,
  secret: server.secret,
  group: 'millwright',
  tags: tagsOf(agent),
  from: FROM,
  seconds,
  window: WINDOW,
  held: true,
})

interface Edge {
  readonly ready: Promise<void>
  go(): void
  readonly result: Promise<PublisherResult>
}

function begin(task: PublisherTask, { defer }: BenchOptions): Edge {
  const child: ChildProcess = fork(join(import.meta.dirname, 'publisher.ts'), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  defer(() => endProcess(child))
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (status, signal) => reject(failure(`the publisher ended with ${status ?? signal}`)))
  })
  ended.catch(() => undefined)
  const timer = setTimeout(() => child.kill('SIGKILL'), task.seconds * 1000 + 180_000)
  const ready = new Promise<void>(resolve => child.once('message', () => resolve()))
  child.send(task)
  return {
    ready: Promise.race([ready, ended]),
    go: () => void child.send('go'),
    result: Promise.race([
      ready.then(
        () =>
          new Promise<PublisherResult>(resolve =>
            child.once('message', message => resolve(message as PublisherResult)),
          ),
      ),
      ended,
    ]).finally(() => clearTimeout(timer)),
  }
}

/** Resident memory over time; the returned function gives the median of the four seconds around one. */
function watchMemory(pid: number) {
  const samples: { readonly second: number; readonly mb: number }[] = []
  const start = performance.now()
  const timer = setInterval(() => {
    samples.push({ second: (performance.now() - start) / 1000, mb: memoryOf([pid]).rss_mb })
  }, SAMPLE_MS)
  return {
    stop() {
      clearInterval(timer)
      return (second: number) =>
        percentile(
          samples.filter(each => Math.abs(each.second - second) <= 2).map(each => each.mb),
          0.5,
        )
    },
  }
}

async function countStored(file: string, agents: readonly string[], results: readonly PublisherResult[]) {
  const begin = performance.now()
  const store = await openDuckDbReadings(file)
  try {
    let once = 0
    for (const agent of agents) {
      // The time of the last payload is its number in ms after `FROM`.
      const last = FROM + (results.find(each => each.agent === agent)?.confirmed ?? 0)
      for (const tag of tagsOf(agent)) once += (await store.raw(tag, FROM, last)).length
    }
    return { rows: await store.count(), once, seconds: (performance.now() - begin) / 1000 }
  } finally {
    await store.close()
  }
}
