/** The main menu; lines come from the agents that the plant server knows. */
import {
  IconAlertTriangle,
  IconBook2,
  IconBuildingFactory2,
  IconCalendarStats,
  IconChartLine,
  IconCode,
  IconLayoutDashboard,
  IconListNumbers,
  IconMessages,
  IconPackages,
  IconPhotoSearch,
  IconServerCog,
} from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useLocal, useShared } from '../i18n/lang.tsx'
import type { SharedKey } from '../i18n/shared.ts'
import { mayCall, useUser } from '../lib/session.ts'
import { useLines } from '../plant/use-plant.ts'
import styles from './AppLayout.module.css'

interface Entry {
  readonly to: LinkProps['to']
  readonly params?: Record<string, string>
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  readonly label: string
}

function Item({ to, params, icon: Icon, label }: Entry) {
  return (
    <Link
      to={to as '/'}
      {...(params === undefined ? {} : { params: params as never })}
      className={styles.item}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      title={label}
    >
      <Icon size={22} stroke={1.6} aria-hidden />
      <span className={styles.label}>{label}</span>
    </Link>
  )
}

export function Menu() {
  const t = useShared()
  const local = useLocal()
  const lines = useLines()
  const role = useUser()?.role
  const item = (to: LinkProps['to'], icon: Entry['icon'], key: SharedKey) => <Item to={to} icon={icon} label={t(key)} />
  return (
    <nav className={styles.menu} aria-label={t('app.menu')}>
      <Link to="/" className={styles.brand} aria-label={t('app.name')} tabIndex={-1}>
        <img src="/favicon.svg" alt="" width={30} height={30} />
        <span className={styles.label}>{t('app.name')}</span>
      </Link>
      <div className={styles.group}>{t('nav.group.run')}</div>
      {item('/', IconLayoutDashboard, 'nav.overview')}
      {lines.map(line => (
        <Item
          key={line.agent}
          to="/lines/$agent"
          params={{ agent: line.agent }}
          icon={IconBuildingFactory2}
          label={local(line.name)}
        />
      ))}
      {item('/alarms', IconAlertTriangle, 'nav.alarms')}
      {item('/trends', IconChartLine, 'nav.trends')}
      {item('/tags', IconListNumbers, 'nav.tags')}
      <div className={styles.group}>{t('nav.group.quality')}</div>
      {item('/inspections', IconPhotoSearch, 'nav.inspections')}
      {item('/lots', IconPackages, 'nav.lots')}
      <div className={styles.group}>{t('nav.group.plan')}</div>
      {item('/orders', IconCalendarStats, 'nav.orders')}
      {mayCall('listPlcPrograms', role) ? item('/plc', IconCode, 'nav.plc') : null}
      {item('/assistant', IconMessages, 'nav.assistant')}
      {item('/knowledge', IconBook2, 'nav.knowledge')}
      {item('/system', IconServerCog, 'nav.system')}
    </nav>
  )
}
