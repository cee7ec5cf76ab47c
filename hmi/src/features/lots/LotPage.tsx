/** One lot: verdicts, escape and overkill with their bounds, Pareto, and its report in both languages. */

import { Button, Group } from '@mantine/core'
import type { Rate } from '@millwright/contract'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { BackButton } from '../../components/ui/BackButton.tsx'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { fileUrl } from '../../lib/api.ts'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import styles from './lots.module.css'
import { paretoOf } from './model.ts'
import { ParetoPanel } from './ParetoPanel.tsx'
import { text } from './text.ts'

const FILES = (['pdf', 'html'] as const).flatMap(format => (['zh', 'en'] as const).map(lang => ({ format, lang })))

function RateLine({ name, rate, testId }: { readonly name: string; readonly rate: Rate; readonly testId: string }) {
  const t = useText(text)
  const format = useFormat()
  return (
    <div className={styles.rate} data-testid={testId}>
      <span>{name}</span>
      <b>{rate.rate === null ? '–' : format.percent(rate.rate, 2)}</b>
      <span className={styles.minor}>
        {rate.rate === null
          ? t('noRate')
          : `${t('rateOf', { events: rate.events, of: rate.of })} · ${t('bounds', { confidence: format.percent(rate.confidence, 0), lower: format.percent(rate.lower, 2), upper: format.percent(rate.upper, 2) })}`}
      </span>
    </div>
  )
}

export function LotPage() {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const navigate = useNavigate()
  const { id } = useParams({ strict: false }) as { id: string }
  const report = useRead('reportModel', { params: { id } })
  const summary = report.data?.summary
  const pareto = useMemo(() => (summary === undefined ? [] : paretoOf(summary)), [summary])
  return (
    <>
      <PageTitle title={`${t('lot')} ${id}`}>
        <Group>
          <BackButton to="/lots">{t('back')}</BackButton>
          <Button
            h={44}
            variant="default"
            onClick={() => void navigate({ to: '/inspections', search: { lot: id } as never })}
          >
            {t('openInspections')}
          </Button>
        </Group>
      </PageTitle>
      {report.data === undefined || summary === undefined ? (
        <PanelFrame status={statusOf(report)}>{null}</PanelFrame>
      ) : (
        <div className={styles.grid}>
          <PanelFrame title={t('verdicts')}>
            <div className={styles.counts}>
              {(['captures', 'pass', 'fail', 'review', 'reviewed'] as const).map(key => (
                <div key={key} data-testid={`count-${key}`}>
                  {t(key)}
                  <b>{format.short(summary[key], 0)}</b>
                </div>
              ))}
            </div>
            <div className={styles.minor}>
              {report.data.lot.station} · {format.dayMinute(report.data.lot.from)} –{' '}
              {format.dayMinute(report.data.lot.to)}
              {report.data.lot.order === undefined ? null : ` · ${t('order')} ${report.data.lot.order}`}
            </div>
          </PanelFrame>
          <PanelFrame title={t('rates')}>
            <RateLine name={t('escape')} rate={summary.escape} testId="escape" />
            <RateLine name={t('overkill')} rate={summary.overkill} testId="overkill" />
          </PanelFrame>
          <ParetoPanel rows={pareto} />
          <PanelFrame title={t('report')}>
            <p>{t('reportHint')}</p>
            <Group>
              {FILES.map(({ format: kind, lang }) => (
                <Button
                  key={`${kind}.${lang}`}
                  h={44}
                  variant={kind === 'pdf' ? 'filled' : 'default'}
                  component="a"
                  href={fileUrl('reportFile', { params: { id }, query: { lang, format: kind } })}
                  target="_blank"
                  rel="noopener"
                  data-testid={`report-${kind}-${lang}`}
                >
                  {t(`report.${kind}.${lang}`)}
                </Button>
              ))}
            </Group>
            <ul className={styles.conclusion} aria-label={t('conclusion')}>
              {report.data.conclusion.map((sentence, i) => (
                <li key={i}>{local(sentence)}</li>
              ))}
            </ul>
            <div className={styles.hash}>{t('dataHash', { hash: report.data.dataHash })}</div>
          </PanelFrame>
        </div>
      )}
    </>
  )
}
