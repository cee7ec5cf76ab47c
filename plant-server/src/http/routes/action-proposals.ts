import type { ActionProposals } from '../../proposals/action-proposals.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createActionProposalHandlers = (
  proposals: ActionProposals,
): SomeHandlers<'listActionProposals' | 'approveActionProposal' | 'rejectActionProposal'> => ({
  listActionProposals: () => proposals.listOpen(),
  approveActionProposal: ({ params, body }, caller) => proposals.approve(params.id, body.hash, body.reason, caller),
  rejectActionProposal: ({ params, body }, caller) => proposals.reject(params.id, body.reason, caller),
})
