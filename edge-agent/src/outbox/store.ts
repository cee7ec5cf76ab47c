/** Opens everything the agent keeps on its disk. */
import { join } from 'node:path'
import type { Clock } from '@millwright/contract'
import { type AlarmRecord, createAlarmRecord } from './alarm-record.ts'
import { type CaptureRecord, createCaptureRecord } from './capture-record.ts'
import { type CommandRecord, createCommandRecord } from './command-record.ts'
import { type Counters, patientCounters } from './counters.ts'
import { type Aside, type Db, openDatabase } from './database.ts'
import { createDiskOutbox } from './disk-outbox.ts'
import { createImageStore, type ImageStore } from './image-store.ts'
import type { Outbox } from './outbox.ts'
import { openSequenceReserve } from './sequence-reserve.ts'

export interface EdgeStore {
  readonly outbox: Outbox
  readonly images: ImageStore
  readonly captures: CaptureRecord
  readonly commands: CommandRecord
  readonly alarms: AlarmRecord
  readonly counters: Counters
  /** When the agent was last alive, ms; 0 on a new folder. */
  readonly lastAlive: number
  /** A damaged database was found at the start, and put aside. */
  readonly damaged?: Aside
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
  /** Room on the disk taken at once, so that a disk that others fill still holds so much of ours. */
  readonly reserveBytes?: number
  readonly onFault: (error: Error) => void
  readonly onWell?: () => void
  /** The database was found damaged while running, and put aside. */
  readonly onDamaged?: (aside: Aside) => void
}

export function openStore({ folder, clock, reserveBytes, ...limits }: StoreOptions): EdgeStore {
  const { db, damaged } = openDatabase(folder, clock.now())
  const images = createImageStore(join(folder, 'images'))
  const meta = patientCounters(db)
  const lastAlive = meta.get('alive')
  const used = db.pluck('SELECT 1 FROM items WHERE image = ?')
  images.sweep(sha256 => used.get(sha256) !== undefined)
  if (reserveBytes !== undefined) takeRoom(db, reserveBytes)
  const outbox = createDiskOutbox(db, {
    ...limits,
    clock,
    reserve: openSequenceReserve(join(folder, 'sequence')),
    onImageTaken: images.taken,
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
    pages: () => db.pragma('page_count'),
    limitPages: most => void db.pragma(`max_page_count = ${most}`),
    close: async () => {
      await outbox.close()
      db.close()
    },
  }
}

/** Pages of the file that hold nothing are taken by what comes next: written once, they are there on a full disk too. */
function takeRoom(db: Db, bytes: number): void {
  const clear = db.prepare("DELETE FROM commands WHERE id = ''")
  const fill = db.prepare("INSERT INTO commands VALUES ('', zeroblob(?), 1)")
  try {
    if (db.pragma('page_count') * db.pragma('page_size') < bytes) db.transaction(() => void fill.run(bytes))
    // Also what a kill left of an earlier start.
    db.transaction(() => void clear.run())
  } catch {
    // No room now: the outbox says so at its own commits.
  }
}
