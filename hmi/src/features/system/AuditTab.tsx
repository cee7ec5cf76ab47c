/** The audit record, newest first, and the check of its hash chain. */

import { Button } from '@mantine/core'
import type { AuditRecord } from '@millwright/contract'
import { IconLink, IconLinkOff, IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ErrorNote } from '../../components/ui/ErrorNote.tsx'
import { useShared, useText } from '../../i18n/lang.tsx'
import { call } from '../../lib/api.ts'
import { routeQuery } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, type PanelStatus, READY } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { brief, changeOf } from './model.ts'
import styles from './system.module.css'
import { text } from './text.ts'

const PAGE = 100

function ChainCheck() {
  const t = useText(text)
  const format = useFormat()
  const check = useQuery({ ...routeQuery('verifyAudit'), enabled: false })
  const found = check.data
  return (
    <>
      {found === undefined ? null : found.ok ? (
        <span className={styles.chain} role="status" data-testid="audit-check" data-ok="true">
          <IconLink size={18} aria-hidden />
          {t('audit.ok', { n: format.short(found.records) })}
        </span>
      ) : (
        <span className={styles.bad} role="alert" data-testid="audit-check" data-ok="false">
          <IconLinkOff size={18} aria-hidden />
          {t('audit.broken', { seq: found.brokenAt ?? '?', n: format.short(found.records) })}
        </span>
      )}
      <Button
        h={44}
        leftSection={<IconShieldCheck size={18} />}
        loading={check.isFetching}
        data-testid="audit-verify"
        onClick={() => void check.refetch()}
      >
        {t('audit.check')}
      </Button>
      <ErrorNote error={check.error} />
    </>
  )
}

export function AuditTab() {
  const t = useText(text)
  const shared = useShared()
  const format = useFormat()
  const query = useInfiniteQuery({
    queryKey: ['listAudit', { pages: PAGE }],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      call('listAudit', { query: { limit: PAGE, ...(pageParam === undefined ? {} : { before: pageParam }) } }),
    getNextPageParam: (page: readonly AuditRecord[]) => (page.length < PAGE ? undefined : page.at(-1)?.seq),
  })
  const rows = query.data?.pages.flat() ?? []
  const status: PanelStatus =
    query.data !== undefined
      ? rows.length === 0
        ? { kind: 'empty', text: t('audit.none') }
        : READY
      : query.error !== null
        ? { kind: 'error', error: query.error, retry: () => void query.refetch() }
        : { kind: 'loading' }
  const roleOf = (role: string) => {
    const key = `role.${role}` as 'role.operator'
    return shared(key) ?? role
  }
  return (
    <PanelFrame title={t('tab.audit')} flush status={status} actions={<ChainCheck />}>
      <DataTable
        label={t('tab.audit')}
        rows={rows}
        rowKey={row => row.seq}
        rowProps={row => ({ 'data-action': row.action })}
        columns={[
          { key: 'seq', head: t('audit.seq'), align: 'right', width: 70, cell: row => row.seq },
          {
            key: 'time',
            head: t('audit.time'),
            cell: row => <span className="mw-number">{format.dateTime(row.t)}</span>,
          },
          { key: 'person', head: t('audit.person'), cell: row => `${row.person} · ${roleOf(row.role)}` },
          { key: 'action', head: t('audit.action'), cell: row => <b>{row.action}</b> },
          { key: 'subject', head: t('audit.subject'), cell: row => <span className={styles.wrap}>{row.subject}</span> },
          {
            key: 'change',
            head: t('audit.change'),
            cell: row => (
              <span className={styles.wrap} title={`${brief(row.before, 2000)} → ${brief(row.after, 2000)}`}>
                {changeOf(row.before, row.after)}
              </span>
            ),
          },
          { key: 'reason', head: t('audit.reason'), cell: row => row.reason },
        ]}
      />
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          fullWidth
          h={44}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
    </PanelFrame>
  )
}
