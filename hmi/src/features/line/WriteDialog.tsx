/** Writes a setpoint through the guard and shows the read-back or the refusal. */

import { NumberInput, SegmentedControl, Text } from '@mantine/core'
import type { TagDefinition } from '@millwright/contract'
import { useState } from 'react'
import { OutcomeDialog } from '../../components/ui/OutcomeDialog.tsx'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useTwoValued } from '../../components/ui/two-valued.ts'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { useLiveValue } from '../../live/use-live-value.ts'
import { useOutcome } from '../../live/use-outcome.ts'
import { digitsOfTag } from '../../plant/model.ts'
import { text } from './text.ts'

export function WriteDialog({ tag, onClose }: { readonly tag: TagDefinition; readonly onClose: () => void }) {
  const t = useText(text)
  const twoValued = useTwoValued()
  const local = useLocal()
  const format = useFormat()
  const { value: current } = useLiveValue(tag.tag)
  const [value, setValue] = useState<number | string>('')
  const change = useChange('writeTag')
  const outcome = useOutcome(change.data)
  const digits = digitsOfTag(tag)
  const name = local(tag.description) || tag.tag
  const { low, high } = tag.writable ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  const binary = tag.type === 'boolean'
  const print = (item: number | boolean | string | null | undefined) => {
    if (typeof item === 'boolean' || (binary && item !== null && item !== undefined))
      return twoValued(item === true || item === 1)
    return typeof item === 'number' ? `${format.short(item, digits + 1)} ${tag.unit}` : (item ?? '—')
  }
  const wanted = binary ? (value === '' ? undefined : value === 'on') : typeof value === 'number' ? value : undefined
  if (outcome !== undefined)
    return <OutcomeDialog title={t('write.title', { name })} result={outcome} print={print} onClose={onClose} />
  const outside = typeof value === 'number' && (value < low || value > high)
  return (
    <ReasonDialog
      title={t('write.title', { name })}
      confirm={t('write.submit')}
      onClose={onClose}
      pending={change.isPending}
      error={change.error}
      ready={wanted !== undefined}
      onConfirm={reason => {
        if (wanted !== undefined) change.mutate({ body: { tag: tag.tag, value: wanted, reason } })
      }}
    >
      <Text className="mw-number">{t('write.current', { value: print(current?.value) })}</Text>
      {binary ? (
        <SegmentedControl
          size="lg"
          aria-label={t('write.title', { name })}
          value={String(value)}
          data={[
            { value: 'on', label: twoValued(true) },
            { value: 'off', label: twoValued(false) },
          ]}
          onChange={setValue}
        />
      ) : (
        <NumberInput
          label={t('write.value', { unit: tag.unit })}
          description={`${t('write.range', { low: format.short(low), high: format.short(high), unit: tag.unit })}. ${t('write.hint')}`}
          size="md"
          decimalScale={digits + 1}
          step={10 ** -digits * 10}
          value={value}
          onChange={setValue}
          error={outside ? t('write.outside') : undefined}
          data-autofocus
        />
      )}
    </ReasonDialog>
  )
}
