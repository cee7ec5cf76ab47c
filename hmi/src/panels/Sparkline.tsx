/** A mini trend without axes: shape only, beside a value that says the rest. */
import type { HistoryPoint, Range } from '@millwright/contract'
import styles from './panels.module.css'
import { badStretches } from './series.ts'
import { sparkPath, sparkRange } from './spark-path.ts'

export interface SparklineProps {
  readonly points: readonly HistoryPoint[]
  readonly from: number
  readonly to: number
  /** Smallest span of the vertical axis, in the tag's unit. */
  readonly least: number
  readonly height?: number
  /** Lines to draw where they fall into view: limits, setpoint. */
  readonly marks?: readonly { readonly value: number; readonly tone: 'limit' | 'setpoint' }[]
  readonly label: string
}

const WIDTH = 300

export function Sparkline({ points, from, to, least, height = 36, marks = [], label }: SparklineProps) {
  const range: Range = sparkRange(points, least) ?? { low: 0, high: 1 }
  const inner = { width: WIDTH, height: height - 6, from, to, range }
  const y = (value: number) => 3 + inner.height - ((value - range.low) / (range.high - range.low || 1)) * inner.height
  const x = (t: number) => ((Math.max(from, t) - from) / (to - from || 1)) * WIDTH
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      height={height}
      role="img"
      aria-label={label}
    >
      {badStretches(points, to).map(stretch => (
        <rect
          key={stretch.from}
          x={x(stretch.from)}
          width={Math.max(1, x(stretch.to) - x(stretch.from))}
          y={0}
          height={height}
          fill="var(--mw-bad-band)"
        />
      ))}
      {marks
        .filter(mark => mark.value >= range.low && mark.value <= range.high)
        .map(mark => (
          <line
            key={`${mark.tone}${mark.value}`}
            x1={0}
            x2={WIDTH}
            y1={y(mark.value)}
            y2={y(mark.value)}
            stroke={mark.tone === 'limit' ? 'var(--mw-line-strong)' : 'var(--mw-setpoint)'}
            strokeDasharray={mark.tone === 'limit' ? '4 3' : '1 0'}
            strokeWidth={1}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      <path
        d={sparkPath(points, inner)}
        transform="translate(0 3)"
        fill="none"
        stroke="var(--mw-ink-2)"
        strokeWidth={1.5}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
