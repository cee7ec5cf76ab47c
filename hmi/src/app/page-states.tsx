/** What stands in a page's place while it loads, when it fails and when there is none. */
import { Button, Loader, Stack, Text, Title } from '@mantine/core'
import { useLocal, useShared } from '../i18n/lang.tsx'
import { ApiError, textOf } from '../lib/api-error.ts'

export function PagePending() {
  const t = useShared()
  return (
    <Stack align="center" p="xl" role="status">
      <Loader type="dots" color="gray" aria-hidden />
      <Text c="dimmed">{t('panel.loading')}</Text>
    </Stack>
  )
}

export function PageFailed({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const t = useShared()
  const local = useLocal()
  return (
    <Stack align="flex-start" p="xl" role="alert">
      <Title order={1} size="h3">
        {t('app.pageFailed')}
      </Title>
      <Text>{local(textOf(error))}</Text>
      {error instanceof ApiError ? (
        <Text c="dimmed" size="sm">
          {t('error.code', { code: error.code })}
        </Text>
      ) : null}
      <Button onClick={reset}>{t('app.reload')}</Button>
    </Stack>
  )
}

export function PageMissing() {
  const t = useShared()
  return (
    <Stack align="flex-start" p="xl">
      <Title order={1} size="h3">
        {t('app.notFound')}
      </Title>
      <Text>{t('app.notFoundHint')}</Text>
    </Stack>
  )
}
