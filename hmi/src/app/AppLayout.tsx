/** The frame of every page: menu, alarm banner, connection, account. */
import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { AlarmBanner } from '../features/alarms/AlarmBanner.tsx'
import { useLang, useShared } from '../i18n/lang.tsx'
import { useUser } from '../lib/session.ts'
import { LiveProvider } from '../live/live-provider.tsx'
import styles from './AppLayout.module.css'
import { HeaderBar } from './HeaderBar.tsx'
import { Menu } from './Menu.tsx'
import { StaleNotice } from './StaleNotice.tsx'

export function AppLayout() {
  const t = useShared()
  const user = useUser()
  const { setLang } = useLang()
  const lang = user?.lang
  useEffect(() => {
    if (lang !== undefined) setLang(lang)
  }, [lang, setLang])
  if (user === null) return null
  return (
    <LiveProvider>
      <a className={styles.skip} href="#content">
        {t('app.skip')}
      </a>
      <div className={styles.frame}>
        <Menu />
        <div className={styles.main}>
          <HeaderBar banner={<AlarmBanner />} />
          <StaleNotice />
          <main id="content" className={styles.content} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
    </LiveProvider>
  )
}
