/** A page's heading, with what belongs beside it. */
import { Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useShared } from '../../i18n/lang.tsx'

export function PageTitle({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  const t = useShared()
  const name = t('app.name')
  useEffect(() => {
    document.title = `${title} · ${name}`
  }, [title, name])
  return (
    <Group justify="space-between" align="center" mb="md" mih={44} gap="md">
      <Title order={1} size={24}>
        {title}
      </Title>
      {children}
    </Group>
  )
}
