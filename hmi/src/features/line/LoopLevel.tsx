/** The level of a control loop; a process engineer may change it, with a reason. */

import { Button, Menu, Text } from '@mantine/core'
import type { Loop } from '@millwright/contract'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { text } from './text.ts'

const LEVELS = ['monitor', 'advise', 'closed'] as const

export function LoopLevel({ loop }: { readonly loop: Loop }) {
  const t = useText(text)
  const may = useMay('setLoopLevel')
  const [next, setNext] = useState<Loop['level']>()
  const change = useChange('setLoopLevel', () => setNext(undefined))
  const now = t(`loop.${loop.level}`)
  if (!may)
    return (
      <Text size="sm" c="dimmed" title={t('loop.level')}>
        {now}
      </Text>
    )
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-md"
            rightSection={<IconChevronDown size={16} />}
            aria-label={`${t('loop.change')}: ${now}`}
          >
            {now}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {LEVELS.filter(level => level !== loop.level).map(level => (
            <Menu.Item key={level} onClick={() => setNext(level)}>
              {t(`loop.${level}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {next === undefined ? null : (
        <ReasonDialog
          title={t('loop.change')}
          confirm={t('loop.confirm', { level: t(`loop.${next}`) })}
          onClose={() => setNext(undefined)}
          pending={change.isPending}
          error={change.error}
          onConfirm={reason => change.mutate({ params: { id: loop.loop }, body: { level: next, reason } })}
        >
          {next === 'closed' ? <Text>{t('loop.closedWarning')}</Text> : null}
        </ReasonDialog>
      )}
    </>
  )
}
