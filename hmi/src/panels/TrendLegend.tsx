/** Names, pens and values under the cursor (or the newest) of a trend's series. */
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useShared } from '../i18n/lang.tsx'
import { useFormat } from '../lib/use-format.ts'
import { drawable, pointAt, type TrendSeries } from './series.ts'
import styles from './trend.module.css'
import { DASHES, PENS } from './use-tokens.ts'

export interface TrendLegendProps {
  readonly series: readonly TrendSeries[]
  readonly cursor: number | undefined
  readonly onRemove?: (key: string) => void
}

export function TrendLegend({ series, cursor, onRemove }: TrendLegendProps) {
  const t = useShared()
  const format = useFormat()
  return (
    <div className={styles.legend}>
      {series.map((item, index) => {
        const point = cursor === undefined ? item.points.at(-1) : pointAt(item.points, cursor)
        const value = point === undefined ? null : drawable(point[1], point[2])
        return (
          <div key={item.key} className={styles.entry}>
            <svg width={28} height={10} aria-hidden="true">
              <line
                x1={0}
                x2={28}
                y1={5}
                y2={5}
                stroke={`var(--mw-${PENS[index % PENS.length]})`}
                strokeWidth={3}
                strokeDasharray={DASHES[index % DASHES.length]?.join(' ')}
              />
            </svg>
            <span>{item.name}</span>
            <b className="mw-number">{value === null ? t('value.none') : format.number(value, item.digits)}</b>
            <span className={styles.unit}>{item.unit}</span>
            {point !== undefined && point[2] !== 'good' ? (
              <span className={styles.quality}>{t(`quality.${point[2]}`)}</span>
            ) : null}
            {onRemove === undefined ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                aria-label={t('dialog.close')}
                onClick={() => onRemove(item.key)}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </div>
        )
      })}
      <div className={`${styles.at} mw-number`}>{cursor === undefined ? null : format.dateTime(cursor)}</div>
    </div>
  )
}
