/** Sign-in, in the language of the browser until the user's own is known. */
import { Button, PasswordInput, SegmentedControl, Stack, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ErrorNote } from '../../components/ui/ErrorNote.tsx'
import { useLang, useShared, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { sessionQuery } from '../../lib/session.ts'
import styles from './sign-in.module.css'
import { text } from './text.ts'

export function SignInPage() {
  const t = useText(text)
  const shared = useShared()
  const { lang, setLang } = useLang()
  const cache = useQueryClient()
  const router = useRouter()
  const { next } = useSearch({ from: '/sign-in' })
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const appName = shared('app.name')
  const title = t('title')
  useEffect(() => {
    document.title = `${title} · ${appName}`
  }, [title, appName])
  const signIn = useChange('signIn', async () => {
    cache.removeQueries()
    await cache.fetchQuery(sessionQuery)
    router.history.push(next ?? '/')
  })
  return (
    <main className={styles.page}>
      <form
        className={styles.card}
        onSubmit={event => {
          event.preventDefault()
          signIn.mutate({ body: { name: name.trim(), password } })
        }}
      >
        <div className={styles.brand}>
          <img src="/favicon.svg" alt="" width={44} height={44} />
          <div>
            <div className={styles.name}>{appName}</div>
            <div className={styles.tagline}>{t('tagline')}</div>
          </div>
        </div>
        <Stack gap="md">
          <Title order={1} size={20}>
            {title}
          </Title>
          <TextInput
            label={t('name')}
            name="username"
            autoComplete="username"
            size="md"
            required
            withAsterisk={false}
            autoFocus
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('password')}
            name="password"
            autoComplete="current-password"
            size="md"
            required
            withAsterisk={false}
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          <ErrorNote error={signIn.error} />
          <Button type="submit" size="md" h={48} loading={signIn.isPending}>
            {t('submit')}
          </Button>
          <SegmentedControl
            size="md"
            aria-label={shared('lang.switch')}
            value={lang}
            data={[
              { value: 'zh', label: shared('lang.zh') },
              { value: 'en', label: shared('lang.en') },
            ]}
            onChange={value => setLang(value === 'zh' ? 'zh' : 'en')}
          />
        </Stack>
      </form>
    </main>
  )
}
