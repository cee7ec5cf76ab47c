/** How fast thirty days of a tag come as 2,000 points, out of many millions of rows, while 20,000 values/s are stored. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mean, percentile, spreadOf } from './figures.ts'
import type { FillResult, FillTask } from './history-fill.ts'
import type { PublisherResult, PublisherTask } from './publisher.ts'
import { type Bench, failure } from './row.ts'
import { temporaryFolder } from './support/folder.ts'
import { askProcess } from './support/process-task.ts'
import { startServer } from './support/server.ts'

const AGENT = 'bench'
const TAGS = 40
const DAYS = 30
const POINTS = 2000
const VALUES_PER_SECOND = 20_000
/** A person who moves a trend asks about as often. */
const PAUSE_MS = 50

export const history: Bench = {
  name: 'history',
  unit: 'ms',
  async run(options) {
    const rows = options.rows ?? (options.quick ? 2_000_000 : 10_000_000)
    const tags = Array.from({ length: TAGS }, (_, index) => `${AGENT}/load/value_${index}`)
    const data = options.keep ?? temporaryFolder('history', options)
    const to = endOf(data)
    const from = to - DAYS * 86_400_000
    const fill: FillTask = { file: join(data, 'server', 'history.duckdb'), tags, rows, from, to }
    const filled = await askProcess<FillResult>('history-fill.ts', fill, 1200, options)
    const perRow = filled.bytes / filled.rows
    options.say(
      `  ${filled.rows} rows stored in ${filled.seconds.toFixed(0)} s, ${perRow.toFixed(2)} bytes a reading on disk, roll-ups included`,
    )
    const server = await startServer(AGENT, options, data)
    const seconds = options.quick ? 10 : 40
    const task: PublisherTask = {
      url: server.mqtt,
      agent: AGENT,
      secret: server.secret,
      group: 'millwright',
      tags,
      from: Date.now(),
      seconds,
      window: 400,
      rate: VALUES_PER_SECOND / TAGS,
    }
    let publishing = true
    const published = askProcess<PublisherResult>('publisher.ts', task, seconds + 120, options).finally(() => {
      publishing = false
    })
    const ms: number[] = []
    const points: number[] = []
    try {
      await server.until(tags[0]!)
      for (let asked = 0; publishing; asked += 1) {
        const begin = performance.now()
        const reply = await server.history(tags[asked % TAGS]!, from, Date.now(), POINTS)
        ms.push(performance.now() - begin)
        points.push(reply.points.length)
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
      }
    } catch (error) {
      await published.catch(() => undefined)
      throw error
    }
    const { confirmed, perSecond } = await published
    if (confirmed === 0) throw failure('nothing was stored while it was asked')
    if (Math.max(...points) > POINTS || Math.min(...points) < POINTS / 4)
      throw failure(`${Math.min(...points)} to ${Math.max(...points)} points came`)
    return {
      name: 'history',
      unit: 'ms',
      values: {
        p50: percentile(ms, 0.5),
        p95: percentile(ms, 0.95),
        p99: percentile(ms, 0.99),
        rows_count: filled.rows,
        points_count: percentile(points, 0.5),
        bytes_per_reading_count: perRow,
        ...(filled.seconds === 0 ? {} : { fill_s: filled.seconds }),
        stored_meanwhile_per_second_count: mean(perSecond) * TAGS,
      },
      n: ms.length,
      spread: spreadOf(ms),
      how: `GET /api/history over HTTP for ${DAYS} days of one of ${TAGS} tags as at most ${POINTS} points, one after another with ${PAUSE_MS} ms between, while a publisher process sends ${VALUES_PER_SECOND} values/s as Sparkplug over MQTT that the same server stores; the rows were appended through the store before; bytes a reading: the file with its roll-ups by the rows`,
    }
  },
}

/** When the thirty days of this folder end: now, or when it was begun. */
function endOf(folder: string): number {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'ends-at')
  if (!existsSync(file)) writeFileSync(file, `${Date.now()}`)
  return Number(readFileSync(file, 'utf8'))
}
