/**
 * The agent's one database file: outbox, quarantine, captures done, commands seen, alarms that stand, a few counters. A
 * damaged file is put aside, also while the agent runs: statements prepared here follow to the fresh one.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '@millwright/contract'
import Database from 'better-sqlite3'
import { salvage } from './salvage.ts'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS items (
  seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, device TEXT NOT NULL, t INTEGER NOT NULL,
  count INTEGER NOT NULL, bytes INTEGER NOT NULL, image TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS items_image ON items (image) WHERE image IS NOT NULL;
CREATE INDEX IF NOT EXISTS items_captures ON items (seq) WHERE image IS NOT NULL;
CREATE TABLE IF NOT EXISTS quarantine (
  seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, t INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS captures (
  source TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (source, name, size, modified)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commands (id TEXT PRIMARY KEY, t INTEGER NOT NULL, answered INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alarms (alarm TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`
/** A larger file is not read through at the start: its damage shows when it is met, and is dealt with then. */
const CHECKED_BYTES = 256 * 2 ** 20

type Value = number | string | null

export interface Statement {
  run(...values: Value[]): { readonly changes: number }
  get(...values: Value[]): unknown
  all(...values: Value[]): unknown[]
}

export interface Aside {
  /** Where the damaged file lies now. */
  readonly file: string
  /** Items that could still be read and stand in the fresh one. */
  readonly salvaged: number
}

export interface Db {
  /** Rows as objects. */
  prepare(sql: string): Statement
  /** The first column alone. */
  pluck(sql: string): Statement
  /** All or nothing; durable when it returns. */
  transaction<T>(work: () => T): T
  pragma(text: string): number
  /** Puts the file aside as damaged and goes on with a fresh one, holding what could still be read. */
  putAside(now: number): Aside
  /** False where a put-aside could not make its fresh file: to be tried again. */
  isOpen(): boolean
  close(): void
}

export const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '')
/** The file is no whole database any more: trying again cannot help. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))

function openFile(file: string): Database.Database {
  const db = new Database(file, { timeout: 0 })
  try {
    // Held until the process ends, by whatever means: a second agent on this folder is refused.
    db.pragma('locking_mode = EXCLUSIVE')
    // Each commit waits for the disk; group commit keeps that affordable. EXTRA, before WAL: the journal under which a new
    // file becomes a WAL database must not come back after a power cut, which would empty it.
    db.pragma('synchronous = EXTRA')
    db.pragma('journal_mode = WAL')
    db.exec(SCHEMA)
    const small = statSync(file).size <= CHECKED_BYTES
    if (small && db.pragma('quick_check', { simple: true }) !== 'ok')
      throw Object.assign(new Error('the database is damaged'), { code: 'SQLITE_CORRUPT' })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function moveAside(file: string, now: number): string {
  const damaged = `${file}.damaged-${now}`
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, damaged + suffix)
  return damaged
}

function following(file: string, first: Database.Database): Db {
  let db = first
  let aside = file
  const handle = (sql: string, plucked: boolean): Statement => {
    let owner: Database.Database | undefined
    let prepared: Database.Statement
    const current = () => {
      if (owner !== db) {
        prepared = plucked ? db.prepare(sql).pluck() : db.prepare(sql)
        owner = db
      }
      return prepared
    }
    return {
      run: (...values) => current().run(...values),
      get: (...values) => current().get(...values),
      all: (...values) => current().all(...values),
    }
  }
  return {
    prepare: sql => handle(sql, false),
    pluck: sql => handle(sql, true),
    transaction<T>(work: () => T): T {
      db.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (error) {
        // SQLite has rolled back by itself where the disk failed.
        if (db.inTransaction) db.exec('ROLLBACK')
        throw error
      }
    },
    pragma: text => Number(db.pragma(text, { simple: true })),
    putAside(now) {
      if (db.open) {
        db.close()
        aside = moveAside(file, now)
      }
      db = openFile(file)
      return { file: aside, salvaged: salvage(aside, db) }
    },
    isOpen: () => db.open,
    close: () => db.close(),
  }
}

export interface OpenedDatabase {
  readonly db: Db
  /** A damaged database was found: what could not be read of it is lost, which is told. */
  readonly damaged?: Aside
}

/** Opens `folder/edge.sqlite`. Throws MW-0105 when another process holds it, MW-1010 when it cannot be written. */
export function openDatabase(folder: string, now: number): OpenedDatabase {
  const file = join(folder, 'edge.sqlite')
  const pidFile = join(folder, 'agent.pid')
  try {
    mkdirSync(folder, { recursive: true })
    let opened: OpenedDatabase
    try {
      opened = { db: following(file, openFile(file)) }
    } catch (error) {
      if (!isDamage(error)) throw error
      const aside = moveAside(file, now)
      const fresh = openFile(file)
      opened = { db: following(file, fresh), damaged: { file: aside, salvaged: salvage(aside, fresh) } }
    }
    try {
      writeFileSync(pidFile, String(process.pid))
    } catch {
      // A full disk: only the name of the holder would be missing from a refusal.
    }
    return opened
  } catch (error) {
    if (codeOf(error).startsWith('SQLITE_BUSY')) {
      const pid = existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : '?'
      throw new ProblemError({ code: 'MW-0105', place: folder, values: { pid } })
    }
    const detail = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'MW-1010', place: folder, values: { detail } }, { cause: error })
  }
}
