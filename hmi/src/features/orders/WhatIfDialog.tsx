/** Asks the solver: what if a machine is down, or an order is urgent? The answer is a verified candidate with its difference. */

import { Button, Group, Modal, NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import type { ActionProposal, Equipment, OrderStatus, WhatIf } from '@millwright/contract'
import { useState } from 'react'
import { ActionProposalCard } from '../../components/proposals/ActionProposalCard.tsx'
import { ErrorNote } from '../../components/ui/ErrorNote.tsx'
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { fromLocalField, toLocalField } from '../../lib/format.ts'
import { useChange } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { useNow } from '../../live/use-now.ts'
import { text } from './text.ts'

type Kind = WhatIf['kind']

export interface WhatIfDialogProps {
  readonly equipment: readonly Equipment[]
  readonly orders: readonly OrderStatus[]
  readonly onClose: () => void
}

export function WhatIfDialog({ equipment, orders, onClose }: WhatIfDialogProps) {
  const t = useText(text)
  const shared = useShared()
  const local = useLocal()
  const format = useFormat()
  const now = useNow(60_000)
  const [kind, setKind] = useState<Kind>('machine_down')
  const [machine, setMachine] = useState<string | null>(null)
  const [hours, setHours] = useState(4)
  const [order, setOrder] = useState<string | null>(null)
  const [due, setDue] = useState('')
  const [seconds, setSeconds] = useState(3)
  const [proposal, setProposal] = useState<ActionProposal>()
  const ask = useChange('whatIf', reply => setProposal(reply.proposal))

  const units = equipment.filter(each => each.level === 'work_unit')
  const change = (): WhatIf | undefined => {
    if (kind === 'replan') return { kind }
    if (kind === 'machine_down') return machine === null ? undefined : { kind, equipment: machine, from: now, hours }
    const by = due === '' ? undefined : fromLocalField(format, due)
    return order === null ? undefined : { kind, order, ...(by === undefined ? {} : { due: by }) }
  }
  const asked = change()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('whatIf')}
      size="xl"
      closeButtonProps={{ 'aria-label': shared('dialog.close') }}
    >
      <Stack>
        <SegmentedControl
          aria-label={t('change')}
          value={kind}
          onChange={value => setKind(value as Kind)}
          data={(['machine_down', 'rush_order', 'replan'] as const).map(value => ({
            value,
            label: t(`change.${value}`),
          }))}
        />
        {kind === 'machine_down' ? (
          <Group grow align="end">
            <Select
              label={t('equipment')}
              data={units.map(each => ({ value: each.id, label: `${local(each.name)} (${each.id})` }))}
              value={machine}
              onChange={setMachine}
              searchable
            />
            <NumberInput
              label={t('hours')}
              min={0.5}
              max={720}
              step={1}
              value={hours}
              onChange={value => setHours(Number(value) || 0)}
            />
          </Group>
        ) : kind === 'rush_order' ? (
          <Group grow align="end">
            <Select
              label={t('rushExisting')}
              data={orders
                .filter(each => each.order.state !== 'done')
                .map(each => ({ value: each.order.id, label: `${each.order.id} ${local(each.order.productName)}` }))}
              value={order}
              onChange={setOrder}
              searchable
            />
            <TextInput
              type="datetime-local"
              label={t('dueField')}
              value={due}
              min={toLocalField(format, now)}
              onChange={event => setDue(event.currentTarget.value)}
            />
          </Group>
        ) : null}
        <Group align="end">
          <NumberInput
            label={t('search')}
            min={0.5}
            max={60}
            value={seconds}
            onChange={value => setSeconds(Number(value) || 3)}
            w={180}
          />
          <Button
            h={44}
            disabled={asked === undefined}
            loading={ask.isPending}
            onClick={() => {
              setProposal(undefined)
              if (asked !== undefined) ask.mutate({ body: { change: asked, seconds } })
            }}
          >
            {t('compute')}
          </Button>
        </Group>
        <div role="status">{ask.isPending ? t('computing') : null}</div>
        <ErrorNote error={ask.error} />
        {proposal === undefined ? null : <ActionProposalCard proposal={proposal} />}
      </Stack>
    </Modal>
  )
}
