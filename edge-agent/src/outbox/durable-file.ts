/** Files that are whole and on the disk, or not there: contents are synced before the name, and the name too. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Throws what the disk says (ENOSPC); nothing is left behind then. */
export function writeDurably(path: string, content: Uint8Array | string): void {
  const temporary = `${path}.part`
  try {
    const file = openSync(temporary, 'w', 0o600)
    try {
      // Not writeSync: on a disk that fills it may write a part and say so only by a number.
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** Windows cannot sync a folder; its rename is durable by the journal. */
export function syncFolder(path: string): void {
  let folder: number
  try {
    folder = openSync(path, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(folder)
  } catch {
    // Not every file system syncs folders; those that need it do.
  } finally {
    closeSync(folder)
  }
}
