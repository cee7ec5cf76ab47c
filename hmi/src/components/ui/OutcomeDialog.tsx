/** What became of a command, until it is read. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useShared } from '../../i18n/lang.tsx'
import { OutcomeNote, type OutcomeNoteProps } from './OutcomeNote.tsx'

interface OutcomeDialogProps extends OutcomeNoteProps {
  readonly title: string
  readonly onClose: () => void
}

export function OutcomeDialog({ title, onClose, ...note }: OutcomeDialogProps) {
  const shared = useShared()
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': shared('dialog.close') }}>
      <Stack>
        <OutcomeNote {...note} />
        <Group justify="flex-end">
          <Button h={44} onClick={onClose}>
            {shared('dialog.close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
