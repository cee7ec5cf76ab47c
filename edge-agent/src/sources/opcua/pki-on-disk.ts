/**
 * The library writes keys and certificates as if power never failed. What a power cut left torn is removed here, so that it
 * is made again (an agent with half a key would never connect again), and what was made is put on the disk for certain.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Gives the files that were torn, and are gone now. */
export function mendPki(root: string): string[] {
  const torn: string[] = []
  const remove = (file: string) => {
    rmSync(file, { force: true })
    torn.push(file)
  }
  let key: KeyObject | undefined
  for (const file of filesOf(join(root, 'own', 'private'))) {
    key = attempt(() => createPrivateKey(readFileSync(file)))
    if (key === undefined) remove(file)
  }
  for (const file of filesOf(join(root, 'own'))) {
    if (file.startsWith(join(root, 'own', 'private'))) continue
    if (file.endsWith('.cnf') && statSync(file).size === 0) remove(file)
    if (/\.(pem|crt|der)$/.test(file)) {
      const certificate = attempt(() => new X509Certificate(readFileSync(file)))
      // A certificate whose key was lost is of no use either.
      if (key === undefined || certificate?.checkPrivateKey(key) !== true) remove(file)
    }
  }
  for (const name of ['trusted', 'rejected', 'issuers'])
    for (const file of filesOf(join(root, name))) if (statSync(file).size === 0) remove(file)
  return torn
}

/** Syncs every file and folder; a file system that cannot is left as it is. */
export function syncPki(root: string): void {
  const files = filesOf(root)
  const folders = new Set(files.map(file => join(file, '..')))
  for (const path of [...files, ...folders, root]) {
    attempt(() => {
      const opened = openSync(path, 'r')
      try {
        fsyncSync(opened)
      } finally {
        closeSync(opened)
      }
    })
  }
}
