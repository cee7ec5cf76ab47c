/** Every transition of every alarm, newest first, a page at a time. */

import { Button } from '@mantine/core'
import type { AlarmJournalEntry } from '@millwright/contract'
import { IconArrowRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { call } from '../../lib/api.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, type PanelStatus, READY } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import styles from './alarms.module.css'
import { text } from './text.ts'

const PAGE = 100

export function AlarmJournal() {
  const t = useText(text)
  const shared = useShared()
  const local = useLocal()
  const format = useFormat()
  const query = useInfiniteQuery({
    queryKey: ['alarmJournal', { pages: PAGE }],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      call('alarmJournal', { query: { limit: PAGE, ...(pageParam === undefined ? {} : { before: pageParam }) } }),
    getNextPageParam: (page: readonly AlarmJournalEntry[]) => (page.length < PAGE ? undefined : page.at(-1)?.id),
  })
  const rows = query.data?.pages.flat() ?? []
  const status: PanelStatus =
    query.data !== undefined
      ? rows.length === 0
        ? { kind: 'empty', text: t('noJournal') }
        : READY
      : query.error !== null
        ? { kind: 'error', error: query.error, retry: () => void query.refetch() }
        : { kind: 'loading' }
  return (
    <PanelFrame title={t('journal')} flush status={status}>
      <DataTable
        label={t('journal')}
        rows={rows}
        rowKey={row => row.id}
        columns={[
          {
            key: 't',
            head: t('time'),
            width: 180,
            cell: row => <span className="mw-number">{format.dateTime(row.t)}</span>,
          },
          {
            key: 'message',
            head: t('message'),
            cell: row => (
              <>
                <div>{local(row.message)}</div>
                <div className={styles.minor}>{row.alarm}</div>
              </>
            ),
          },
          {
            key: 'change',
            head: t('change'),
            cell: row => (
              <span className={styles.change}>
                {shared(`alarm.${row.from}`)}
                <IconArrowRight size={16} aria-hidden />
                <b>{shared(`alarm.${row.to}`)}</b>
              </span>
            ),
          },
          { key: 'by', head: t('who'), cell: row => row.by ?? '' },
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
