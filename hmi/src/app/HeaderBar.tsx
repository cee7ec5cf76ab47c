/** Alarm banner, connection, plant clock, language, look and account. */
import {
  ActionIcon,
  Button,
  Menu,
  SegmentedControl,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useLang, useShared } from '../i18n/lang.tsx'
import { useChange } from '../lib/query.ts'
import { type Session, sessionQuery, useUser } from '../lib/session.ts'
import { useFormat } from '../lib/use-format.ts'
import { useLinkState } from '../live/live-provider.tsx'
import { useNow } from '../live/use-now.ts'
import styles from './AppLayout.module.css'

function Connection() {
  const t = useShared()
  const state = useLinkState()
  return (
    <div className={styles.link} role="status" data-testid="link-state" data-state={state}>
      <span className={styles.dot} data-state={state} aria-hidden />
      {t(`link.${state}`)}
    </div>
  )
}

function Clock() {
  const t = useShared()
  const format = useFormat()
  const now = useNow()
  return (
    <div className={`${styles.clock} mw-number`} title={t('time.zone', { zone: format.timeZone })}>
      <b>{format.time(now)}</b>
      {format.date(now)}
    </div>
  )
}

function LangSwitch() {
  const t = useShared()
  const { lang, setLang } = useLang()
  const cache = useQueryClient()
  const change = useChange('setLang', ({ user }) =>
    cache.setQueryData(sessionQuery.queryKey, (before: Session | null | undefined) =>
      before ? { ...before, user } : before,
    ),
  )
  return (
    <SegmentedControl
      size="sm"
      aria-label={t('lang.switch')}
      value={lang}
      data={[
        { value: 'zh', label: t('lang.zh') },
        { value: 'en', label: t('lang.en') },
      ]}
      onChange={value => {
        const next = value === 'zh' ? 'zh' : 'en'
        setLang(next)
        change.mutate({ body: { lang: next } })
      }}
    />
  )
}

function SchemeSwitch() {
  const t = useShared()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={44}
      aria-label={t('scheme.switch')}
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
    >
      {scheme === 'dark' ? <IconSun size={20} /> : <IconMoon size={20} />}
    </ActionIcon>
  )
}

function Account() {
  const t = useShared()
  const user = useUser()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const signOut = useChange('signOut', () => {
    cache.clear()
    void navigate({ to: '/sign-in' })
  })
  if (user === null) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          h={44}
          px="sm"
          leftSection={<IconUser size={18} />}
          aria-label={t('session.account', { name: user.name })}
        >
          {user.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(`role.${user.role}`)}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={18} />} h={44} onClick={() => signOut.mutate({})}>
          {t('session.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export function HeaderBar({ banner }: { readonly banner: ReactNode }) {
  return (
    <header className={styles.header}>
      <div className={styles.banner}>{banner}</div>
      <div className={styles.tools}>
        <Connection />
        <Clock />
        <LangSwitch />
        <SchemeSwitch />
        <Account />
      </div>
    </header>
  )
}
