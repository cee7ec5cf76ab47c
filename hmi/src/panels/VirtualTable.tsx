/** A table of thousands of rows of one height: only those near the view are in the document. */
import { type ComponentType, useLayoutEffect, useRef, useState } from 'react'
import styles from './panels.module.css'
import { type HeadColumn, TableHead } from './TableHead.tsx'
import virtual from './virtual-table.module.css'
import { type RowWindow, windowOf } from './window-rows.ts'

export interface VirtualTableProps<R> {
  readonly label: string
  readonly columns: readonly HeadColumn[]
  readonly rows: readonly R[]
  readonly rowKey: (row: R) => string
  /** The cells of a row: as many `td` as there are columns. */
  readonly cells: ComponentType<{ readonly row: R }>
}

/** px; rows are never higher: what does not fit is cut off with an ellipsis. */
const ROW_HEIGHT = 40

/** More than are ever drawn at once. */
const SLOTS = 256

const same = (a: RowWindow, b: RowWindow) => a.from === b.from && a.to === b.to

export function VirtualTable<R>({ label, columns, rows, rowKey, cells: Cells }: VirtualTableProps<R>) {
  const box = useRef<HTMLElement>(null)
  const [shown, setShown] = useState<RowWindow>({ from: 0, to: 40 })
  const measure = () => {
    const element = box.current
    if (element === null) return
    const next = windowOf(element.scrollTop, element.clientHeight, ROW_HEIGHT, rows.length)
    setShown(before => (same(before, next) ? before : next))
  }
  useLayoutEffect(() => {
    measure()
    const observer = new ResizeObserver(measure)
    if (box.current !== null) observer.observe(box.current)
    return () => observer.disconnect()
    // A new list is measured anew.
  }, [rows])
  const to = Math.min(shown.to, rows.length)
  const from = Math.min(shown.from, to)
  const spacer = (count: number) =>
    count === 0 ? null : (
      <tr aria-hidden>
        <td colSpan={columns.length} className={virtual.spacer} style={{ height: count * ROW_HEIGHT }} />
      </tr>
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard too.
    <section ref={box} className={virtual.box} onScroll={measure} tabIndex={0} aria-label={label}>
      <table className={`${styles.table} ${virtual.table}`} aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <TableHead columns={columns} />
          </tr>
        </thead>
        <tbody>
          {spacer(from)}
          {rows.slice(from, to).map((row, index) => (
            // A row that leaves the view lends its elements to one that comes: keys go round.
            <tr key={(from + index) % SLOTS} data-row={rowKey(row)} aria-rowindex={from + index + 2}>
              <Cells row={row} />
            </tr>
          ))}
          {spacer(rows.length - to)}
        </tbody>
      </table>
    </section>
  )
}
