/** Images that wait for the plant server, by content address, each in a file of its own. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from './durable-file.ts'

export interface ImageStore {
  /** Stores the bytes durably and gives their SHA-256; storing twice is harmless. Throws where the disk refuses. */
  put(bytes: Uint8Array): string
  path(sha256: string): string
  has(sha256: string): boolean
  /** 0 where there is none. */
  bytes(sha256: string): number
  remove(sha256: string): void
  /** Removes what `wanted` says no to: left by a crash between commit and removal. */
  sweep(wanted: (sha256: string) => boolean): void
}

export function createImageStore(folder: string): ImageStore {
  mkdirSync(folder, { recursive: true })
  const path = (sha256: string) => join(folder, sha256)
  const has = (sha256: string) => existsSync(path(sha256))
  return {
    path,
    has,
    put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (has(sha256)) return sha256
      writeDurably(path(sha256), bytes)
      return sha256
    },
    bytes: sha256 => (has(sha256) ? statSync(path(sha256)).size : 0),
    remove: sha256 => rmSync(path(sha256), { force: true }),
    sweep(wanted) {
      for (const name of readdirSync(folder)) if (!wanted(name)) rmSync(join(folder, name), { force: true })
    },
  }
}
