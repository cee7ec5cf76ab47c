import { manualClock, ProblemError } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createActionProposalRecords } from '../stores/action-proposals.ts'
import { createAuditRecords } from '../stores/audit.ts'
import { openRecords } from '../stores/records.ts'
import { createActionProposals, type Executor } from './action-proposals.ts'

const planner = { name: 'planner', role: 'planner', lang: 'zh' } as const
const operator = { name: 'operator', role: 'operator', lang: 'zh' } as const
const text = { zh: '标题', en: 'title' }

async function rig(execute: Executor = async () => ({ zh: '完成', en: 'done' })) {
  const clock = manualClock()
  const { db } = openRecords(':memory:')
  const audit = createAuditRecords(db, clock)
  let n = 0
  const pushed: string[] = []
  const proposals = createActionProposals({
    records: createActionProposalRecords(db),
    audit,
    clock,
    newId: prefix => `${prefix}-${++n}`,
    hub: { publish: message => void (message.type === 'action_proposal' && pushed.push(message.proposal.state)) },
  })
  const ran: unknown[] = []
  proposals.registerExecutor('publish_plan', async (payload, caller, reason) => {
    ran.push(payload)
    return execute(payload, caller, reason)
  })
  const proposal = await proposals.create({
    kind: 'publish_plan',
    title: text,
    summary: text,
    roles: ['planner'],
    payload: { planId: 'p1' },
    createdBy: 'planner',
  })
  return { clock, db, audit, proposals, proposal, ran, pushed }
}
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    error => (error instanceof ProblemError ? error.problem.code : String(error)),
  )

describe('action proposals', () => {
  it('approved once: executed, audited, told to browsers; a second approval at the same moment is refused', async () => {
    const { proposals, proposal, ran, audit, pushed } = await rig()
    const both = [1, 2].map(() => code(proposals.approve(proposal.id, proposal.hash, 'ok', planner)))
    expect((await Promise.all(both)).sort()).toEqual(['MW-2009', 'done'])
    expect(ran).toEqual([{ planId: 'p1' }])
    expect((await proposals.get(proposal.id))?.state).toBe('approved')
    expect((await audit.list(9)).map(record => record.action)).toEqual(['publish_plan.done', 'publish_plan.approve'])
    expect(pushed).toEqual(['open', 'approved'])
    expect(await proposals.listOpen()).toEqual([])
  })
  it('another role, another hash, too late: refused, nothing executed', async () => {
    const { clock, proposals, proposal, ran } = await rig()
    expect(await code(proposals.approve(proposal.id, proposal.hash, '', operator))).toBe('MW-2002')
    expect(await code(proposals.reject(proposal.id, '', operator))).toBe('MW-2002')
    expect(await code(proposals.approve(proposal.id, 'f'.repeat(64), '', planner))).toBe('MW-2017')
    await clock.advance(3_600_000)
    expect(await code(proposals.approve(proposal.id, proposal.hash, '', planner))).toBe('MW-2009')
    expect(await proposals.listOpen()).toEqual([])
    expect(ran).toEqual([])
  })
  it('a payload changed in the database does not pass its hash', async () => {
    const { db, proposals, proposal, ran } = await rig()
    const body = JSON.stringify({ ...proposal, payload: { planId: 'p2' } })
    await db.updateTable('action_proposal').set({ body }).where('id', '=', proposal.id).execute()
    expect(await code(proposals.approve(proposal.id, proposal.hash, '', planner))).toBe('MW-2017')
    expect(ran).toEqual([])
  })
  it('an executor that refuses leaves a failed proposal with its reason', async () => {
    const { proposals, proposal } = await rig(async () => {
      throw new ProblemError({ code: 'MW-3003' })
    })
    const failed = await proposals.approve(proposal.id, proposal.hash, 'ok', planner)
    expect(failed.state).toBe('failed')
    expect(failed.outcome?.en).toContain('based on an older one')
  })
  it('what the ground was taken from is closed, told and audited; it cannot be approved any more', async () => {
    const { proposals, proposal, audit, pushed, ran } = await rig()
    await proposals.supersede('save_plc_program', text, planner)
    expect((await proposals.get(proposal.id))?.state).toBe('open')
    await proposals.supersede('publish_plan', text, planner)
    expect(await proposals.get(proposal.id)).toMatchObject({ state: 'expired', outcome: text })
    expect(pushed).toEqual(['open', 'expired'])
    expect((await audit.list(1))[0]?.action).toBe('publish_plan.superseded')
    expect(await code(proposals.approve(proposal.id, proposal.hash, '', planner))).toBe('MW-2009')
    expect(ran).toEqual([])
  })
  it('rejected stays rejected', async () => {
    const { proposals, proposal, ran } = await rig()
    expect((await proposals.reject(proposal.id, 'no', planner)).state).toBe('rejected')
    expect(await code(proposals.approve(proposal.id, proposal.hash, '', planner))).toBe('MW-2009')
    expect(ran).toEqual([])
  })
})
