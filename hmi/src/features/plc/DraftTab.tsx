/** From words to a draft, and from further words to a changed draft. */
import { Button, Group, Stack, Textarea } from '@mantine/core'
import type { LocalText } from '@millwright/contract'
import { useState } from 'react'
import { DraftView } from '../../components/plc/DraftView.tsx'
import { type DraftShape, readDraft, readNotes } from '../../components/plc/draft-shape.ts'
import { ErrorNote } from '../../components/ui/ErrorNote.tsx'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { text } from './text.ts'

export interface DraftTabProps {
  readonly draft: DraftShape | undefined
  readonly onDraft: (draft: DraftShape) => void
  readonly onEdit: (draft: DraftShape) => void
}

/** A name for the editor and the file, from the specification's id. */
export const nameOf = (draft: DraftShape): string => draft.specification.id.replaceAll(/\W/g, '_')

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

export function DraftTab({ draft, onDraft, onEdit }: DraftTabProps) {
  const t = useText(text)
  const may = useMay('draftPlc')
  const [request, setRequest] = useState('')
  const local = useLocal()
  const [missed, setMissed] = useState<readonly LocalText[]>()
  const ask = useChange('draftPlc', reply => {
    const read = readDraft((reply as { draft?: unknown } | null)?.draft ?? reply)
    setMissed(read === undefined ? readNotes(reply) : undefined)
    if (read !== undefined) {
      onDraft(read)
      setRequest('')
    }
  })
  const send = (change: boolean) =>
    ask.mutate({ body: { text: request, ...(change && draft !== undefined ? { previous: draft.specification } : {}) } })
  return (
    <Stack>
      <Textarea
        label={t('request')}
        placeholder={t('placeholder')}
        value={request}
        onChange={event => setRequest(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={4000}
        size="md"
      />
      <Group>
        <Button h={44} disabled={!may || request.trim() === ''} loading={ask.isPending} onClick={() => send(false)}>
          {t('draft')}
        </Button>
        <Button
          h={44}
          variant="default"
          disabled={!may || request.trim() === '' || draft === undefined}
          loading={ask.isPending}
          onClick={() => send(true)}
        >
          {t('change')}
        </Button>
        {draft === undefined ? null : (
          <Button h={44} variant="default" onClick={() => onEdit(draft)}>
            {t('toEditor')}
          </Button>
        )}
      </Group>
      {may ? null : <div>{t('draftRoles')}</div>}
      <div role="status">
        {ask.isPending ? t('drafting') : missed?.length === 0 ? t('notUnderstood') : null}
        {ask.isPending
          ? null
          : (missed ?? draft?.notes ?? []).map((note, i) => <div key={i}>{sentence(local(note))}</div>)}
      </div>
      <ErrorNote error={ask.error} />
      {draft === undefined ? null : <DraftView draft={draft} name={nameOf(draft)} />}
    </Stack>
  )
}
