/** The outbox's SQL in one place, and rows as items. */
import type { Db } from './database.ts'
import type { OutboxItem } from './outbox.ts'

export interface Row {
  readonly seq: number
  readonly kind: string
  readonly device: string
  readonly t: number
  readonly count: number
  readonly bytes: number
  readonly image: string | null
  readonly body: string
}

export function toItem(row: Row): OutboxItem {
  const body = JSON.parse(row.body)
  const { seq, kind, device } = row
  // Written by this agent from typed items: trusted.
  return (kind === 'readings' ? { seq, kind, device, body } : { seq, kind, body }) as OutboxItem
}

export function createStatements(db: Db) {
  const number = (sql: string) => {
    const statement = db.prepare(sql).pluck()
    return (...args: (string | number)[]) => (statement.get(...args) as number | null) ?? 0
  }
  const all = <T>(sql: string) => {
    const statement = db.prepare(sql)
    return (...args: (string | number)[]) => statement.all(...args) as T[]
  }
  const bySeq = db.prepare('SELECT * FROM items WHERE seq = ?')
  const images = db.prepare('SELECT image FROM items WHERE seq BETWEEN ? AND ? AND image IS NOT NULL').pluck()
  const size = db.prepare(
    'SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM items WHERE seq BETWEEN ? AND ?',
  )
  return {
    insert: db.prepare('INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    remove: db.prepare('DELETE FROM items WHERE seq = ?'),
    removeBetween: db.prepare('DELETE FROM items WHERE seq BETWEEN ? AND ?'),
    quarantine: db.prepare('INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)'),
    markCapture: db.prepare('INSERT OR REPLACE INTO captures VALUES (?, ?, ?, ?, ?)'),
    lastSeq: number('SELECT max(seq) FROM items'),
    totalBytes: number('SELECT coalesce(sum(bytes), 0) FROM items'),
    count: number('SELECT count(*) FROM items'),
    quarantined: number('SELECT count(*) FROM quarantine'),
    imageUses: number('SELECT count(*) FROM items WHERE image = ?'),
    oldest: all<Row>('SELECT * FROM items ORDER BY seq LIMIT ?'),
    readAfter: all<Row>('SELECT * FROM items WHERE seq > ? ORDER BY seq LIMIT ?'),
    bySeq: (seq: number) => bySeq.get(seq) as Row | undefined,
    imagesBetween: (from: number, to: number) => images.all(from, to) as string[],
    sizeBetween: (from: number, to: number) => size.get(from, to) as { count: number; bytes: number },
  }
}
