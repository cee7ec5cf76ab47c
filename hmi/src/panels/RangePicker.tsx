/** The page's time range: spans that follow live, or a stretch of the past. */
import { Button, Group, Popover, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { IconCalendarTime, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useShared } from '../i18n/lang.tsx'
import { fromLocalField, toLocalField } from '../lib/format.ts'
import { useFormat } from '../lib/use-format.ts'
import { boundsOf, isLiveSpan, LIVE_SPANS, type LiveSpan } from '../live/range.ts'
import { useTimeRange } from '../live/time-range.tsx'
import { useNow } from '../live/use-now.ts'

const SPANS = Object.keys(LIVE_SPANS) as LiveSpan[]

function Custom({ onDone }: { readonly onDone: () => void }) {
  const t = useShared()
  const format = useFormat()
  const { range, setRange } = useTimeRange()
  const bounds = boundsOf(range, useNow(60_000))
  const [from, setFrom] = useState(() => toLocalField(format, bounds.from))
  const [to, setTo] = useState(() => toLocalField(format, bounds.to))
  const start = fromLocalField(format, from)
  const end = fromLocalField(format, to)
  const fits = start !== undefined && end !== undefined && start < end
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (!fits) return
        setRange({ kind: 'fixed', from: start, to: end })
        onDone()
      }}
    >
      <Stack gap="sm">
        <TextInput
          type="datetime-local"
          label={t('range.from')}
          value={from}
          onChange={event => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t('range.to')}
          value={to}
          error={fits ? undefined : t('range.order')}
          onChange={event => setTo(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!fits}>
          {t('range.apply')}
        </Button>
      </Stack>
    </form>
  )
}

export function RangePicker({ spans = SPANS }: { readonly spans?: readonly LiveSpan[] }) {
  const t = useShared()
  const format = useFormat()
  const { range, setRange } = useTimeRange()
  const [open, setOpen] = useState(false)
  return (
    <Group gap={6}>
      <SegmentedControl
        size="sm"
        aria-label={t('range.label')}
        value={range.kind === 'live' ? range.span : ''}
        data={spans.map(span => ({ value: span, label: t(`range.${span}`) }))}
        onChange={value => {
          if (isLiveSpan(value)) setRange({ kind: 'live', span: value })
        }}
      />
      <Popover opened={open} onChange={setOpen} position="bottom-end" transitionProps={{ duration: 0 }} trapFocus>
        <Popover.Target>
          <Button
            variant={range.kind === 'fixed' ? 'light' : 'subtle'}
            color={range.kind === 'fixed' ? 'slate' : 'gray'}
            size="compact-md"
            leftSection={<IconCalendarTime size={18} />}
            onClick={() => setOpen(!open)}
            aria-expanded={open}
          >
            {range.kind === 'fixed'
              ? `${format.dayMinute(range.from)} – ${format.dayMinute(range.to)}`
              : t('range.custom')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Custom onDone={() => setOpen(false)} />
        </Popover.Dropdown>
      </Popover>
      {range.kind === 'fixed' ? (
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconPlayerPlay size={16} />}
          onClick={() => setRange({ kind: 'live', span: '1h' })}
        >
          {t('range.backToLive')}
        </Button>
      ) : null}
    </Group>
  )
}
