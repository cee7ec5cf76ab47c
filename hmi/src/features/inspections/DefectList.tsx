/** The defects of a capture with their reasons; choosing one shows its place in the image. */
import type { Defect, Reason } from '@millwright/contract'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { useDefectName } from '../../plant/defects/text.ts'
import styles from './inspections.module.css'
import { text } from './text.ts'

export interface DefectListProps {
  readonly defects: readonly Defect[]
  /** Reasons of the verdict as a whole. */
  readonly reasons: readonly Reason[]
  readonly selected: number | undefined
  readonly onSelect: (index: number) => void
}

export function DefectList({ defects, reasons, selected, onSelect }: DefectListProps) {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const defectName = useDefectName()
  return (
    <PanelFrame title={t('defects', { n: defects.length })}>
      {reasons.length === 0 ? null : (
        <ul className={styles.reasons} aria-label={t('reasons')} data-testid="verdict-reasons">
          {reasons.map((reason, i) => (
            <li key={i}>{local(reason.text)}</li>
          ))}
        </ul>
      )}
      {defects.length === 0 ? t('noDefects') : null}
      <ol className={styles.defects}>
        {defects.map(({ class: name, score, bbox, area_px, area_pct, reasons: why }, index) => (
          <li key={index}>
            <button
              type="button"
              className={styles.defect}
              data-selected={index === selected}
              onClick={() => onSelect(index)}
              aria-pressed={index === selected}
              data-testid="defect"
            >
              <b>
                {index + 1}. {defectName(name)}
              </b>
              <span>
                {t('score')} {format.number(score, 2)} · {t('size')} {Math.round(bbox[2])} × {Math.round(bbox[3])} px ·{' '}
                {t('area')} {format.short(area_px, 0)} px ({format.short(area_pct, 3)} %)
              </span>
              {why.map((reason, i) => (
                <span key={i} className={styles.minor}>
                  {local(reason.text)}
                </span>
              ))}
            </button>
          </li>
        ))}
      </ol>
    </PanelFrame>
  )
}
