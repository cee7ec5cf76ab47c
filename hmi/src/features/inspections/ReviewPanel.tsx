/** Confirm or overturn a verdict; where the machine left it open, say what the part is. */

import { Button, Group, Stack, Textarea } from '@mantine/core'
import type { Inspection } from '@millwright/contract'
import { useState } from 'react'
import { ErrorNote } from '../../components/ui/ErrorNote.tsx'
import { useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { text } from './text.ts'

export function ReviewPanel({
  inspection,
  onReviewed,
}: {
  readonly inspection: Inspection
  readonly onReviewed: () => void
}) {
  const t = useText(text)
  const format = useFormat()
  const may = useMay('reviewInspection')
  const [comment, setComment] = useState('')
  const [again, setAgain] = useState(false)
  const change = useChange('reviewInspection', () => {
    setAgain(false)
    setComment('')
    onReviewed()
  })
  const { review, line } = inspection
  const params = { id: inspection.id }
  const decide = (decision: 'confirm' | 'overturn', truth?: 'good' | 'defective') =>
    change.mutate({ params, body: { decision, comment, ...(truth === undefined ? {} : { truth }) } })
  return (
    <PanelFrame title={t('review')}>
      <Stack gap="sm">
        {review === undefined ? null : (
          <div data-testid="review-state">
            <b>
              {t(`decision.${review.decision}`)} · {t(`truth.${review.truth}`)}
            </b>
            <div>{t('reviewedBy', { name: review.by, time: format.dateTime(review.t) })}</div>
            {review.comment === '' ? null : <div>{review.comment}</div>}
          </div>
        )}
        {!may ? (
          <div>{t('mayNot')}</div>
        ) : review !== undefined && !again ? (
          <Button variant="default" h={44} onClick={() => setAgain(true)}>
            {t('again')}
          </Button>
        ) : (
          <>
            <Textarea
              label={t('comment')}
              value={comment}
              maxLength={1000}
              autosize
              minRows={2}
              onChange={event => setComment(event.currentTarget.value)}
            />
            {line.verdict === 'review' ? (
              <>
                <div>{t('truthQuestion')}</div>
                <Group>
                  <Button h={44} loading={change.isPending} onClick={() => decide('confirm', 'good')}>
                    {t('isGood')}
                  </Button>
                  <Button
                    h={44}
                    variant="default"
                    loading={change.isPending}
                    onClick={() => decide('confirm', 'defective')}
                  >
                    {t('isDefective')}
                  </Button>
                </Group>
              </>
            ) : (
              <Group grow preventGrowOverflow={false} gap="xs">
                <Button h={44} px="xs" loading={change.isPending} onClick={() => decide('confirm')}>
                  {t('confirm')}
                </Button>
                <Button h={44} px="xs" variant="default" loading={change.isPending} onClick={() => decide('overturn')}>
                  {t('overturn')}
                </Button>
              </Group>
            )}
            <ErrorNote error={change.error} />
          </>
        )}
      </Stack>
    </PanelFrame>
  )
}
