/** Users and their roles, for the administrator. */

import { Button } from '@mantine/core'
import type { User } from '@millwright/contract'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useShared, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import styles from './system.module.css'
import { text } from './text.ts'
import { UserDialog } from './UserDialog.tsx'

export function UsersTab() {
  const t = useText(text)
  const shared = useShared()
  const query = useRead('listUsers')
  const [open, setOpen] = useState<User | 'new'>()
  return (
    <PanelFrame
      title={t('tab.users')}
      flush
      status={statusOf(query)}
      actions={
        <Button h={44} leftSection={<IconUserPlus size={18} />} onClick={() => setOpen('new')}>
          {t('user.create')}
        </Button>
      }
    >
      <DataTable
        label={t('tab.users')}
        rows={query.data ?? []}
        rowKey={row => row.name}
        rowProps={row => ({ 'data-user': row.name })}
        columns={[
          { key: 'name', head: t('user.name'), cell: row => <b>{row.name}</b> },
          { key: 'role', head: t('user.role'), cell: row => shared(`role.${row.role}`) },
          { key: 'lang', head: t('user.lang'), cell: row => shared(`lang.${row.lang}`) },
          {
            key: 'state',
            head: t('user.state'),
            cell: row => (
              <>
                {row.disabled ? <span className={styles.bad}>{t('user.disabled')}</span> : t('user.active')}
                {row.demo ? <span className={styles.minor}> · {t('user.demo')}</span> : null}
              </>
            ),
          },
          {
            key: 'change',
            head: <span className="mw-visually-hidden">{t('user.changeShort')}</span>,
            align: 'right',
            cell: row => (
              <Button
                variant="default"
                h={40}
                aria-label={t('user.change', { name: row.name })}
                onClick={() => setOpen(row)}
              >
                {t('user.changeShort')}
              </Button>
            ),
          },
        ]}
      />
      {open === undefined ? null : (
        <UserDialog user={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </PanelFrame>
  )
}
