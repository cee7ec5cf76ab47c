/** How many values a second come to rest in the historian. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { mean, spreadOf, sum } from './figures.ts'
import type { PublisherResult, PublisherTask } from './publisher.ts'
import { type Bench, type BenchOptions, failure } from './row.ts'
import { endProcess } from './support/command.ts'
import { startServer } from './support/server.ts'

const AGENT = 'bench'
const TAGS = 100
/** Payloads sent and not yet confirmed: several of the server's commits, so that it never waits for the publisher. */
const WINDOW = 400

export const ingest: Bench = {
  name: 'ingest',
  unit: 'values/s',
  async run(options) {
    const server = await startServer(AGENT, options)
    const from = Date.now() - 3_600_000
    const task: PublisherTask = {
      url: server.mqtt,
      agent: AGENT,
      secret: server.secret,
      group: 'millwright',
      tags: Array.from({ length: TAGS }, (_, index) => `${AGENT}/load/value_${index}`),
      from,
      seconds: options.quick ? 4 : 20,
      window: WINDOW,
    }
    const { confirmed, rejected, seconds, perSecond } = await publish(task, options)
    const values = confirmed * TAGS
    options.say(`  ${values} values confirmed in ${seconds.toFixed(1)} s, counting what is stored`)
    const begin = performance.now()
    const stored: number[] = []
    // The time of the last payload is its number in ms after `from`.
    for (const tag of task.tags) stored.push((await server.history(tag, from, from + confirmed)).points.length)
    if (sum(stored) !== values)
      throw failure(`${values} values were confirmed, ${sum(stored)} are stored, ${rejected} payloads were rejected`)
    const rates = perSecond.map(count => count * TAGS)
    return {
      name: 'ingest',
      unit: 'values/s',
      values: {
        confirmed: values / seconds,
        mean_whole_seconds: mean(rates),
        values_count: values,
        query_s: (performance.now() - begin) / 1000,
      },
      n: rates.length,
      spread: spreadOf(rates),
      how: `values confirmed as stored by the plant server's process, by the time from the first payload to the last confirmation; one publisher process, Sparkplug DDATA of ${TAGS} tags a payload, MQTT QoS 1 over TCP through the embedded broker, at most ${WINDOW} payloads unconfirmed; then counted one by one by history queries; spread over whole seconds`,
    }
  },
}

async function publish(task: PublisherTask, { defer }: BenchOptions): Promise<PublisherResult> {
  const child = fork(join(import.meta.dirname, 'publisher.ts'), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  defer(() => endProcess(child))
  const timer = setTimeout(() => child.kill('SIGKILL'), task.seconds * 1000 + 120_000)
  try {
    return await new Promise<PublisherResult>((resolve, reject) => {
      child.once('message', message => resolve(message as PublisherResult))
      child.once('error', reject)
      child.once('exit', (status, signal) => reject(failure(`the publisher ended with ${status ?? signal}`)))
      child.send(task)
    })
  } finally {
    clearTimeout(timer)
  }
}
