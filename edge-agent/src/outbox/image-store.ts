/** Images that wait for the plant server, by content address, each in a file of its own. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from './durable-file.ts'

export interface ImageStore {
  /**
   * Stores the bytes durably and gives their SHA-256; storing twice is harmless. Throws where the disk refuses. It stays
   * until an item that names it is stored, whatever becomes of others that share it.
   */
  put(bytes: Uint8Array): string
  /** An item that names it is stored: from now on it is kept by that. */
  taken(sha256: string): void
  path(sha256: string): string
  has(sha256: string): boolean
  /** 0 where there is none. */
  bytes(sha256: string): number
  /** Removes it, unless it was put for an item that is yet to be stored. */
  remove(sha256: string): void
  /** Removes what `wanted` says no to: left by a crash between commit and removal. */
  sweep(wanted: (sha256: string) => boolean): void
}

export function createImageStore(folder: string): ImageStore {
  mkdirSync(folder, { recursive: true })
  const path = (sha256: string) => join(folder, sha256)
  const has = (sha256: string) => existsSync(path(sha256))
  /** Put, and not yet named by a stored item. */
  const promised = new Set<string>()
  return {
    path,
    has,
    put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (!has(sha256)) writeDurably(path(sha256), bytes)
      promised.add(sha256)
      return sha256
    },
    taken: sha256 => void promised.delete(sha256),
    bytes: sha256 => (has(sha256) ? statSync(path(sha256)).size : 0),
    remove(sha256) {
      if (!promised.has(sha256)) rmSync(path(sha256), { force: true })
    },
    sweep(wanted) {
      for (const name of readdirSync(folder)) if (!wanted(name)) rmSync(join(folder, name), { force: true })
    },
  }
}
