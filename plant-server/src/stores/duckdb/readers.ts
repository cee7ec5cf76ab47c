/** Connections that read: a few, each lent to one read at a time, so that a long one holds up neither writer nor readers. */
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api'

export type Rows = (sql: string) => Promise<DuckDBValue[][]>

export interface Readers {
  /** Everything `work` reads is of one moment. */
  read<T>(work: (rows: Rows) => Promise<T>): Promise<T>
  /** Each query of `work` is of its own moment: quicker, for what need not agree to the last value. */
  readLoosely<T>(work: (rows: Rows) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export async function createReaders(instance: DuckDBInstance, count: number): Promise<Readers> {
  const all: DuckDBConnection[] = []
  for (let i = 0; i < count; i += 1) all.push(await instance.connect())
  const idle = [...all]
  const waiting: ((connection: DuckDBConnection) => void)[] = []
  const borrow = async () => idle.pop() ?? new Promise<DuckDBConnection>(resolve => waiting.push(resolve))
  const giveBack = (connection: DuckDBConnection) => {
    const next = waiting.shift()
    if (next === undefined) idle.push(connection)
    else next(connection)
  }
  const lend = async <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
    const connection = await borrow()
    try {
      return await work(connection)
    } finally {
      giveBack(connection)
    }
  }
  const rowsOf =
    (connection: DuckDBConnection): Rows =>
    async sql =>
      (await connection.runAndReadAll(sql)).getRows() as DuckDBValue[][]
  return {
    read: work =>
      lend(async connection => {
        await connection.run('BEGIN TRANSACTION READ ONLY')
        try {
          return await work(rowsOf(connection))
        } finally {
          await connection.run('COMMIT').catch(() => connection.run('ROLLBACK').catch(() => undefined))
        }
      }),
    readLoosely: work => lend(connection => work(rowsOf(connection))),
    async close() {
      for (let i = 0; i < count; i += 1) await borrow()
      for (const connection of all) connection.closeSync()
    },
  }
}
