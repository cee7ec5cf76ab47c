import { type CommandResult, ProblemError, type SetpointProposal } from '@millwright/contract'
import type { SendAudited } from '../../commands/audited.ts'
import type { Hub } from '../../ports.ts'
import type { LoopRecords } from '../../stores/loops.ts'
import type { Caller, SomeHandlers } from '../handlers.ts'

type Names =
  | 'listLoops'
  | 'setLoopLevel'
  | 'enterLaboratorySample'
  | 'latestForecast'
  | 'listSetpointProposals'
  | 'acceptSetpointProposal'
  | 'rejectSetpointProposal'

export function createLoopHandlers(deps: {
  loops: LoopRecords
  send: SendAudited
  hub: Hub
  now: () => number
}): SomeHandlers<Names> {
  const { loops, send, hub } = deps
  const loop = async (id: string) => {
    const found = await loops.get(id)
    if (found === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'loop', id } })
    return found
  }
  const openProposal = async (id: string) => {
    const found = await loops.proposal(id)
    if (found === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'proposal', id } })
    if (found.state !== 'open' || found.expiresAt <= deps.now()) throw new ProblemError({ code: 'MW-2009', place: id })
    return { proposal: found, agent: (await loop(found.loop)).agent }
  }
  const save = async (proposal: SetpointProposal) => {
    await loops.saveProposal(proposal)
    hub.publish({ type: 'proposal', proposal })
  }
  /** The agent's own word, when it has come meanwhile, stands. */
  const settle = async (id: string, by: Caller, state: SetpointProposal['state'], result: CommandResult) => {
    const now = await loops.proposal(id)
    if (now === undefined || (now.state !== 'accepted' && now.state !== 'open')) return
    const reason = result.text === undefined ? [] : [{ code: result.code ?? 'MW-1008', text: result.text, values: {} }]
    await save({
      ...now,
      state,
      decidedBy: by.name,
      ...(typeof result.readBack === 'number' ? { readBack: result.readBack } : {}),
      refusals: state === 'refused' ? [...now.refusals, ...reason] : now.refusals,
    })
  }
  return {
    listLoops: () => loops.all(),
    latestForecast: async ({ params }) => (await loops.forecast((await loop(params.id)).loop)) ?? null,
    async setLoopLevel({ params, body }, caller) {
      const { agent, level } = await loop(params.id)
      const command = { kind: 'set_loop_level', loop: params.id, level: body.level } as const
      return send(agent, command, caller, body.reason, {
        action: 'loop.level',
        subject: params.id,
        before: { level },
      })
    },
    async enterLaboratorySample({ params, body }, caller) {
      const { agent, target } = await loop(params.id)
      const { takenAt, value, reason } = body
      const command = { kind: 'laboratory_sample', loop: params.id, takenAt, value } as const
      return send(agent, command, caller, reason, {
        action: 'loop.laboratory_sample',
        subject: params.id,
        before: { target },
      })
    },
    async listSetpointProposals({ query }) {
      const found = await loops.proposals({ ...query, limit: query.limit ?? 100 })
      // An agent that is away cannot say that the time is over.
      const over = (proposal: SetpointProposal) => proposal.state === 'open' && proposal.expiresAt <= deps.now()
      return found.map(proposal => (over(proposal) ? { ...proposal, state: 'expired' } : proposal))
    },
    async acceptSetpointProposal({ params, body }, caller) {
      const { proposal, agent } = await openProposal(params.id)
      await save({ ...proposal, state: 'accepted', decidedBy: caller.name })
      const value = body.value === undefined ? {} : { value: body.value }
      const command = { kind: 'accept_proposal', proposal: proposal.id, ...value } as const
      try {
        const result = await send(agent, command, caller, body.reason, {
          action: 'proposal.accept',
          subject: proposal.id,
          before: { output: proposal.output, current: proposal.current, proposed: proposal.proposed },
        })
        if (result.status === 'done') await settle(proposal.id, caller, 'written', result)
        else if (result.status !== 'sent') await settle(proposal.id, caller, 'refused', result)
        return result
      } catch (error) {
        // It never left: the proposal is open as before.
        await save(proposal)
        throw error
      }
    },
    async rejectSetpointProposal({ params, body }, caller) {
      const { proposal, agent } = await openProposal(params.id)
      const command = { kind: 'reject_proposal', proposal: proposal.id } as const
      const result = await send(agent, command, caller, body.reason, {
        action: 'proposal.reject',
        subject: proposal.id,
        before: { state: proposal.state },
      })
      if (result.status === 'done') await settle(proposal.id, caller, 'rejected', result)
      return result
    },
  }
}
