/** Orders, plans and the shop they are made for. */
import type { Migration } from './migration.ts'

/** One row: everything that planning needs beside the orders. */
export interface ShopTable {
  id: number
  /** Shop as JSON. */
  body: string
  /** Equipment[] as JSON. */
  equipment: string
}

export interface WorkOrderTable {
  id: string
  state: string
  due: number
  /** Order as JSON. */
  body: string
}

export interface PlanTable {
  id: string
  state: string
  created_at: number
  published_at: number | null
  /** Plan as JSON; `state` and `publishedAt` there follow the columns. */
  body: string
  /** Orders that publishing changes, and what they were, as JSON: {after: Order[], before: (Order | null)[]}. */
  orders: string
}

export interface PlanningTables {
  shop: ShopTable
  work_order: WorkOrderTable
  plan: PlanTable
}

export const planningMigrations: readonly Migration[] = [
  {
    id: 'planning-1',
    sql: `
      CREATE TABLE shop (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL, equipment TEXT NOT NULL) STRICT;
      CREATE TABLE work_order (id TEXT PRIMARY KEY, state TEXT NOT NULL, due INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
      CREATE TABLE plan (
        id TEXT PRIMARY KEY, state TEXT NOT NULL, created_at INTEGER NOT NULL, published_at INTEGER,
        body TEXT NOT NULL, orders TEXT NOT NULL
      ) STRICT;
      CREATE INDEX plan_by_state ON plan (state, published_at);`,
  },
]
