/** Stores of a suite: each in a folder of its own, closed and removed after the test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Quality, Reading, ReadingValue } from '@millwright/contract'
import { afterEach } from 'vitest'
import type { ReadingStore } from '../readings.ts'

export type Open = (folder: string) => Promise<ReadingStore>
export const T0 = 1_764_000_000_000
export const TAG = 'primary/dryer/outlet_moisture'

export const at = (t: number, value: ReadingValue, quality: Quality = 'good', tag = TAG): Reading => ({
  tag,
  t: T0 + t,
  value,
  quality,
})

/** Within a `describe`. */
export function storesOf(open: Open) {
  const opened: { store: ReadingStore; folder: string }[] = []
  afterEach(async () => {
    for (const { store, folder } of opened.splice(0)) {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
  const inFolder = async (folder: string) => {
    const store = await open(folder)
    opened.push({ store, folder })
    return { store, folder }
  }
  return {
    fresh: () => inFolder(mkdtempSync(join(tmpdir(), 'mw-readings-'))),
    /** Closes and opens the same folder. */
    async again(store: ReadingStore) {
      const index = opened.findIndex(entry => entry.store === store)
      const [entry] = opened.splice(index, 1)
      await store.close()
      return (await inFolder(entry!.folder)).store
    },
  }
}

/** Appends as an agent would, numbering by itself. */
export function feeder(store: ReadingStore, agent = 'a') {
  let sequence = 0
  return (readings: readonly Reading[]) => {
    sequence += 1
    return store.append([{ agent, sequence, readings }])
  }
}
