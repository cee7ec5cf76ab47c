/**
 * Records: everything transactional but readings, in one SQLite file behind Kysely.
 *
 * To add a subject: put its table types and migrations into `tables/<subject>.ts`, name both here (the `Tables` type and
 * the end of the `migrations` list), and write its queries in one repository file `stores/<subject>.ts`
 * (`createXRecords(db: Records['db'])`). Nothing outside `stores/` imports kysely.
 */
import { chmodSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { type AgentTables, agentMigrations } from './tables/agents.ts'
import type { Migration } from './tables/migration.ts'
import { type PeopleTables, peopleMigrations } from './tables/people.ts'
import { type PlanningTables, planningMigrations } from './tables/planning.ts'
import { type PlantTables, plantMigrations } from './tables/plant.ts'
import { type WorkshopTables, workshopMigrations } from './tables/workshop.ts'

export interface Tables extends PeopleTables, PlantTables, PlanningTables, WorkshopTables, AgentTables {}

/** In the order of their addition: append only. */
export const migrations: readonly Migration[] = [
  ...peopleMigrations,
  ...plantMigrations,
  ...planningMigrations,
  ...workshopMigrations,
  ...agentMigrations,
]

export type RecordsDb = Kysely<Tables>

export interface Records {
  readonly db: RecordsDb
  close(): Promise<void>
}

/**
 * Opens or creates the file (`:memory:` for tests) and brings its schema up to date.
 * A commit is on the disk when it returns (WAL, synchronous EXTRA): confirmations to agents rest on that.
 */
export function openRecords(file: string): Records {
  const sqlite = new Sqlite(file)
  // EXTRA, before WAL: the journal under which a new file becomes a WAL database must not come back after a power cut,
  // which would empty it.
  sqlite.pragma('synchronous = EXTRA')
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('busy_timeout = 5000')
  if (file !== ':memory:') chmodSync(file, 0o600)
  migrate(sqlite, migrations)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) })
  return { db, close: () => db.destroy() }
}

function migrate(sqlite: Sqlite.Database, steps: readonly Migration[]): void {
  sqlite.exec('CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY) STRICT')
  const done = new Set(sqlite.prepare('SELECT id FROM migration').pluck().all() as string[])
  for (const step of steps) {
    if (done.has(step.id)) continue
    sqlite.transaction(() => {
      sqlite.exec(step.sql)
      sqlite.prepare('INSERT INTO migration (id) VALUES (?)').run(step.id)
    })()
  }
}
