/** Opens everything the agent keeps on its disk. */
import { join } from 'node:path'
import type { Clock } from '@millwright/contract'
import { type AlarmRecord, createAlarmRecord } from './alarm-record.ts'
import { type CaptureRecord, createCaptureRecord } from './capture-record.ts'
import { type CommandRecord, createCommandRecord } from './command-record.ts'
import { type Counters, counters } from './counters.ts'
import { openDatabase } from './database.ts'
import { createDiskOutbox } from './disk-outbox.ts'
import { createImageStore, type ImageStore } from './image-store.ts'
import type { Outbox } from './outbox.ts'

export interface EdgeStore {
  readonly outbox: Outbox
  readonly images: ImageStore
  readonly captures: CaptureRecord
  readonly commands: CommandRecord
  readonly alarms: AlarmRecord
  readonly counters: Counters
  /** When the agent was last alive, ms; 0 on a new folder. */
  readonly lastAlive: number
  /** Where a damaged database was put aside. */
  readonly damaged?: string
  /** Pages of the database, and a quota for them: for tests of a full disk. */
  pages(): number
  limitPages(most: number): void
  close(): Promise<void>
}

export interface StoreOptions {
  readonly folder: string
  readonly clock: Clock
  readonly maxBytes: number
  readonly maxAgeMs: number
  readonly commitMs: number
  readonly onFault: (error: Error) => void
}

export function openStore({ folder, clock, ...limits }: StoreOptions): EdgeStore {
  const { db, damaged } = openDatabase(folder, clock.now())
  const images = createImageStore(join(folder, 'images'))
  const meta = counters(db)
  const lastAlive = meta.get('alive')
  const used = db.prepare('SELECT 1 FROM items WHERE image = ?').pluck()
  images.sweep(sha256 => used.get(sha256) !== undefined)
  const outbox = createDiskOutbox(db, {
    ...limits,
    clock,
    onImageFree: images.remove,
    imageBytes: images.bytes,
  })
  return {
    outbox,
    images,
    captures: createCaptureRecord(db),
    commands: createCommandRecord(db),
    alarms: createAlarmRecord(db),
    counters: meta,
    lastAlive,
    ...(damaged === undefined ? {} : { damaged }),
    pages: () => Number(db.pragma('page_count', { simple: true })),
    limitPages: most => void db.pragma(`max_page_count = ${most}`),
    close: async () => {
      await outbox.close()
      db.close()
    },
  }
}
