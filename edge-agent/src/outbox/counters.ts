/** Named integers that survive restarts: last sequence, time last alive, drops, gaps, Sparkplug's bdSeq. */
import type { Db } from './database.ts'

export interface Counters {
  /** 0 when never set. */
  get(key: string): number
  set(key: string, value: number): void
  add(key: string, by: number): void
}

export function counters(db: Db): Counters {
  const get = db.prepare('SELECT value FROM meta WHERE key = ?').pluck()
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
