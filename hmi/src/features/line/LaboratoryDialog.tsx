/** A laboratory value of a loop's target: corrects the meter's offset, and shows what the offset has become. */

import { Button, NumberInput, Text } from '@mantine/core'
import type { Loop } from '@millwright/contract'
import { useState } from 'react'
import { OutcomeDialog } from '../../components/ui/OutcomeDialog.tsx'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { useFormat } from '../../lib/use-format.ts'
import { useOutcome } from '../../live/use-outcome.ts'
import { text } from './text.ts'

const LONGEST_MIN = 480

export function LaboratoryEntry({ loop, unit }: { readonly loop: Loop; readonly unit: string }) {
  const t = useText(text)
  const may = useMay('enterLaboratorySample')
  const [open, setOpen] = useState(false)
  if (!may) return null
  return (
    <>
      <Button variant="default" size="compact-md" onClick={() => setOpen(true)}>
        {t('laboratory.enter')}
      </Button>
      {open ? <LaboratoryDialog loop={loop} unit={unit} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

interface DialogProps {
  readonly loop: Loop
  readonly unit: string
  readonly onClose: () => void
}

function LaboratoryDialog({ loop, unit, onClose }: DialogProps) {
  const t = useText(text)
  const format = useFormat()
  const [value, setValue] = useState<number | string>('')
  const [ago, setAgo] = useState<number | string>(30)
  const change = useChange('enterLaboratorySample')
  const outcome = useOutcome(change.data)
  if (outcome !== undefined)
    return (
      <OutcomeDialog
        title={t('laboratory.offset')}
        result={outcome}
        print={item => (typeof item === 'number' ? `${format.short(item, 3)} ${unit}` : String(item))}
        onClose={onClose}
      />
    )
  return (
    <ReasonDialog
      title={t('laboratory.enter')}
      confirm={t('laboratory.enter')}
      onClose={onClose}
      pending={change.isPending}
      error={change.error}
      ready={typeof value === 'number' && typeof ago === 'number'}
      onConfirm={reason => {
        if (typeof value !== 'number' || typeof ago !== 'number') return
        const takenAt = Math.round(Date.now() - ago * 60_000)
        change.mutate({ params: { id: loop.loop }, body: { takenAt, value, reason } })
      }}
    >
      <Text size="sm">{t('laboratory.hint')}</Text>
      <NumberInput
        label={t('laboratory.value', { unit })}
        size="md"
        min={0}
        max={100}
        step={0.1}
        decimalScale={3}
        value={value}
        onChange={setValue}
        data-autofocus
      />
      <NumberInput label={t('laboratory.ago')} size="md" min={0} max={LONGEST_MIN} value={ago} onChange={setAgo} />
    </ReasonDialog>
  )
}
