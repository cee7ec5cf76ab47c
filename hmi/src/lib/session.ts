/** Who is signed in, and what their role allows; the server decides, the page only spares futile attempts. */
import { type Access, type Role, type RouteName, routes, type User } from '@millwright/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { ApiError, call, type Reply } from './api.ts'

export type Session = Reply<'session'>

export const sessionQuery = queryOptions({
  queryKey: ['session'] as const,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await call('session')
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
})

export const useSession = (): Session | null => useQuery(sessionQuery).data ?? null
export const useUser = (): User | null => useSession()?.user ?? null

/** Access rule of the contract against a role. */
export function roleMay(access: Access, role: Role | undefined): boolean {
  if (access === 'open') return true
  if (access === 'agent' || role === undefined) return false
  return access === 'any' || access.includes(role)
}

export const mayCall = (name: RouteName, role: Role | undefined): boolean => roleMay(routes[name].access, role)

/** May the signed-in user call this row? */
export const useMay = (name: RouteName): boolean => mayCall(name, useUser()?.role)
