/** Who may connect as an edge agent: adds one and shows its code once, or takes the right away. */
import { Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import type { EnrolmentCode } from '@millwright/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useShared, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { text } from './text.ts'

const ID = /^[a-z0-9][a-z0-9_-]{0,63}$/

function useRefresh() {
  const cache = useQueryClient()
  return () => {
    void cache.invalidateQueries({ queryKey: ['listAgents'] })
    void cache.invalidateQueries({ queryKey: ['listAudit'] })
  }
}

export function AddAgentDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText(text)
  const refresh = useRefresh()
  const [agent, setAgent] = useState('')
  const add = useChange('addAgent', refresh)
  if (add.data !== undefined) return <CodeShown code={add.data} onClose={onClose} />
  return (
    <ReasonDialog
      title={t('agent.add')}
      confirm={t('agent.add')}
      onClose={onClose}
      pending={add.isPending}
      error={add.error}
      ready={ID.test(agent)}
      onConfirm={reason => add.mutate({ body: { agent, reason } })}
    >
      <TextInput
        label={t('agent.id')}
        description={t('agent.idRule')}
        size="md"
        value={agent}
        onChange={event => setAgent(event.currentTarget.value)}
        data-autofocus
      />
    </ReasonDialog>
  )
}

function CodeShown({ code, onClose }: { readonly code: EnrolmentCode; readonly onClose: () => void }) {
  const t = useText(text)
  const shared = useShared()
  const format = useFormat()
  const command = `npx mw-edge enrol CONFIG --code ${code.code}`
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('agent.code', { agent: code.agent })}
      closeButtonProps={{ 'aria-label': shared('dialog.close') }}
    >
      <Stack gap="md">
        <Code block fz="xl" data-enrolment-code>
          {code.code}
        </Code>
        <Text>{t('agent.codeUse', { command, until: format.dateTime(code.expiresAt) })}</Text>
        <Group justify="flex-end">
          <Button h={44} onClick={onClose} data-autofocus>
            {t('agent.close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

export function RevokeAgentDialog({ agent, onClose }: { readonly agent: string; readonly onClose: () => void }) {
  const t = useText(text)
  const refresh = useRefresh()
  const revoke = useChange('revokeAgent', () => {
    refresh()
    onClose()
  })
  return (
    <ReasonDialog
      title={t('agent.revokeOne', { agent })}
      confirm={t('agent.revoke')}
      onClose={onClose}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={reason => revoke.mutate({ params: { id: agent }, body: { reason } })}
    >
      <Text>{t('agent.revokeSays', { agent })}</Text>
    </ReasonDialog>
  )
}
