/**
 * Collects readings per device and hands them on as one outbox item each. The wait is short, since what is collected here is
 * not yet on the disk: with the outbox's common commit a reading is durable in about a quarter of a second.
 */
import type { Clock, Reading } from '@millwright/contract'
import type { Outbox } from '../outbox/outbox.ts'

export interface Batcher {
  add(device: string, reading: Reading): void
  /** Hands on at once what has been collected, of one device or of all; resolves when it is durable. */
  flush(device?: string): Promise<void>
  stop(): Promise<void>
}

const MOST_IN_ITEM = 1000

export function createBatcher(outbox: Outbox, clock: Clock, everyMs = 100): Batcher {
  const collected = new Map<string, Reading[]>()
  const flush = async (device?: string) => {
    const names = device === undefined ? [...collected.keys()] : [device]
    const appended: Promise<number>[] = []
    for (const name of names) {
      const readings = collected.get(name)
      if (readings === undefined || readings.length === 0) continue
      collected.set(name, [])
      appended.push(outbox.append({ kind: 'readings', device: name, body: readings }))
    }
    // What a full outbox drops it counts and tells by itself.
    await Promise.allSettled(appended)
  }
  const stopTicking = clock.every(everyMs, () => void flush())
  return {
    add(device, reading) {
      const readings = collected.get(device)
      if (readings === undefined) collected.set(device, [reading])
      else if (readings.push(reading) >= MOST_IN_ITEM) void flush(device)
    },
    flush,
    async stop() {
      stopTicking()
      void flush()
    },
  }
}
