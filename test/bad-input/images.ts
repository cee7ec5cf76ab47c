/**
 * Bad image files at an inspector with its real worker: a verdict or a coded error, and never the end of the worker. The
 * good ones are 96 pixels wide, so that a hundred thousand are feasible; what they break is in the decoders and their headers.
 */
import { type InspectionLine, systemClock } from '@millwright/contract'
import { createInspectorOf } from '@millwright/edge-agent'
import { badImage, goodImages } from './support/images.ts'
import { randomOf } from './support/mutate.ts'
import type { Outcome } from './support/result.ts'

const MOST_MS = 10_000
const errorOf = (line: InspectionLine) => ('error' in line ? line.error : undefined)
/** The worker's own end and its limit of time: the line is coded, but something broke. */
const WORKER_DIED = 'MW-1026'

export async function fuzzImages(count: number, seed: number, say: (text: string) => void): Promise<Outcome> {
  const random = randomOf(seed)
  const codes: Record<string, number> = {}
  const faults: string[] = []
  const images = await goodImages()
  const inspector = await createInspectorOf({})
  let accepted = 0
  let slowestMs = 0
  try {
    for (const { name, bytes } of images) {
      const error = errorOf(await inspector.inspect(bytes, name))
      if (error !== undefined && !name.endsWith('.bmp')) faults.push(`the whole ${name}: ${error.message}`)
    }
    for (let index = 0; index < count; index += 1) {
      const { name, bytes } = images[index % images.length]!
      const bad = badImage(random, bytes)
      const began = systemClock.now()
      try {
        const line = await inspector.inspect(bad, name)
        const { verdict } = line
        const error = errorOf(line)
        if (error === undefined) accepted += 1
        else codes[error.code] = (codes[error.code] ?? 0) + 1
        if (error !== undefined && (verdict !== 'review' || !/^MW-\d{4}$/.test(error.code)))
          faults.push(`#${index} ${name}: ${verdict} with ${error.code}`)
        if (error?.code === WORKER_DIED) faults.push(`#${index} ${name}: ${error.message}`)
      } catch (error) {
        faults.push(`#${index} ${name} rejected: ${String(error).slice(0, 200)}`)
      }
      const ms = systemClock.now() - began
      slowestMs = Math.max(slowestMs, ms)
      if (ms > MOST_MS) faults.push(`#${index} ${name} took ${ms} ms`)
      if (index % 5000 === 4999) say(`  ${index + 1} images`)
    }
    // A whole one is judged as ever.
    const after = errorOf(await inspector.inspect(images[0]!.bytes, images[0]!.name))
    if (after !== undefined) faults.push(`a whole image afterwards: ${after.message}`)
  } finally {
    await inspector.close?.()
  }
  return { sent: count, accepted, codes, faults: faults.slice(0, 20), faultCount: faults.length, slowestMs }
}
