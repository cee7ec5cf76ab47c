import { manualClock } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createAgentRecords } from '../stores/agents.ts'
import { openRecords } from '../stores/records.ts'
import { createEnrolments } from './enrolment.ts'

const MINUTE = 60_000
async function rig(configured: ReadonlyMap<string, string> = new Map([['primary', 'its configured secret']])) {
  const clock = manualClock()
  const { db } = openRecords(':memory:')
  const records = createAgentRecords(db)
  const revoked: string[] = []
  const open = () =>
    createEnrolments({
      records,
      configured,
      group: 'g',
      hostId: 'millwright',
      clock,
      onRevoked: agent => void revoked.push(agent),
    })
  return { clock, records, revoked, open, enrolments: await open() }
}

describe('enrolment', () => {
  it('a code becomes a secret, once; the secret is what the agent is known by', async () => {
    const { enrolments } = await rig()
    const { code, agent } = await enrolments.add('line-1')
    expect([agent, code]).toEqual(['line-1', expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)])
    expect(enrolments.of('line-1')).toBe('pending')
    // As a person types it.
    const { secret, group, hostId } = await enrolments.exchange('line-1', code.toLowerCase().replaceAll('-', ' '))
    expect([group, hostId]).toEqual(['g', 'millwright'])
    expect(enrolments.of('line-1')).toBe('enrolled')
    expect(enrolments.isAgent('line-1', secret)).toBe(true)
    expect(enrolments.isAgent('line-1', `${secret}x`)).toBe(false)
    expect(enrolments.isAgent('line-2', secret)).toBe(false)
    await expect(enrolments.exchange('line-1', code)).rejects.toThrow('MW-2061')
  })
  it('two that exchange one code at once: one gets a secret', async () => {
    const { enrolments } = await rig()
    const { code } = await enrolments.add('line-1')
    const both = await Promise.allSettled([enrolments.exchange('line-1', code), enrolments.exchange('line-1', code)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('a code expires, is void once there is a newer one, and is good for its own agent only', async () => {
    const { enrolments, clock } = await rig()
    const first = await enrolments.add('line-1', 5)
    const second = await enrolments.add('line-1', 5)
    await expect(enrolments.exchange('line-1', first.code)).rejects.toThrow('MW-2061')
    await expect(enrolments.exchange('line-2', second.code)).rejects.toThrow('MW-2061')
    await clock.advance(5 * MINUTE)
    await expect(enrolments.exchange('line-1', second.code)).rejects.toThrow('MW-2061')
    expect(enrolments.of('line-1')).toBe('none')
  })
  it('neither code nor secret stands in the records; they are known again after a restart', async () => {
    const { enrolments, records, open } = await rig()
    const { code } = await enrolments.add('line-1')
    expect(JSON.stringify(await records.all())).not.toContain(code.replaceAll('-', ''))
    const { secret } = await enrolments.exchange('line-1', code)
    expect(JSON.stringify(await records.all())).not.toContain(secret)
    expect((await open()).isAgent('line-1', secret)).toBe(true)
  })
  it('revoked is revoked at once and after a restart, configured agents too, until a new code is exchanged', async () => {
    const { enrolments, revoked, open } = await rig()
    expect(enrolments.isAgent('primary', 'its configured secret')).toBe(true)
    expect(enrolments.of('primary')).toBe('configured')
    expect(await enrolments.revoke('primary')).toMatchObject({ agent: 'primary', enrolment: 'revoked' })
    expect(revoked).toEqual(['primary'])
    expect(enrolments.isAgent('primary', 'its configured secret')).toBe(false)
    expect((await open()).isRevoked('primary')).toBe(true)
    const { code } = await enrolments.add('primary')
    expect(enrolments.isRevoked('primary')).toBe(true)
    const { secret } = await enrolments.exchange('primary', code)
    expect(enrolments.of('primary')).toBe('enrolled')
    expect(enrolments.isAgent('primary', secret)).toBe(true)
    // The old one, which whoever was shut out may hold, stays shut out.
    expect(enrolments.isAgent('primary', 'its configured secret')).toBe(false)
  })
  it('an agent that nobody knows cannot be revoked', async () => {
    const { enrolments } = await rig()
    await expect(enrolments.revoke('ghost')).rejects.toThrow('MW-2004')
    expect(enrolments.list().map(({ agent, enrolment }) => [agent, enrolment])).toEqual([['primary', 'configured']])
  })
  it('what an agent has stays good until it exchanges a new code', async () => {
    const { enrolments } = await rig()
    await enrolments.add('primary')
    expect(enrolments.isAgent('primary', 'its configured secret')).toBe(true)
    expect(enrolments.list()[0]).toMatchObject({ enrolment: 'configured', expiresAt: expect.any(Number) })
  })
})
