/**
 * Fills a historian, or goes on where it was broken off, as an agent would have over thirty days, through the store's own `append`, as a process of its own: its
 * memory is not the server's. Its task and result go by IPC.
 */
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { openDuckDbReadings } from '@millwright/plant-server'

export interface FillTask {
  readonly file: string
  readonly tags: readonly string[]
  readonly rows: number
  /** ms; the readings of a tag are spread evenly over from..to. */
  readonly from: number
  readonly to: number
}

export interface FillResult {
  readonly rows: number
  /** 0 where some of the rows were there from a run before. */
  readonly seconds: number
  readonly bytes: number
}

/** Rows of one append. */
const BATCH = 100_000

/** A process value with noise, to a hundredth; every 5,000th reading is a marked gap. */
function valueAt(step: number, place: number): number | null {
  if ((step + place * 131) % 5000 === 0) return null
  return Math.round((50 + 20 * Math.sin(step / 5000 + place) + 2 * Math.sin(step * 7919 + place)) * 100) / 100
}

async function fill({ file, tags, rows, from, to }: FillTask): Promise<FillResult> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const begin = performance.now()
  const store = await openDuckDbReadings(file)
  const steps = Math.ceil(rows / tags.length)
  const stride = Math.floor(BATCH / tags.length)
  let stored = 0
  let resumed = false
  for (let step = 0, sequence = 0; step < steps; step += stride, sequence += 1) {
    if (store.isStored('fill', sequence)) {
      resumed = true
      stored += (Math.min(steps, step + stride) - step) * tags.length
      continue
    }
    const readings = []
    for (let at = step; at < Math.min(steps, step + stride); at += 1) {
      const t = from + Math.floor((at * (to - from)) / steps)
      for (const [place, tag] of tags.entries()) {
        const value = valueAt(at, place)
        readings.push({ tag, t, value, quality: value === null ? ('bad' as const) : ('good' as const) })
      }
    }
    await store.append([{ agent: 'fill', sequence, readings }])
    stored += readings.length
    if (sequence % 50 === 0) process.stderr.write(`  ${stored} of ${rows} rows\n`)
  }
  await store.compact()
  await store.checkpoint()
  const count = await store.count()
  await store.close()
  // A folder that was kept holds what was stored while it was measured too.
  if (count < stored) throw new Error(`${stored} rows were appended, ${count} are stored`)
  return { rows: stored, seconds: resumed ? 0 : (performance.now() - begin) / 1000, bytes: statSync(file).size }
}

process.on('disconnect', () => process.exit(1))
process.once('message', task => {
  fill(task as FillTask).then(
    result => process.send?.(result, () => process.exit(0)),
    error => {
      process.stderr.write(`fill: ${error instanceof Error ? error.message : String(error)}\n`)
      process.exit(1)
    },
  )
})
