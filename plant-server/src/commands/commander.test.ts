import { type Command, manualClock } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createAuditRecords } from '../stores/audit.ts'
import { createCommandRecords } from '../stores/commands.ts'
import { openRecords } from '../stores/records.ts'
import { createSendAudited } from './audited.ts'
import { createCommander } from './commander.ts'

const operator = { name: 'operator', role: 'process_engineer', lang: 'zh' } as const
const body = { kind: 'write_tag', tag: 'primary/dryer/setpoint', value: 120 } as const

function rig(online = true, enrolled = true) {
  const clock = manualClock()
  const { db } = openRecords(':memory:')
  const records = createCommandRecords(db)
  const audit = createAuditRecords(db, clock)
  const published: { topic: string; command: Command }[] = []
  let n = 0
  const commander = createCommander({
    records,
    clock,
    newId: prefix => `${prefix}-${++n}`,
    group: 'g',
    isOnline: () => online,
    isEnrolled: () => enrolled,
    publish: async (topic, payload) => void published.push({ topic, command: JSON.parse(payload) as Command }),
  })
  return { clock, records, audit, commander, published, send: createSendAudited({ commander, audit }) }
}
const about = { action: 'tag.write', subject: body.tag }
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise(resolve => setImmediate(resolve))
}

describe('commander', () => {
  it('publishes with person, role, reason and an expiry of 30 s, and resolves with the answer', async () => {
    const { clock, commander, published, send, audit, records } = rig()
    const sent = send('primary', body, operator, 'too dry', about)
    await until(() => published.length === 1)
    const { topic, command } = published[0]!
    expect(topic).toBe('millwright/g/command/primary')
    expect(command).toMatchObject({
      person: 'operator',
      role: 'process_engineer',
      reason: 'too dry',
      issuedAt: clock.now(),
      expiresAt: clock.now() + 30_000,
    })
    const result = { id: command.id, status: 'done', t: clock.now(), before: 118, readBack: 120 } as const
    await records.finish('primary', result)
    commander.answered(result)
    expect(await sent).toEqual(result)
    expect((await audit.list(9)).map(record => record.action)).toEqual(['tag.write.done', 'tag.write.request'])
    expect((await records.list(9))[0]?.result.status).toBe('done')
  })

  it('resolves as sent after 10 s without an answer; an answer that comes later is kept', async () => {
    const { clock, commander, published, send, records } = rig()
    const sent = send('primary', body, operator, 'r', about)
    await until(() => published.length === 1)
    await clock.advance(10_000)
    expect((await sent).status).toBe('sent')
    const late = { id: published[0]!.command.id, status: 'refused', t: clock.now(), code: 'MW-1005' } as const
    commander.answered(late)
    expect(await records.finish('primary', late)).toBe(true)
    expect(await records.finish('other', late)).toBe(false)
  })

  it('an agent that is not enrolled gets no command, and the attempt is in the audit', async () => {
    const { send, audit, published } = rig(true, false)
    await expect(send('primary', body, operator, 'r', about)).rejects.toThrow('MW-2060')
    expect(published).toEqual([])
    expect((await audit.list(9)).map(record => record.action)).toEqual(['tag.write.failed', 'tag.write.request'])
  })

  it('an agent that is away is named, and the attempt is in the audit', async () => {
    const { send, audit, published } = rig(false)
    await expect(send('primary', body, operator, 'r', about)).rejects.toThrow('MW-2008')
    expect(published).toEqual([])
    expect((await audit.list(9)).map(record => record.action)).toEqual(['tag.write.failed', 'tag.write.request'])
  })
})
