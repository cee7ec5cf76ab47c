/** Named integers that survive restarts: last sequence, time last alive, drops, gaps, Sparkplug's bdSeq. */
import type { Db } from './database.ts'

export interface Counters {
  /** 0 when never set. */
  get(key: string): number
  set(key: string, value: number): void
  add(key: string, by: number): void
}

export function counters(db: Db): Counters {
  const get = db.pluck('SELECT value FROM meta WHERE key = ?')
  const set = db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const add = db.prepare(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = value + excluded.value',
  )
  return {
    get: key => (get.get(key) as number | undefined) ?? 0,
    set: (key, value) => void set.run(key, value),
    add: (key, by) => void add.run(key, by),
  }
}

/**
 * Counters for those who must go on while the disk cannot be written: what it refuses is kept in memory and written with
 * the next change. A kill in between loses such a change.
 */
export function patientCounters(db: Db): Counters {
  const strict = counters(db)
  const unwritten = new Map<string, number>()
  const get = (key: string) => {
    const kept = unwritten.get(key)
    if (kept !== undefined) return kept
    try {
      return strict.get(key)
    } catch {
      // A damaged file: the outbox puts it aside at its next commit.
      return 0
    }
  }
  const set = (key: string, value: number) => {
    unwritten.set(key, value)
    try {
      for (const [name, kept] of unwritten) strict.set(name, kept)
      unwritten.clear()
    } catch {
      // Kept until the next change.
    }
  }
  return { get, set, add: (key, by) => set(key, get(key) + by) }
}
