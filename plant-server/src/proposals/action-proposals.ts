/**
 * Effects only as proposals: made by anyone, hash-bound to what was shown, approved once by a person with one of the
 * named roles before they expire, then done by the executor of their kind. All of it is in the audit.
 */
import { createHash } from 'node:crypto'
import {
  type ActionProposal,
  type Clock,
  canonicalJson,
  describe,
  type LocalText,
  type Problem,
  ProblemError,
} from '@millwright/contract'
import type { Caller } from '../http/handlers.ts'
import type { Audit, Hub, NewId } from '../ports.ts'
import { mayApprove } from '../security/policy.ts'
import type { ActionProposalRecords } from '../stores/action-proposals.ts'

export type ActionKind = ActionProposal['kind']
/** Does what was approved, with the rights of the approver; what it says goes to the people. Refuses by throwing. */
export type Executor = (payload: unknown, caller: Caller, reason: string) => Promise<LocalText>

export interface ActionProposals {
  create(
    draft: Pick<ActionProposal, 'kind' | 'title' | 'summary' | 'roles' | 'payload'> & {
      /** Name of the person (or of the person whom the assistant served). */
      readonly createdBy: string
      /** How long it may be approved; an hour where not named. */
      readonly ttlMs?: number
    },
  ): Promise<ActionProposal>
  registerExecutor(kind: ActionKind, run: Executor): void
  get(id: string): Promise<ActionProposal | undefined>
  listOpen(): Promise<ActionProposal[]>
  approve(id: string, hash: string, reason: string, caller: Caller): Promise<ActionProposal>
  reject(id: string, reason: string, caller: Caller): Promise<ActionProposal>
  /** Closes what is still open of a kind because the ground it stood on has changed; `why` goes to the people. */
  supersede(kind: ActionKind, why: LocalText, caller: Caller): Promise<void>
}

const HOUR = 3_600_000

export const actionHash = (kind: ActionKind, payload: unknown): string =>
  createHash('sha256').update(canonicalJson({ kind, payload })).digest('hex')

export function createActionProposals(deps: {
  records: ActionProposalRecords
  audit: Audit
  hub: Hub
  clock: Clock
  newId: NewId
}): ActionProposals {
  const { records, audit, hub, clock } = deps
  const executors = new Map<ActionKind, Executor>()
  const tell = (proposal: ActionProposal) => hub.publish({ type: 'action_proposal', proposal })

  async function decidable(id: string, caller: Caller): Promise<ActionProposal> {
    const proposal = await records.get(id)
    if (proposal === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'proposal', id } })
    if (!mayApprove(proposal.roles, caller.role))
      throw new ProblemError({ code: 'MW-2002', values: { role: caller.role } })
    if (proposal.state !== 'open' || proposal.expiresAt <= clock.now())
      throw new ProblemError({ code: 'MW-2009', place: id })
    return proposal
  }
  const written = (action: string, proposal: ActionProposal, reason: string, caller: Caller) =>
    audit.record(
      {
        action: `${proposal.kind}.${action}`,
        subject: proposal.id,
        before: { state: 'open' },
        after: { state: proposal.state, hash: proposal.hash, outcome: proposal.outcome },
        reason,
      },
      caller,
    )

  return {
    async create({ ttlMs = HOUR, ...draft }) {
      const now = clock.now()
      const proposal: ActionProposal = {
        ...draft,
        id: deps.newId('proposal'),
        createdAt: now,
        expiresAt: now + ttlMs,
        hash: actionHash(draft.kind, draft.payload),
        state: 'open',
      }
      await records.add(proposal)
      tell(proposal)
      return proposal
    },
    registerExecutor: (kind, run) => void executors.set(kind, run),
    get: id => records.get(id),
    listOpen: () => records.open(clock.now()),
    async approve(id, hash, reason, caller) {
      const proposal = await decidable(id, caller)
      if (hash !== proposal.hash || hash !== actionHash(proposal.kind, proposal.payload))
        throw new ProblemError({ code: 'MW-2017', place: id })
      const execute = executors.get(proposal.kind)
      if (execute === undefined) throw new ProblemError({ code: 'MW-2019', values: { what: proposal.kind } })
      const taken = await records.decide(id, 'approved', clock.now())
      if (taken === undefined) throw new ProblemError({ code: 'MW-2009', place: id })
      await written('approve', taken, reason, caller)
      const done = await execute(proposal.payload, caller, reason).then(
        (outcome): ActionProposal => ({ ...taken, outcome }),
        (error): ActionProposal => ({ ...taken, state: 'failed', outcome: describe(problemOf(error)) }),
      )
      await records.finish(done)
      await written(done.state === 'failed' ? 'failed' : 'done', done, reason, caller)
      tell(done)
      return done
    },
    async reject(id, reason, caller) {
      await decidable(id, caller)
      const taken = await records.decide(id, 'rejected', clock.now())
      if (taken === undefined) throw new ProblemError({ code: 'MW-2009', place: id })
      await written('reject', taken, reason, caller)
      tell(taken)
      return taken
    },
    async supersede(kind, why, caller) {
      for (const { id } of (await records.open(clock.now())).filter(open => open.kind === kind)) {
        const taken = await records.decide(id, 'expired', clock.now())
        // Somebody decided it meanwhile.
        if (taken === undefined) continue
        const closed: ActionProposal = { ...taken, outcome: why }
        await records.finish(closed)
        await written('superseded', closed, why.en, caller)
        tell(closed)
      }
    },
  }
}

const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { code: 'MW-0103', values: { detail: error instanceof Error ? error.message : String(error) } }
