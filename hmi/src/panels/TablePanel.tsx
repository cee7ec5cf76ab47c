/** Rows of data as a table; also the alternative of every chart. */
import type { ReactNode } from 'react'
import styles from './panels.module.css'

export interface Column<R> {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: R) => ReactNode
  readonly align?: 'left' | 'right'
  readonly width?: number | string
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
          {columns.map(column => (
            <th
              key={column.key}
              scope="col"
              data-align={column.align}
              style={column.width === undefined ? undefined : { width: column.width }}
            >
              {column.head}
            </th>
          ))}
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
