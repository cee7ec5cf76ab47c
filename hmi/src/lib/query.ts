/** TanStack Query over the contract's table: the key is the row's name and its input. */
import type { RouteName } from '@millwright/contract'
import {
  QueryClient,
  queryOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import { ApiError, type Args, call, type Reply } from './api.ts'

export const keyOf = <N extends RouteName>(name: N, ...[input]: Args<N>) => [name, input ?? {}] as const

/** Query options of a row, for `useQuery`, loaders and prefetching. */
export const routeQuery = <N extends RouteName>(name: N, ...args: Args<N>) =>
  queryOptions({ queryKey: keyOf(name, ...args), queryFn: () => call(name, ...args) })

/** Reads a row. */
export const useRead = <N extends RouteName>(name: N, ...args: Args<N>): UseQueryResult<Reply<N>, Error> =>
  useQuery(routeQuery(name, ...args)) as UseQueryResult<Reply<N>, Error>

/** Changes something through a row; `onDone` gets the reply. Errors are thrown into `error`. */
export const useChange = <N extends RouteName>(
  name: N,
  onDone?: (reply: Reply<N>) => void,
): UseMutationResult<Reply<N>, Error, Args<N>[0]> =>
  useMutation({
    mutationKey: [name],
    mutationFn: (input: Args<N>[0]) => call(name, ...([input] as unknown as Args<N>)),
    onSuccess: reply => onDone?.(reply),
  })

/** No answer, or one that says the server is not itself: the same request may succeed later. */
const PASSING = new Set([0, 500, 502, 503, 504])
const retry = (count: number, error: Error) => count < 3 && error instanceof ApiError && PASSING.has(error.status)

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { retry, staleTime: 10_000, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { networkMode: 'always', retry: false },
    },
  })
