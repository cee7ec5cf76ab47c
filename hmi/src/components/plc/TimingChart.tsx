/** Signals over simulated time, one lane each. */
import { useMemo } from 'react'
import { useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import type { DraftShape } from './draft-shape.ts'
import styles from './plc.module.css'
import { text } from './text.ts'
import { laneOf } from './timing.ts'

const WIDTH = 1000
const LANE = 26

export function TimingChart({ chart }: { readonly chart: DraftShape['chart'] }) {
  const t = useText(text)
  const format = useFormat()
  const lanes = useMemo(
    () => Object.entries(chart.signals).map(([name, samples]) => laneOf(name, chart.t_ms, samples, WIDTH, LANE)),
    [chart],
  )
  const first = chart.t_ms[0] ?? 0
  const seconds = ((chart.t_ms.at(-1) ?? 0) - first) / 1000
  const marks = [0, 0.25, 0.5, 0.75, 1]
  return (
    <div
      className={styles.timing}
      role="img"
      aria-label={t('chartSummary', { n: lanes.length, seconds: format.short(seconds, 1) })}
      data-testid="timing-chart"
    >
      {lanes.map(lane => (
        <div key={lane.name} className={styles.lane}>
          <span className={styles.laneName} title={lane.name}>
            {lane.name}
          </span>
          <svg
            viewBox={`0 -2 ${WIDTH} ${LANE + 4}`}
            preserveAspectRatio="none"
            className={styles.laneSvg}
            data-digital={lane.digital}
            aria-hidden="true"
          >
            <path d={lane.path} vectorEffect="non-scaling-stroke" />
          </svg>
          <span className={styles.laneScale}>
            {lane.digital ? `${t('off')}/${t('on')}` : `${format.short(lane.low)} … ${format.short(lane.high)}`}
          </span>
        </div>
      ))}
      <div className={styles.lane}>
        <span className={styles.laneName}>{t('time')}</span>
        <span className={styles.marks}>
          {marks.map(share => (
            <span key={share}>{format.short(share * seconds, 1)}</span>
          ))}
        </span>
        <span className={styles.laneScale} />
      </div>
    </div>
  )
}
