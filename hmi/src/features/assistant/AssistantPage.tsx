/** Ask in words; answers come from the plant's own data and knowledge. */
import { Button, Group, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ErrorNote } from '../../components/ui/ErrorNote.tsx'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useLang, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { AnswerView } from './AnswerView.tsx'
import styles from './assistant.module.css'
import { type Conversation, keepConversation, loadConversation } from './conversation.ts'
import { text } from './text.ts'

const SUGGESTIONS = [0, 1, 2, 3, 4, 5, 6] as const
const newId = () => crypto.randomUUID()

export function AssistantPage() {
  const t = useText(text)
  const { lang } = useLang()
  const [conversation, setConversation] = useState<Conversation>(() => loadConversation(sessionStorage, newId))
  const [question, setQuestion] = useState('')
  const newest = useRef<HTMLDivElement>(null)
  useEffect(() => {
    keepConversation(sessionStorage, conversation)
  }, [conversation])

  const ask = useChange('ask')
  const send = (words: string) => {
    const wanted = words.trim()
    if (wanted === '' || ask.isPending) return
    const id = newId()
    setQuestion('')
    setConversation(before => ({ ...before, turns: [...before.turns, { id, question: wanted }] }))
    ask.mutate(
      { body: { question: wanted, lang, conversation: conversation.id } },
      {
        onSuccess: answer =>
          setConversation(before => ({
            ...before,
            turns: before.turns.map(turn => (turn.id === id ? { ...turn, answer } : turn)),
          })),
      },
    )
  }
  const { turns } = conversation
  useEffect(() => {
    // From its question on: a long answer is read from the top. New browsers return a promise here, which an effect must not pass on.
    void newest.current?.scrollIntoView({ block: 'start' })
  }, [turns.length, turns.at(-1)?.answer])
  return (
    <div className={styles.page}>
      <PageTitle title={t('title')}>
        <Button
          variant="default"
          h={44}
          disabled={turns.length === 0}
          onClick={() => setConversation({ id: newId(), turns: [] })}
        >
          {t('clear')}
        </Button>
      </PageTitle>
      <div className={styles.turns} aria-live="polite">
        {turns.length > 0 ? null : (
          <div className={styles.start}>
            <p>{t('intro')}</p>
            <b>{t('suggestions')}</b>
            <div className={styles.suggestions}>
              {SUGGESTIONS.map(n => (
                <button key={n} type="button" className={styles.suggestion} onClick={() => send(t(`suggest.${n}`))}>
                  {t(`suggest.${n}`)}
                </button>
              ))}
            </div>
          </div>
        )}
        {turns.map((turn, i) => (
          <div key={turn.id} ref={i === turns.length - 1 ? newest : undefined} className={styles.turn}>
            <div className={styles.question} title={t('you')}>
              {turn.question}
            </div>
            {turn.answer !== undefined ? (
              <AnswerView answer={turn.answer} />
            ) : i === turns.length - 1 && ask.isPending ? (
              <div className={styles.minor} role="status">
                {t('thinking')}
              </div>
            ) : i === turns.length - 1 ? (
              <ErrorNote error={ask.error} onRetry={() => send(turn.question)} />
            ) : null}
          </div>
        ))}
      </div>
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          send(question)
        }}
      >
        <Textarea
          className={styles.input}
          aria-label={t('ask')}
          placeholder={t('placeholder')}
          value={question}
          onChange={event => setQuestion(event.currentTarget.value)}
          onKeyDown={event => {
            // While an input method composes Chinese, Enter chooses a word and does not send.
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault()
              send(question)
            }
          }}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={4000}
          size="md"
        />
        <Group>
          <Button type="submit" h={44} loading={ask.isPending} disabled={question.trim() === ''}>
            {t('ask')}
          </Button>
        </Group>
      </form>
    </div>
  )
}
