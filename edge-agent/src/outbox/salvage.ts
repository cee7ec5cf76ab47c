/** What a damaged database still gives: its rows from both ends, up to where reading fails. */
import Database from 'better-sqlite3'

const TABLES = [
  { name: 'items', key: 'seq', columns: 8 },
  { name: 'quarantine', key: 'seq', columns: 6 },
  { name: 'captures', key: 'source, name, size, modified', columns: 5 },
  { name: 'commands', key: 'id', columns: 3 },
  { name: 'alarms', key: 'alarm', columns: 2 },
  { name: 'meta', key: 'key', columns: 2 },
] as const

/** Copies what can be read of `file` into `fresh`; gives the number of outbox items. Never throws. */
export function salvage(file: string, fresh: Database.Database): number {
  let damaged: Database.Database | undefined
  let items = 0
  try {
    damaged = new Database(file, { fileMustExist: true })
    // Whoever wrote it may have died with a log beside it: read too.
    damaged.pragma('locking_mode = EXCLUSIVE')
    for (const table of TABLES) {
      const copied = copy(damaged, fresh, table)
      if (table.name === 'items') items = copied
    }
  } catch {
    // Nothing that SQLite knows as a database.
  } finally {
    damaged?.close()
  }
  return items
}

function copy(from: Database.Database, to: Database.Database, { name, key, columns }: (typeof TABLES)[number]): number {
  let copied = 0
  const put = to.prepare(`INSERT OR IGNORE INTO ${name} VALUES (${Array(columns).fill('?').join(', ')})`)
  const backwards = key
    .split(', ')
    .map(column => `${column} DESC`)
    .join(', ')
  to.exec('BEGIN IMMEDIATE')
  for (const order of [key, backwards]) {
    try {
      const rows = from.prepare(`SELECT * FROM ${name} ORDER BY ${order}`).raw(true).iterate() as Iterable<unknown[]>
      for (const row of rows) copied += isWhole(name, row) ? put.run(...row).changes : 0
      break
    } catch {
      // The other end may reach what lies behind the damage.
    }
  }
  to.exec('COMMIT')
  return copied
}

/** A torn page may give rows of nonsense: an item whose body is no JSON is none. */
function isWhole(table: string, row: readonly unknown[]): boolean {
  if (table !== 'items') return true
  try {
    JSON.parse(String(row[7]))
    return Number.isSafeInteger(row[0])
  } catch {
    return false
  }
}
