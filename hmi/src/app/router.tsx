/** All pages, each loaded when first opened. */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { sessionQuery } from '../lib/session.ts'
import { AppLayout } from './AppLayout.tsx'
import { PageFailed, PageMissing, PagePending } from './page-states.tsx'

const root = createRootRouteWithContext<{ cache: QueryClient }>()({ component: Outlet })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' && search.next.startsWith('/') && !search.next.startsWith('//')
      ? { next: search.next }
      : {},
  component: lazyRouteComponent(() => import('../features/sign-in/SignInPage.tsx'), 'SignInPage'),
})

/** Everything behind sign-in. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  validateSearch: (search: Record<string, unknown>): { range?: string } =>
    typeof search.range === 'string' ? { range: search.range } : {},
  beforeLoad: async ({ context, location }) => {
    const session = await context.cache.ensureQueryData(sessionQuery)
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
  component: AppLayout,
})

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => import('../features/overview/OverviewPage.tsx'), 'OverviewPage'),
})
const line = createRoute({
  getParentRoute: () => app,
  path: '/lines/$agent',
  component: lazyRouteComponent(() => import('../features/line/LinePage.tsx'), 'LinePage'),
})
const alarms = createRoute({
  getParentRoute: () => app,
  path: '/alarms',
  component: lazyRouteComponent(() => import('../features/alarms/AlarmsPage.tsx'), 'AlarmsPage'),
})
const trends = createRoute({
  getParentRoute: () => app,
  path: '/trends',
  validateSearch: (search: Record<string, unknown>): { tags?: string } =>
    typeof search.tags === 'string' ? { tags: search.tags } : {},
  component: lazyRouteComponent(() => import('../features/trends/TrendsPage.tsx'), 'TrendsPage'),
})
const tags = createRoute({
  getParentRoute: () => app,
  path: '/tags',
  component: lazyRouteComponent(() => import('../features/tags/TagsPage.tsx'), 'TagsPage'),
})
const system = createRoute({
  getParentRoute: () => app,
  path: '/system',
  validateSearch: (search: Record<string, unknown>): { tab?: string } =>
    typeof search.tab === 'string' ? { tab: search.tab } : {},
  component: lazyRouteComponent(() => import('../features/system/SystemPage.tsx'), 'SystemPage'),
})
const inspections = createRoute({
  getParentRoute: () => app,
  path: '/inspections',
  component: lazyRouteComponent(() => import('../features/inspections/InspectionsPage.tsx'), 'InspectionsPage'),
})
const inspection = createRoute({
  getParentRoute: () => app,
  path: '/inspections/$id',
  component: lazyRouteComponent(() => import('../features/inspections/InspectionPage.tsx'), 'InspectionPage'),
})
const lots = createRoute({
  getParentRoute: () => app,
  path: '/lots',
  component: lazyRouteComponent(() => import('../features/lots/LotsPage.tsx'), 'LotsPage'),
})
const lot = createRoute({
  getParentRoute: () => app,
  path: '/lots/$id',
  component: lazyRouteComponent(() => import('../features/lots/LotPage.tsx'), 'LotPage'),
})
const orders = createRoute({
  getParentRoute: () => app,
  path: '/orders',
  component: lazyRouteComponent(() => import('../features/orders/OrdersPage.tsx'), 'OrdersPage'),
})
const plc = createRoute({
  getParentRoute: () => app,
  path: '/plc',
  component: lazyRouteComponent(() => import('../features/plc/WorkshopPage.tsx'), 'WorkshopPage'),
})
const assistant = createRoute({
  getParentRoute: () => app,
  path: '/assistant',
  component: lazyRouteComponent(() => import('../features/assistant/AssistantPage.tsx'), 'AssistantPage'),
})
const knowledge = createRoute({
  getParentRoute: () => app,
  path: '/knowledge',
  component: lazyRouteComponent(() => import('../features/knowledge/KnowledgePage.tsx'), 'KnowledgePage'),
})
const document = createRoute({
  getParentRoute: () => app,
  path: '/knowledge/$doc',
  component: lazyRouteComponent(() => import('../features/knowledge/DocumentPage.tsx'), 'DocumentPage'),
})

const tree = root.addChildren([
  signIn,
  app.addChildren([
    home,
    line,
    alarms,
    trends,
    tags,
    system,
    inspections,
    inspection,
    lots,
    lot,
    orders,
    plc,
    assistant,
    knowledge,
    document,
  ]),
])

export const createAppRouter = (cache: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { cache },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: PageMissing,
    defaultPendingComponent: PagePending,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
