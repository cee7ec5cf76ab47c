/** Who may do what: pure, by the contract's table. */
import type { Access, Role } from '@millwright/contract'
import type { Caller } from '../http/handlers.ts'

/** allowed · nobody: not signed in · role: signed in, but not with a role that may. */
export type Decision = 'allowed' | 'nobody' | 'role'

export function decide(access: Access, caller: Pick<Caller, 'role'> | undefined): Decision {
  if (access === 'open') return 'allowed'
  if (caller === undefined) return 'nobody'
  if (access === 'agent') return caller.role === 'agent' ? 'allowed' : 'role'
  if (caller.role === 'agent') return 'role'
  return access === 'any' || access.includes(caller.role) ? 'allowed' : 'role'
}

/** For proposals that name their roles themselves. */
export const mayApprove = (roles: readonly Role[], role: Caller['role']): boolean =>
  role !== 'agent' && roles.includes(role)
