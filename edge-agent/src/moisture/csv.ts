/** Reads a CSV with a header into a table. Blank cells are missing values. */
import { failed, ok, type Problem, type Result } from '@millwright/contract'
import type { SampleTable } from './table.ts'

export interface CsvTable extends SampleTable {
  /** The time of each row: the cells of the time column, or the row number from 0. */
  readonly time: readonly (number | string)[]
}

const MOST_FAULTS = 20

/** @param wanted columns that must be there; `timeColumn` may hold numbers or ISO times. */
export function parseCsv(
  text: string,
  wanted: readonly string[],
  timeColumn: string | undefined,
  place: string,
): Result<CsvTable, Problem[]> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  while (lines.at(-1) === '') lines.pop()
  const header = (lines[0] ?? '').split(',').map(cell => cell.trim())
  const faults: Problem[] = []
  const fault = (line: number, detail: string) =>
    faults.push({ code: 'MW-0101', place: `${place}:${line}`, values: { detail } })
  for (const name of timeColumn === undefined ? wanted : [...wanted, timeColumn]) {
    if (!header.includes(name)) fault(1, `there is no column "${name}"`)
  }
  if (faults.length > 0) return failed(faults)

  const rows = lines.length - 1
  const columns = Object.fromEntries(wanted.map(name => [name, new Float64Array(rows)]))
  const positions = wanted.map(name => header.indexOf(name))
  const timePosition = timeColumn === undefined ? -1 : header.indexOf(timeColumn)
  const time: (number | string)[] = []
  for (let row = 0; row < rows && faults.length < MOST_FAULTS; row += 1) {
    const cells = lines[row + 1]!.split(',')
    if (cells.length !== header.length) fault(row + 2, `${cells.length} cells where the header has ${header.length}`)
    wanted.forEach((name, i) => {
      const cell = (cells[positions[i]!] ?? '').trim()
      const value = cell === '' ? Number.NaN : Number(cell)
      if (cell !== '' && !Number.isFinite(value))
        fault(row + 2, `"${cell.slice(0, 40)}" in column "${name}" is no number`)
      columns[name]![row] = value
    })
    if (timePosition < 0) {
      time.push(row)
    } else {
      const cell = (cells[timePosition] ?? '').trim()
      if (cell === '' || (!Number.isFinite(Number(cell)) && Number.isNaN(Date.parse(cell))))
        fault(row + 2, `"${cell.slice(0, 40)}" is no time`)
      time.push(Number.isFinite(Number(cell)) ? Number(cell) : cell)
    }
  }
  return faults.length > 0 ? failed(faults) : ok({ rows, columns, time })
}
