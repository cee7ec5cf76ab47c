/** Rows of data as a table; also the alternative of every chart. */
import type { ReactNode } from 'react'
import styles from './panels.module.css'
import { type HeadColumn, TableHead } from './TableHead.tsx'

export interface Column<R> extends HeadColumn {
  readonly cell: (row: R) => ReactNode
  /** Short content that is never broken over lines. */
  readonly nowrap?: boolean
}

export interface DataTableProps<R> {
  readonly label: string
  readonly columns: readonly Column<R>[]
  readonly rows: readonly R[]
  readonly rowKey: (row: R, index: number) => string | number
  readonly rowProps?: (row: R) => Record<string, string | undefined>
}

export function DataTable<R>({ label, columns, rows, rowKey, rowProps }: DataTableProps<R>) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <TableHead columns={columns} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={rowKey(row, index)} {...rowProps?.(row)}>
            {columns.map(column => (
              <td key={column.key} data-align={column.align} data-nowrap={column.nowrap}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
