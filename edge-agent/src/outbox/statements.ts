/** The outbox's SQL in one place, and rows as items. */
import type { Db } from './database.ts'
import type { Lane, OutboxItem } from './outbox.ts'

/** A row without its body: what dropping and counting need. */
export interface Head {
  readonly seq: number
  readonly t: number
  readonly count: number
  readonly bytes: number
  readonly image: string | null
}

export interface Row extends Head {
  readonly kind: string
  readonly device: string
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
    const statement = db.pluck(sql)
    return (...args: (string | number)[]) => (statement.get(...args) as number | null) ?? 0
  }
  const all = <T>(sql: string) => {
    const statement = db.prepare(sql)
    return (...args: (string | number)[]) => statement.all(...args) as T[]
  }
  const bySeq = db.prepare('SELECT * FROM items WHERE seq = ?')
  const images = db.pluck('SELECT image FROM items WHERE seq BETWEEN ? AND ? AND image IS NOT NULL')
  const size = db.prepare(
    'SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM items WHERE seq BETWEEN ? AND ?',
  )
  const read: Record<Lane, (after: number, most: number) => Row[]> = {
    values: all<Row>('SELECT * FROM items WHERE seq > ? AND image IS NULL ORDER BY seq LIMIT ?'),
    captures: all<Row>('SELECT * FROM items WHERE seq > ? AND image IS NOT NULL ORDER BY seq LIMIT ?'),
  }
  const any = all<Row>('SELECT * FROM items WHERE seq > ? ORDER BY seq LIMIT ?')
  return {
    insert: db.prepare('INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    remove: db.prepare('DELETE FROM items WHERE seq = ?'),
    removeBetween: db.prepare('DELETE FROM items WHERE seq BETWEEN ? AND ?'),
    quarantine: db.prepare('INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)'),
    trimQuarantine: db.prepare(
      'DELETE FROM quarantine WHERE seq < (SELECT min(seq) FROM (SELECT seq FROM quarantine ORDER BY seq DESC LIMIT ?))',
    ),
    markCapture: db.prepare('INSERT OR REPLACE INTO captures VALUES (?, ?, ?, ?, ?)'),
    lastSeq: number('SELECT max(seq) FROM items'),
    totalBytes: number('SELECT coalesce(sum(bytes), 0) FROM items'),
    count: number('SELECT count(*) FROM items'),
    quarantined: number('SELECT count(*) FROM quarantine'),
    imageUses: number('SELECT count(*) FROM items WHERE image = ?'),
    oldest: all<Head>('SELECT seq, t, count, bytes, image FROM items WHERE seq > ? ORDER BY seq LIMIT ?'),
    readAfter: (after: number, most: number, lane: Lane | undefined) =>
      (lane === undefined ? any : read[lane])(after, most),
    bySeq: (seq: number) => bySeq.get(seq) as Row | undefined,
    imagesBetween: (from: number, to: number) => images.all(from, to) as string[],
    sizeBetween: (from: number, to: number) => size.get(from, to) as { count: number; bytes: number },
  }
}
