/** Readings as a file beside the historian's own, written on a connection of its own. */
import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DuckDBInstance } from '@duckdb/node-api'
import type { Exported, ExportRequest } from '../readings.ts'
import { exportQuery } from './reads.ts'

const OPTIONS = { parquet: '(FORMAT parquet, COMPRESSION zstd)', csv: '(FORMAT csv, HEADER)' }

export const exportFolder = (file: string) => join(dirname(file), 'exports')

export async function exportTo(
  instance: DuckDBInstance,
  file: string,
  ids: readonly number[],
  { from, to, format }: ExportRequest,
): Promise<Exported> {
  const folder = exportFolder(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${randomUUID()}.${format}`)
  const remove = () => rm(path, { force: true })
  const connection = await instance.connect()
  try {
    // No tag is number 0: a file with its head and no rows.
    const query = exportQuery(ids.length === 0 ? [0] : ids, from, to, format)
    const { rowsChanged } = await connection.run(
      `COPY (${query}) TO '${path.replaceAll("'", "''")}' ${OPTIONS[format]}`,
    )
    return { path, rows: rowsChanged, bytes: (await stat(path)).size, remove }
  } catch (error) {
    await remove()
    throw error
  } finally {
    connection.closeSync()
  }
}
