/**
 * Pictures that wait to be inspected, on disk: bounded, in the order they came, none lost to a power cut. What does not fit
 * is refused, so that its sender knows; nothing is dropped silently.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ENDS_BYTES, type FileEnds } from './image-complete.ts'

export interface Spooled {
  readonly file: string
  readonly name: string
  /** When it was taken, and when it began to come in, ms. */
  readonly t: number
  readonly arrivedAt: number
  readonly bytes: number
}

/** A picture that is coming in. */
export interface Incoming {
  /** False where the queue or the picture's own bound is exceeded: nothing more is written. */
  write(part: Uint8Array): Promise<boolean>
  readonly bytes: number
  ends(): Promise<FileEnds>
  /** In the queue; `durable` resolves when it is on the disk for good: its inspection does not wait for that. */
  commit(name: string, t: number): Promise<{ readonly entry: Spooled; readonly durable: Promise<void> }>
  discard(): Promise<void>
}

export interface Spool {
  begin(arrivedAt: number): Promise<Incoming>
  /** In order; the first is the oldest. */
  waiting(): readonly Spooled[]
  /** Bytes that wait or are coming in. */
  bytes(): number
  read(entry: Spooled): Promise<Uint8Array>
  done(entry: Spooled): Promise<void>
}

const NAMED = /^(\d+)-(\d+)~(\d+)~(.+)$/

export function createSpool(folder: string, maxBytes: number): Spool {
  mkdirSync(folder, { recursive: true })
  const waiting: Spooled[] = []
  let counter = 0
  let coming = 0
  for (const file of readdirSync(folder).sort()) {
    const [, arrivedAt, count, t, name] = NAMED.exec(file) ?? []
    // Half written when the power went: its sender never heard that it was taken.
    if (name === undefined) rmSync(join(folder, file), { force: true })
    else {
      waiting.push({ file, name, t: Number(t), arrivedAt: Number(arrivedAt), bytes: statSync(join(folder, file)).size })
      counter = Math.max(counter, Number(count))
    }
  }
  const stored = () => waiting.reduce((sum, entry) => sum + entry.bytes, 0)
  // Kept as a sum: thousands may wait.
  let held = stored()

  return {
    waiting: () => waiting,
    bytes: () => held + coming,
    read: entry => readFile(join(folder, entry.file)),
    async done(entry) {
      const at = waiting.indexOf(entry)
      if (at < 0) return
      waiting.splice(at, 1)
      held -= entry.bytes
      await rm(join(folder, entry.file), { force: true })
    },
    async begin(arrivedAt) {
      counter += 1
      const own = counter
      const temporary = join(folder, `${own}.part`)
      const handle: FileHandle = await open(temporary, 'w+')
      let bytes = 0
      let closed = false
      const close = async () => {
        if (!closed) await handle.close()
        closed = true
      }
      return {
        get bytes() {
          return bytes
        },
        async write(part) {
          if (held + coming + part.length > maxBytes) return false
          coming += part.length
          bytes += part.length
          await handle.write(part)
          return true
        },
        async ends() {
          const some = Math.min(ENDS_BYTES, bytes)
          const [head, tail] = [new Uint8Array(some), new Uint8Array(some)]
          await handle.read(head, 0, some, 0)
          await handle.read(tail, 0, some, bytes - some)
          return { head, tail, size: bytes }
        },
        async commit(name, t) {
          const file = `${String(arrivedAt).padStart(15, '0')}-${String(own).padStart(9, '0')}~${t}~${name}`
          await rename(temporary, join(folder, file))
          const entry = { file, name, t, arrivedAt, bytes }
          coming -= bytes
          held += bytes
          // Uploads end in another order than they began.
          const later = waiting.findIndex(other => other.file > file)
          waiting.splice(later < 0 ? waiting.length : later, 0, entry)
          return { entry, durable: handle.sync().finally(close) }
        },
        async discard() {
          coming -= bytes
          bytes = 0
          await close()
          await rm(temporary, { force: true })
        },
      }
    },
  }
}
