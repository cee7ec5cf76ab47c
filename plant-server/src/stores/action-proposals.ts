/** Proposals of pages and of the assistant: what a person with the role may approve, once. */
import type { ActionProposal } from '@millwright/contract'
import type { RecordsDb } from './records.ts'

export interface ActionProposalRecords {
  add(proposal: ActionProposal): Promise<void>
  get(id: string): Promise<ActionProposal | undefined>
  open(now: number): Promise<ActionProposal[]>
  /** Takes the proposal out of `open`, once: undefined where somebody was faster or it has expired. */
  decide(id: string, state: 'approved' | 'rejected' | 'expired', now: number): Promise<ActionProposal | undefined>
  finish(proposal: ActionProposal): Promise<void>
}

export function createActionProposalRecords(db: RecordsDb): ActionProposalRecords {
  const parse = (row: { body: string; state: string }) =>
    ({ ...(JSON.parse(row.body) as ActionProposal), state: row.state }) as ActionProposal
  const get = async (id: string) => {
    const row = await db.selectFrom('action_proposal').select(['body', 'state']).where('id', '=', id).executeTakeFirst()
    return row === undefined ? undefined : parse(row)
  }
  return {
    async add(proposal) {
      await db
        .insertInto('action_proposal')
        .values({
          id: proposal.id,
          kind: proposal.kind,
          state: proposal.state,
          created_at: proposal.createdAt,
          expires_at: proposal.expiresAt,
          body: JSON.stringify(proposal),
        })
        .execute()
    },
    get,
    async open(now) {
      const rows = await db
        .selectFrom('action_proposal')
        .select(['body', 'state'])
        .where('state', '=', 'open')
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .limit(200)
        .execute()
      return rows.map(parse)
    },
    async decide(id, state, now) {
      const { numUpdatedRows } = await db
        .updateTable('action_proposal')
        .set({ state })
        .where('id', '=', id)
        .where('state', '=', 'open')
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return numUpdatedRows === 1n ? get(id) : undefined
    },
    async finish(proposal) {
      await db
        .updateTable('action_proposal')
        .set({ state: proposal.state, body: JSON.stringify(proposal) })
        .where('id', '=', proposal.id)
        .execute()
    },
  }
}
