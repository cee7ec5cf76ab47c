/** What a person may do about an alarm: acknowledge, confirm where the device asks for it, shelve, unshelve. */
import { Button, Group } from '@mantine/core'
import type { Alarm } from '@millwright/contract'
import { useShared, useText } from '../../i18n/lang.tsx'
import { isUnacknowledged } from './model.ts'
import type { useShelving } from './shelving.ts'
import { text } from './text.ts'
import type { useAcknowledge } from './use-acknowledge.ts'

export interface AlarmActsProps {
  readonly alarm: Alarm
  readonly acknowledge: ReturnType<typeof useAcknowledge>
  readonly shelving: ReturnType<typeof useShelving>
  readonly onShelve: (alarm: Alarm) => void
}

export function AlarmActs({ alarm, acknowledge, shelving, onShelve }: AlarmActsProps) {
  const t = useText(text)
  const shared = useShared()
  const pending = shelving.pending(alarm)
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      {acknowledge.may && isUnacknowledged(alarm) ? (
        <Button
          variant="default"
          h={44}
          loading={acknowledge.pending(alarm)}
          onClick={() => acknowledge.acknowledge(alarm)}
        >
          {shared('alarm.acknowledge')}
        </Button>
      ) : null}
      {shelving.may && alarm.confirmed === false && !isUnacknowledged(alarm) ? (
        <Button variant="default" h={44} loading={pending} onClick={() => shelving.confirm(alarm)}>
          {t('confirm')}
        </Button>
      ) : null}
      {shelving.may && alarm.shelved === false ? (
        <Button variant="subtle" h={44} onClick={() => onShelve(alarm)}>
          {t('shelve')}
        </Button>
      ) : null}
      {shelving.may && alarm.shelved === true ? (
        <Button variant="default" h={44} loading={pending} onClick={() => shelving.unshelve(alarm)}>
          {t('unshelve')}
        </Button>
      ) : null}
    </Group>
  )
}
