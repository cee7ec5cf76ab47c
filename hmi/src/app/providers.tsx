/** What every page stands in: cache, language, look. */
import { MantineProvider } from '@mantine/core'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LangProvider } from '../i18n/lang.tsx'
import { resolver, theme } from '../theme/theme.ts'

export function Providers({ cache, children }: { readonly cache: QueryClient; readonly children: ReactNode }) {
  return (
    <QueryClientProvider client={cache}>
      <LangProvider>
        <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
          {children}
        </MantineProvider>
      </LangProvider>
    </QueryClientProvider>
  )
}
