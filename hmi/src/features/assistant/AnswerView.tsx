/** One answer: its sentences, the tools behind the figures, the sources, drafts, and what waits for a decision. */
import type { Answer } from '@millwright/contract'
import { Link } from '@tanstack/react-router'
import { DraftView } from '../../components/plc/DraftView.tsx'
import { readDraft } from '../../components/plc/draft-shape.ts'
import { ActionProposalCard } from '../../components/proposals/ActionProposalCard.tsx'
import { useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import styles from './assistant.module.css'
import { text } from './text.ts'

/** The PLC draft among the tool results, where there is one. */
function draftOf(answer: Answer) {
  for (const tool of answer.tools) {
    const result = tool.result as { draft?: unknown; name?: unknown } | undefined
    const draft = readDraft(result?.draft)
    if (draft !== undefined)
      return { draft, name: typeof result?.name === 'string' ? result.name : draft.specification.id }
  }
  return undefined
}

export function AnswerView({ answer }: { readonly answer: Answer }) {
  const t = useText(text)
  const format = useFormat()
  const drafted = draftOf(answer)
  return (
    <article
      className={styles.answer}
      data-testid="answer"
      data-refused={answer.refused}
      lang={answer.lang === 'zh' ? 'zh-CN' : 'en'}
    >
      <div className={styles.prose}>
        {answer.answer.split('\n').map((line, i) => (
          <p key={i}>{line}</p>
        ))}
      </div>
      {answer.citations.length === 0 ? null : (
        <section className={styles.sources} aria-label={t('sources')}>
          <b>{t('sources')}</b>
          {answer.citations.map((citation, i) => (
            <div key={i}>
              <Link to="/knowledge/$doc" params={{ doc: citation.doc }} hash={citation.anchor} data-testid="citation">
                [{i + 1}] {citation.title} · {citation.heading}
              </Link>
              <blockquote>{citation.quote}</blockquote>
            </div>
          ))}
        </section>
      )}
      {drafted === undefined ? null : <DraftView draft={drafted.draft} name={drafted.name} />}
      {answer.proposals.map(proposal => (
        <ActionProposalCard key={proposal.id} proposal={proposal} />
      ))}
      {answer.struck.length === 0 ? null : (
        <details className={styles.minor}>
          <summary>{t('struck', { n: answer.struck.length })}</summary>
          {answer.struck.map((sentence, i) => (
            <s key={i}>{sentence}</s>
          ))}
        </details>
      )}
      {answer.tools.length === 0 ? null : (
        <details className={styles.minor} data-testid="tools">
          <summary>
            {t('tools')}: {answer.tools.map(tool => tool.name).join(', ')}
          </summary>
          {answer.tools.map((tool, i) => (
            <div key={i}>
              <code>
                {tool.name}({JSON.stringify(tool.arguments)})
              </code>
              {tool.ok ? null : ` ${t('toolFailed')}`}
              <pre>{JSON.stringify(tool.result, undefined, 1)?.slice(0, 6000)}</pre>
            </div>
          ))}
        </details>
      )}
      <div className={styles.minor}>
        {t('engine', {
          engine: answer.engine === 'rules' ? t('engine.rules') : answer.engine,
          ms: format.short(answer.ms, 0),
        })}
      </div>
    </article>
  )
}
