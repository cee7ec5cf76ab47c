import type { ReactNode } from 'react'

export interface HeadColumn {
  readonly key: string
  readonly head: ReactNode
  readonly align?: 'left' | 'right'
  readonly width?: number | string
}

/** The heading cells of a table, one a column. */
export const TableHead = ({ columns }: { readonly columns: readonly HeadColumn[] }) =>
  columns.map(column => (
    <th
      key={column.key}
      scope="col"
      data-align={column.align}
      style={column.width === undefined ? undefined : { width: column.width }}
    >
      {column.head}
    </th>
  ))
