/** Rows into a table, a vector at a time. */
import { type DuckDBConnection, DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api'

type Cell = number | bigint | string | null

/** What a column holds in each row: read when it is written, so that nothing is held for all rows at once. */
export type Column = (row: number) => Cell

/** DuckDB's vector size. */
const CHUNK = 2048

export const columnOf =
  (cells: readonly Cell[]): Column =>
  row =>
    cells[row] ?? null

export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  types: readonly DuckDBType[],
  rows: number,
  columns: readonly Column[],
): Promise<void> {
  if (rows === 0) return
  const appender = await connection.createAppender(table)
  try {
    for (let at = 0; at < rows; at += CHUNK) {
      const count = Math.min(CHUNK, rows - at)
      const chunk = DuckDBDataChunk.create(types, count)
      for (const [index, column] of columns.entries()) {
        const vector = chunk.getColumnVector(index)
        for (let row = 0; row < count; row += 1) vector.setItem(row, column(at + row))
        vector.flush()
      }
      appender.appendDataChunk(chunk)
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}
