/** One inspection: the image with its defects, why the verdict is what it is, and the review. */

import { Button, Group, Stack } from '@mantine/core'
import type { Inspection } from '@millwright/contract'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { BackButton } from '../../components/ui/BackButton.tsx'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { TextLink } from '../../components/ui/TextLink.tsx'
import { VerdictMark } from '../../components/ui/VerdictMark.tsx'
import { useText } from '../../i18n/lang.tsx'
import { fileUrl } from '../../lib/api.ts'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DefectList } from './DefectList.tsx'
import { ImageView } from './ImageView.tsx'
import styles from './inspections.module.css'
import { isJudged, neighbours, panelOf, type View, viewOf } from './model.ts'
import { ReviewPanel } from './ReviewPanel.tsx'
import { text } from './text.ts'

function Loaded({ inspection }: { readonly inspection: Inspection }) {
  const t = useText(text)
  const format = useFormat()
  const navigate = useNavigate()
  const { line } = inspection
  const size = isJudged(line) ? { width: line.width, height: line.height } : { width: 1920, height: 1080 }
  const [view, setView] = useState<View>({ x: 0, y: 0, ...size })
  const [selected, setSelected] = useState<number>()
  const list = useRead('listInspections', { query: { limit: 200, lot: inspection.lot } })
  const { newer, older } = neighbours(list.data ?? [], inspection.id)
  const open = (id: string | undefined) => {
    if (id !== undefined) void navigate({ to: '/inspections/$id', params: { id } })
  }
  const select = (index: number) => {
    setSelected(index)
    const defect = line.defects[index]
    if (defect !== undefined) setView(viewOf(defect.bbox, size.width, size.height))
  }
  return (
    <>
      <PageTitle title={`${panelOf(line)}${isJudged(line) ? ` · ${t(`pattern.${line.pattern}`)}` : ''}`}>
        <Group>
          <span className={styles.verdict} data-testid="verdict" data-verdict={line.verdict}>
            <VerdictMark verdict={line.verdict} size={24} />
          </span>
          <BackButton to="/inspections" search={{ lot: inspection.lot } as never}>
            {t('back')}
          </BackButton>
          <Button h={44} variant="default" disabled={newer === undefined} onClick={() => open(newer)}>
            {t('previous')}
          </Button>
          <Button h={44} variant="default" disabled={older === undefined} onClick={() => open(older)}>
            {t('next')}
          </Button>
        </Group>
      </PageTitle>
      <div className={styles.page}>
        <PanelFrame>
          <ImageView
            src={fileUrl('getImage', { params: { id: inspection.sha256 }, query: {} })}
            preview={fileUrl('getImage', { params: { id: inspection.sha256 }, query: { width: 320 } })}
            name={line.image}
            {...size}
            defects={line.defects}
            selected={selected}
            onSelect={select}
            view={view}
            onView={setView}
          />
        </PanelFrame>
        <Stack gap="md">
          {isJudged(line) ? (
            <DefectList defects={line.defects} reasons={line.reasons} selected={selected} onSelect={select} />
          ) : (
            <PanelFrame title={t('error')}>
              {line.error.code} {line.error.message}
            </PanelFrame>
          )}
          <ReviewPanel inspection={inspection} onReviewed={() => void list.refetch()} />
          <PanelFrame title={t('facts')}>
            <dl className={styles.factList}>
              <dt>{t('time')}</dt>
              <dd>{format.dateTime(inspection.t)}</dd>
              <dt>{t('station')}</dt>
              <dd>{inspection.station}</dd>
              <dt>{t('lot', { lot: '' })}</dt>
              <dd>
                <TextLink to="/lots/$id" params={{ id: inspection.lot }}>
                  {inspection.lot}
                </TextLink>
              </dd>
              <dt>{t('file')}</dt>
              <dd>{line.image}</dd>
              {isJudged(line) ? (
                <>
                  <dt>{t('model')}</dt>
                  <dd>{line.model}</dd>
                  <dt>{t('recipe')}</dt>
                  <dd>{line.recipe}</dd>
                  <dt>{t('elapsed')}</dt>
                  <dd>{format.short(line.ms.total, 0)} ms</dd>
                </>
              ) : null}
            </dl>
          </PanelFrame>
        </Stack>
      </div>
    </>
  )
}

export function InspectionPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const inspection = useRead('getInspection', { params: { id } })
  const t = useText(text)
  if (inspection.data === undefined)
    return (
      <>
        <PageTitle title={t('one')}>
          <BackButton to="/inspections">{t('back')}</BackButton>
        </PageTitle>
        <PanelFrame status={statusOf(inspection)}>{null}</PanelFrame>
      </>
    )
  return <Loaded key={inspection.data.id} inspection={inspection.data} />
}
