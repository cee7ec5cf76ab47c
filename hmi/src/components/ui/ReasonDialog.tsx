/** A dialog for everything that changes the plant: what will happen, and the reason that the audit record keeps. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useShared } from '../../i18n/lang.tsx'
import { ErrorNote } from './ErrorNote.tsx'

export interface ReasonDialogProps {
  readonly title: string
  readonly confirm: string
  readonly onClose: () => void
  readonly onConfirm: (reason: string) => void
  readonly pending: boolean
  readonly error?: unknown
  /** False while the rest of the form is not complete. */
  readonly ready?: boolean
  /** Reason that stands in the field at first. */
  readonly suggested?: string
  readonly children?: ReactNode
}

export function ReasonDialog(props: ReasonDialogProps) {
  const { title, confirm, onClose, onConfirm, pending, error, ready = true, suggested = '', children } = props
  const t = useShared()
  const [reason, setReason] = useState(suggested)
  const [asked, setAsked] = useState(false)
  const missing = reason.trim() === ''
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('dialog.close') }}>
      <form
        onSubmit={event => {
          event.preventDefault()
          setAsked(true)
          if (!missing && ready && !pending) onConfirm(reason.trim())
        }}
      >
        <Stack gap="md">
          {children}
          <TextInput
            label={t('dialog.reason')}
            description={t('dialog.reasonHint')}
            size="md"
            maxLength={500}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            error={asked && missing ? t('dialog.reasonNeeded') : undefined}
            data-autofocus={children === undefined ? true : undefined}
          />
          <ErrorNote error={error} />
          <Group justify="flex-end">
            <Button variant="default" h={44} onClick={onClose}>
              {t('dialog.cancel')}
            </Button>
            <Button type="submit" h={44} loading={pending} disabled={!ready}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
