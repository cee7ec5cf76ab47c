import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { onSignedOut } from '../lib/api.ts'
import { createQueryClient } from '../lib/query.ts'
import { sessionQuery } from '../lib/session.ts'
import { Providers } from './providers.tsx'
import { createAppRouter } from './router.tsx'

export function App() {
  const [cache] = useState(createQueryClient)
  const [router] = useState(() => createAppRouter(cache))
  useEffect(
    () =>
      onSignedOut(() => {
        cache.setQueryData(sessionQuery.queryKey, null)
        void router.invalidate()
      }),
    [cache, router],
  )
  return (
    <Providers cache={cache}>
      <RouterProvider router={router} />
    </Providers>
  )
}
