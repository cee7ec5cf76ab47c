/** PLC programs of the workshop, every version. */
import type { Migration } from './migration.ts'

export interface PlcProgramTable {
  id: string
  name: string
  version: number
  created_at: number
  /** PlcProgram as JSON. */
  body: string
}

export interface WorkshopTables {
  plc_program: PlcProgramTable
}

export const workshopMigrations: readonly Migration[] = [
  {
    id: 'workshop-1',
    sql: `
      CREATE TABLE plc_program (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, created_at INTEGER NOT NULL, body TEXT NOT NULL,
        UNIQUE (name, version)
      ) STRICT;`,
  },
]
