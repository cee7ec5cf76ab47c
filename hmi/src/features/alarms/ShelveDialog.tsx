/** Sets an alarm aside at the source, for a time or until it returns to normal, with the reason that the audit keeps. */
import { Select } from '@mantine/core'
import type { Alarm } from '@millwright/contract'
import { useState } from 'react'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { secondsOf, UNTIL_NORMAL, useRefusal } from './shelving.ts'
import { text } from './text.ts'

/** Minutes on offer; a shift is the most that the server takes. */
const MINUTES = [15, 60, 240, 480]

export function ShelveDialog({ alarm, onClose }: { readonly alarm: Alarm; readonly onClose: () => void }) {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const [span, setSpan] = useState(String(MINUTES[0]))
  const refusal = useRefusal()
  const change = useChange('shelveAlarm', result => refusal.take(result) || onClose())
  return (
    <ReasonDialog
      title={t('shelve.title', { name: local(alarm.message) })}
      confirm={t('shelve')}
      onClose={onClose}
      pending={change.isPending}
      error={change.error ?? refusal.text}
      onConfirm={reason => change.mutate({ body: { alarm: alarm.alarm, reason, ...secondsOf(span) } })}
    >
      <Select
        label={t('shelve.span')}
        description={t('shelve.hint')}
        size="md"
        allowDeselect={false}
        value={span}
        onChange={value => setSpan(value ?? span)}
        data={[
          ...MINUTES.map(minutes => ({ value: String(minutes), label: format.duration(minutes * 60_000) })),
          { value: UNTIL_NORMAL, label: t('shelve.untilNormal') },
        ]}
      />
    </ReasonDialog>
  )
}
