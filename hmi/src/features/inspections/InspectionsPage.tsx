/** Inspections as pictures, newest first; those that wait for a person are one click away. */

import { Button, Group, SegmentedControl, Select } from '@mantine/core'
import type { Inspection } from '@millwright/contract'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { VerdictMark } from '../../components/ui/VerdictMark.tsx'
import { useShared, useText } from '../../i18n/lang.tsx'
import { fileUrl } from '../../lib/api.ts'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { useDefectName } from '../../plant/defects/text.ts'
import styles from './inspections.module.css'
import { isJudged, panelOf, queryFor, type Shown } from './model.ts'
import { text } from './text.ts'

const PAGE = 60

function Tile({ inspection }: { readonly inspection: Inspection }) {
  const t = useText(text)
  const defectName = useDefectName()
  const shared = useShared()
  const format = useFormat()
  const { line, review } = inspection
  const worst = isJudged(line) ? line.defects.toSorted((a, b) => b.score - a.score)[0] : undefined
  return (
    <Link
      to="/inspections/$id"
      params={{ id: inspection.id }}
      className={styles.tile}
      data-verdict={line.verdict}
      data-testid="inspection-tile"
      aria-label={t('open', { panel: panelOf(line), verdict: shared(`verdict.${line.verdict}`) })}
    >
      <img
        src={fileUrl('getImage', { params: { id: inspection.sha256 }, query: { width: 320 } })}
        alt=""
        loading="lazy"
        width={320}
        height={180}
      />
      <div className={styles.tileText}>
        <VerdictMark verdict={line.verdict} size={18} />
        <span className={styles.minor}>{format.time(inspection.t)}</span>
      </div>
      <div className={styles.tileText}>
        <span className={styles.name}>{panelOf(line)}</span>
        <span className={styles.minor}>{worst === undefined ? '' : defectName(worst.class)}</span>
      </div>
      {review === undefined ? null : (
        <div className={styles.tileText}>
          <span className={styles.minor}>
            {t(`decision.${review.decision}`)} · {t(`truth.${review.truth}`)}
          </span>
        </div>
      )}
    </Link>
  )
}

export function InspectionsPage() {
  const t = useText(text)
  const shared = useShared()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { lot?: string; shown?: Shown }
  const shown = search.shown ?? 'all'
  const [limit, setLimit] = useState(PAGE)
  const lots = useRead('listLots', { query: { limit: 50 } })
  const inspections = useRead('listInspections', { query: queryFor(shown, search.lot, limit) })
  const go = (next: { lot?: string | undefined; shown?: Shown }) =>
    void navigate({ to: '/inspections', search: { ...search, ...next } as never })
  return (
    <>
      <PageTitle title={search.lot === undefined ? t('title') : `${t('title')} · ${t('lot', { lot: search.lot })}`} />
      <Group mb="md">
        <SegmentedControl
          aria-label={t('filter')}
          value={shown}
          onChange={value => go({ shown: value as Shown })}
          data={[
            { value: 'all', label: t('all') },
            { value: 'fail', label: shared('verdict.fail') },
            { value: 'review', label: shared('verdict.review') },
            { value: 'pass', label: shared('verdict.pass') },
            { value: 'unreviewed', label: t('unreviewed') },
          ]}
        />
        <Select
          aria-label={shared('nav.lots')}
          placeholder={t('allLots')}
          clearable
          searchable
          data={(lots.data ?? []).map(lot => lot.id)}
          value={search.lot ?? null}
          onChange={value => go({ lot: value ?? undefined })}
        />
      </Group>
      <PanelFrame status={statusOf(inspections, data => data.length === 0)}>
        <div className={styles.tiles}>
          {(inspections.data ?? []).map(each => (
            <Tile key={each.id} inspection={each} />
          ))}
        </div>
        {(inspections.data?.length ?? 0) < limit || limit >= 960 ? null : (
          <Button variant="default" mt="md" h={44} onClick={() => setLimit(limit + PAGE)}>
            {t('more')}
          </Button>
        )}
      </PanelFrame>
    </>
  )
}
