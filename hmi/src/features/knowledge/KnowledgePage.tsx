/** The documents of the plant. */
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { TextLink } from '../../components/ui/TextLink.tsx'
import { useLang, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { text } from './text.ts'

export function KnowledgePage() {
  const t = useText(text)
  const { lang } = useLang()
  const documents = useRead('listKnowledge')
  const rows = (documents.data ?? []).toSorted(
    (a, b) => Number(b.lang === lang) - Number(a.lang === lang) || a.title.localeCompare(b.title, lang),
  )
  return (
    <>
      <PageTitle title={t('title')} />
      <p>{t('intro')}</p>
      <PanelFrame flush status={statusOf(documents, data => data.length === 0)}>
        <DataTable
          label={t('title')}
          columns={[
            {
              key: 'title',
              head: t('document'),
              cell: row => (
                <TextLink to="/knowledge/$doc" params={{ doc: row.id }}>
                  {row.title}
                </TextLink>
              ),
            },
            { key: 'lang', head: t('language'), cell: row => t(`lang.${row.lang}`), width: 120 },
          ]}
          rows={rows}
          rowKey={row => row.id}
        />
      </PanelFrame>
    </>
  )
}
