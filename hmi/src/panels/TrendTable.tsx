/** A trend as rows, newest first. */
import { useMemo } from 'react'
import { useTwoValued } from '../components/ui/two-valued.ts'
import { useShared } from '../i18n/lang.tsx'
import { useFormat } from '../lib/use-format.ts'
import type { TrendSeries } from './series.ts'
import { DataTable } from './TablePanel.tsx'
import styles from './trend.module.css'

const ROWS = 300

export function TrendTable({ series }: { readonly series: readonly TrendSeries[] }) {
  const t = useShared()
  const twoValued = useTwoValued()
  const format = useFormat()
  const rows = useMemo(
    () =>
      series
        .flatMap(item => item.points.map(([time, value, quality]) => ({ item, time, value, quality })))
        .sort((a, b) => b.time - a.time)
        .slice(0, ROWS),
    [series],
  )
  return (
    <>
      <div className={styles.scroll}>
        <DataTable
          label={t('panel.showTable')}
          rows={rows}
          rowKey={(row, index) => `${row.item.key} ${row.time} ${index}`}
          columns={[
            { key: 'time', head: t('panel.time'), cell: row => format.dateTime(row.time) },
            { key: 'name', head: t('panel.name'), cell: row => row.item.name },
            {
              key: 'value',
              head: t('panel.value'),
              align: 'right',
              cell: row =>
                row.value === null
                  ? t('value.none')
                  : typeof row.value === 'number'
                    ? format.number(row.value, row.item.digits)
                    : typeof row.value === 'boolean'
                      ? twoValued(row.value)
                      : row.value,
            },
            { key: 'unit', head: t('panel.unit'), cell: row => row.item.unit },
            { key: 'quality', head: t('panel.quality'), cell: row => t(`quality.${row.quality}`) },
          ]}
        />
      </div>
      {rows.length === ROWS ? <div>{t('panel.rowsShown', { n: ROWS })}</div> : null}
    </>
  )
}
