/** One document; a citation opens it at its section, marked. */
import { useLocation, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { BackButton } from '../../components/ui/BackButton.tsx'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { type Block, blocksOf } from './blocks.ts'
import styles from './knowledge.module.css'
import { text } from './text.ts'

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return <p>{block.text}</p>
    case 'numbered':
      return (
        <ol start={block.start}>
          {block.items.map((item, i) => (
            <li key={i}>{item}</li>
          ))}
        </ol>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((item, i) => (
            <li key={i}>{item}</li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <DataTable
          label={block.head.join(', ')}
          columns={block.head.map((head, i) => ({
            key: String(i),
            head,
            cell: (row: readonly string[]) => row[i] ?? '',
          }))}
          rows={block.rows}
          rowKey={(_, i) => i}
        />
      )
  }
}

export function DocumentPage() {
  const t = useText(text)
  const { doc } = useParams({ strict: false }) as { doc: string }
  const { hash } = useLocation()
  const document = useRead('getKnowledge', { params: { id: doc } })
  const loaded = document.data !== undefined
  useEffect(() => {
    if (loaded && hash !== '') globalThis.document.getElementById(hash)?.scrollIntoView({ block: 'start' })
  }, [loaded, hash])
  if (document.data === undefined)
    return (
      <>
        <PageTitle title={t('document')}>
          <BackButton to="/knowledge">{t('back')}</BackButton>
        </PageTitle>
        <PanelFrame status={statusOf(document)}>{null}</PanelFrame>
      </>
    )
  const { title, lang, sections } = document.data
  return (
    <>
      <PageTitle title={title}>
        <BackButton to="/knowledge">{t('back')}</BackButton>
      </PageTitle>
      <div className={styles.page} lang={lang === 'zh' ? 'zh-CN' : 'en'}>
        <nav className={styles.contents} aria-label={t('contents')}>
          {sections.map(section => (
            <a key={section.anchor} href={`#${section.anchor}`}>
              {section.heading}
            </a>
          ))}
        </nav>
        <article className={styles.article}>
          {sections.map(section => (
            <section
              key={section.anchor}
              id={section.anchor}
              data-cited={section.anchor === hash}
              data-testid="knowledge-section"
            >
              <h2>{section.heading}</h2>
              {blocksOf(section.text).map((block, i) => (
                <BlockView key={i} block={block} />
              ))}
            </section>
          ))}
        </article>
      </div>
    </>
  )
}
