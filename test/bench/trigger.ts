/**
 * Trigger to result: a PLC (Modbus) triggers camera and agent, the camera sends a full-HD picture, the agent inspects it,
 * records it, and writes the verdict back with its handshake. `npm run bench -- --only trigger --triggers 1000`.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { encodePng, renderPanel, TEST_SETTINGS } from '@millwright/models/synth'
import Database from 'better-sqlite3'
import { root } from '../journeys/support/plant.ts'
import { createPushingCamera, freePort, writeLineFile } from '../stations/line.ts'
import { createModbusPlc, MODBUS_ADDRESSES } from '../stations/modbus-plc.ts'
import { countResults, createPlc } from '../stations/plc.ts'
import { median, percentile, spreadOf } from './figures.ts'
import { type Bench, type BenchOptions, failure } from './row.ts'
import { endProcess } from './support/command.ts'

const [WIDTH, HEIGHT] = [1920, 1080]
const PICTURES = 8
/** Model and libraries are loaded by the first. */
const WARM = 3
const NONE = 9

export const trigger: Bench = {
  name: 'trigger',
  unit: 'ms',
  async run(options) {
    const count = options.triggers ?? (options.quick ? 20 : 200)
    options.say(`  rendering ${PICTURES} panels, then ${count} triggers`)
    const pictures = await Promise.all(Array.from({ length: PICTURES }, (_, index) => picture(index)))
    const port = await freePort()
    const memory = createModbusPlc(port)
    await memory.start()
    options.defer(() => memory.stop())
    const line = await writeLineFile(
      { kind: 'modbus', host: '127.0.0.1', port, pollMs: 10, timeoutMs: 1000 },
      signal => MODBUS_ADDRESSES[signal],
      // Late ones are measured, not cut off.
      { captureMs: 10_000, timeoutMs: 30_000 },
    )
    options.defer(line.remove)
    const child = await startEdge(line.file, options)
    const camera = createPushingCamera(line.pushPort, part => pictures[part % PICTURES]!)
    const plc = createPlc(memory, {
      onTrigger: (part, panel) => void camera.shoot(part, panel),
      answerMs: 120_000,
    })
    await plc.run(WARM + count)
    const results = plc.results.filter(({ part }) => part > WARM)
    const { missed, doubled } = countResults(plc)
    const wrong = plc.results.filter(({ part, number, verdict }) => number !== part || verdict === NONE).length
    await endProcess(child)
    const judged = inspections(join(line.folder, 'data', 'edge.sqlite'))
    const own = results.flatMap(({ panel, ms }) => {
      const total = judged.get(panel)
      return total === undefined ? [] : [{ total, rest: ms - total }]
    })
    if (missed + doubled + wrong > 0 || own.length < results.length)
      throw failure(
        `of ${count} triggers ${missed} were missed, ${doubled} answered twice, ${wrong} had another part's or no verdict, ${results.length - own.length} have no inspection on record; ${camera.failed.join('; ')}`,
      )
    const times = results.map(({ ms }) => ms)
    return {
      name: 'trigger',
      unit: 'ms',
      values: {
        p50: median(times),
        p99: percentile(times, 0.99),
        inspection_p50: median(own.map(({ total }) => total)),
        inspection_p99: percentile(
          own.map(({ total }) => total),
          0.99,
        ),
        rest_p50: median(own.map(({ rest }) => rest)),
        rest_p99: percentile(
          own.map(({ rest }) => rest),
          0.99,
        ),
        missed_count: missed,
        doubled_count: doubled,
      },
      n: times.length,
      spread: spreadOf(times),
      how: `a Modbus slave as the PLC (read every 10 ms) raises its trigger and, by wire, a camera that posts a rendered ${WIDTH}x${HEIGHT} PNG; mw-edge run inspects, records durably, writes verdict, class, panel and number with read-back, then valid; timed in the PLC from trigger to valid; inspection: ms.total of the record; rest: everything else; the first ${WARM} not counted`,
    }
  },
}

/** Screens that are off, lit from outside, every second with a defect. */
async function picture(index: number): Promise<Uint8Array> {
  const { pixels } = renderPanel({
    seed: `trigger-${index}`,
    width: WIDTH,
    height: HEIGHT,
    pattern: 'surface',
    defects: index % 2 === 0 ? [] : [{ class: 'stain' }],
    settings: TEST_SETTINGS,
  })
  return new Uint8Array(await encodePng(pixels, WIDTH, HEIGHT))
}

async function startEdge(file: string, { defer }: Pick<BenchOptions, 'defer'>) {
  const child = spawn(process.execPath, [join(root, 'edge-agent', 'src', 'main.ts'), 'run', file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  defer(() => endProcess(child))
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    log = (log + part).slice(-4000)
  })
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', () => resolve())
    child.once('exit', status => reject(failure(`mw-edge run ended with ${status}: ${log}`)))
  })
  return child
}

/** Own time of each inspection in the agent's outbox, by panel, ms. */
function inspections(file: string): Map<string, number> {
  const db = new Database(file, { readonly: true })
  const rows = db.prepare("SELECT body FROM items WHERE kind = 'inspection'").all() as { body: string }[]
  db.close()
  return new Map(
    rows.flatMap(({ body }) => {
      const { line } = JSON.parse(body) as { line: { panel?: string; ms?: { total: number } } }
      return line.panel === undefined || line.ms === undefined ? [] : [[line.panel, line.ms.total] as const]
    }),
  )
}
