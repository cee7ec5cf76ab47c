/** Equally sampled columns; NaN stands for a missing value. Row index is time. */
export interface SampleTable {
  readonly rows: number
  /** One value a row. */
  readonly columns: Readonly<Record<string, Float64Array>>
}

/** Value of a column, or NaN outside the table. */
export function at(table: SampleTable, column: string, row: number): number {
  const values = table.columns[column]
  return values === undefined || row < 0 || row >= table.rows ? Number.NaN : values[row]!
}
