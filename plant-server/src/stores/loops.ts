/** Control loops, their newest forecasts, and setpoint proposals. */
import type { Forecast, Loop, SetpointProposal } from '@millwright/contract'
import type { RecordsDb } from './records.ts'

export interface LoopRecords {
  all(): Promise<Loop[]>
  get(loop: string): Promise<Loop | undefined>
  /** `foreign`: belongs to another agent; `old`: a newer event (by sequence) is known. */
  save(agent: string, loop: Loop, seq: number): Promise<'saved' | 'old' | 'foreign'>
  forecast(loop: string): Promise<Forecast | undefined>
  /** False where a newer one is known. */
  saveForecast(forecast: Forecast): Promise<boolean>
  proposal(id: string): Promise<SetpointProposal | undefined>
  proposals(query: { limit: number; before?: number; loop?: string }): Promise<SetpointProposal[]>
  /** What an agent says of a proposal, merged with what a person has decided: the proposal as it stands now. */
  applyProposal(said: SetpointProposal, seq: number): Promise<SetpointProposal>
  saveProposal(proposal: SetpointProposal): Promise<void>
}

export function createLoopRecords(db: RecordsDb): LoopRecords {
  const parsed = <T>(row: { body: string } | undefined) => (row === undefined ? undefined : (JSON.parse(row.body) as T))
  const proposal = async (id: string) =>
    parsed<SetpointProposal>(
      await db.selectFrom('setpoint_proposal').select('body').where('id', '=', id).executeTakeFirst(),
    )
  const seqOf = async (id: string) =>
    (await db.selectFrom('setpoint_proposal').select('seq').where('id', '=', id).executeTakeFirst())?.seq ?? 0
  const saveProposal = async (next: SetpointProposal, seq?: number) => {
    const row = {
      seq: seq ?? (await seqOf(next.id)),
      id: next.id,
      loop: next.loop,
      t: next.t,
      state: next.state,
      expires_at: next.expiresAt,
      body: JSON.stringify(next),
    }
    await db
      .insertInto('setpoint_proposal')
      .values(row)
      .onConflict(conflict => conflict.column('id').doUpdateSet(row))
      .execute()
  }
  return {
    async all() {
      const rows = await db.selectFrom('loop').select('body').orderBy('loop').execute()
      return rows.map(row => JSON.parse(row.body) as Loop)
    },
    get: async loop =>
      parsed<Loop>(await db.selectFrom('loop').select('body').where('loop', '=', loop).executeTakeFirst()),
    async save(agent, loop, seq) {
      const known = await db
        .selectFrom('loop')
        .select(['agent', 'seq'])
        .where('loop', '=', loop.loop)
        .executeTakeFirst()
      if (known !== undefined && known.agent !== agent) return 'foreign'
      if (known !== undefined && known.seq > seq) return 'old'
      const row = { loop: loop.loop, agent, body: JSON.stringify({ ...loop, agent }), seq }
      await db
        .insertInto('loop')
        .values(row)
        .onConflict(conflict => conflict.column('loop').doUpdateSet(row))
        .execute()
      return 'saved'
    },
    forecast: async loop =>
      parsed<Forecast>(await db.selectFrom('forecast').select('body').where('loop', '=', loop).executeTakeFirst()),
    async saveForecast(forecast) {
      const row = { loop: forecast.loop, t: forecast.t, body: JSON.stringify(forecast) }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('forecast')
        .values(row)
        .onConflict(conflict => conflict.column('loop').doUpdateSet(row).where('forecast.t', '<=', forecast.t))
        .executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    proposal,
    async proposals({ limit, before, loop }) {
      let query = db.selectFrom('setpoint_proposal').select('body').orderBy('t', 'desc').limit(limit)
      if (before !== undefined) query = query.where('t', '<', before)
      if (loop !== undefined) query = query.where('loop', '=', loop)
      return (await query.execute()).map(row => JSON.parse(row.body) as SetpointProposal)
    },
    async applyProposal(said, seq) {
      const known = await proposal(said.id)
      if (known !== undefined && seq < (await seqOf(said.id))) return known
      const undecided = said.state === 'open'
      const next: SetpointProposal = {
        ...said,
        // The agent does not know yet what a person has decided.
        state: undecided && known !== undefined ? known.state : said.state,
        ...(said.decidedBy === undefined && known?.decidedBy !== undefined ? { decidedBy: known.decidedBy } : {}),
      }
      await saveProposal(next, seq)
      return next
    },
    saveProposal: next => saveProposal(next),
  }
}
