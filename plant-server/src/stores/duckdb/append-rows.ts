/** Columns into a table, a vector at a time. */
import { type DuckDBConnection, DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api'

export type Column = readonly (number | bigint | string | null)[]

/** DuckDB's vector size. */
const CHUNK = 2048

export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  types: readonly DuckDBType[],
  columns: readonly Column[],
): Promise<void> {
  const rows = columns[0]?.length ?? 0
  if (rows === 0) return
  const appender = await connection.createAppender(table)
  try {
    for (let at = 0; at < rows; at += CHUNK) {
      const chunk = DuckDBDataChunk.create(types, Math.min(CHUNK, rows - at))
      chunk.setColumns(columns.map(column => column.slice(at, at + CHUNK)))
      appender.appendDataChunk(chunk)
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}
