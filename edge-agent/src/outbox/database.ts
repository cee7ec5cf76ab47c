/** The agent's one database file: outbox, quarantine, captures done, commands seen, alarms that stand, a few counters. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '@millwright/contract'
import Database from 'better-sqlite3'

export type Db = Database.Database

const SCHEMA = `
CREATE TABLE IF NOT EXISTS items (
  seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, device TEXT NOT NULL, t INTEGER NOT NULL,
  count INTEGER NOT NULL, bytes INTEGER NOT NULL, image TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS items_image ON items (image) WHERE image IS NOT NULL;
CREATE TABLE IF NOT EXISTS quarantine (
  seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, t INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS captures (
  source TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (source, name, size, modified)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commands (id TEXT PRIMARY KEY, t INTEGER NOT NULL, answered INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alarms (alarm TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`

function open(file: string): Db {
  const db = new Database(file, { timeout: 0 })
  try {
    // Held until the process ends, by whatever means: a second agent on this folder is refused.
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    // Each commit waits for the disk; group commit keeps that affordable.
    db.pragma('synchronous = FULL')
    db.exec(SCHEMA)
    if (db.pragma('quick_check', { simple: true }) !== 'ok')
      throw Object.assign(new Error(), { code: 'SQLITE_CORRUPT' })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '')

export interface OpenedDatabase {
  readonly db: Db
  /** Where a damaged database was put aside: its items are lost, which is counted as one gap and told. */
  readonly damaged?: string
}

/** Opens `folder/edge.sqlite`. Throws MW-0105 when another process holds it, MW-1010 when it cannot be written. */
export function openDatabase(folder: string, now: number): OpenedDatabase {
  const file = join(folder, 'edge.sqlite')
  const pidFile = join(folder, 'agent.pid')
  try {
    mkdirSync(folder, { recursive: true })
    const damaged = `${file}.damaged-${now}`
    let db: Db
    let moved = false
    try {
      db = open(file)
    } catch (error) {
      if (!['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(codeOf(error))) throw error
      for (const suffix of ['', '-wal', '-shm'])
        if (existsSync(file + suffix)) renameSync(file + suffix, damaged + suffix)
      db = open(file)
      moved = true
    }
    writeFileSync(pidFile, String(process.pid))
    return moved ? { db, damaged } : { db }
  } catch (error) {
    if (codeOf(error).startsWith('SQLITE_BUSY')) {
      const pid = existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : '?'
      throw new ProblemError({ code: 'MW-0105', place: folder, values: { pid } })
    }
    const detail = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'MW-1010', place: folder, values: { detail } }, { cause: error })
  }
}
