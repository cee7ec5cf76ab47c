/** From a person's click to the machine's answer, with a scripted agent behind the real broker. */
import type { AlarmEvent, Command, CommandResult, EventItem, Role, SetpointProposal } from '@millwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectScriptedAgent, until } from '../../ingest/scripted-agent.suite.ts'
import { type PlantRig, SECRETS, startPlantRig, tagDefinition } from '../../testing/plant-rig.ts'

const SETPOINT = 'primary/dryer/steam_setpoint'
const MOISTURE = 'primary/dryer/outlet_moisture'
const ALARM = 'primary/plc/Dryer.MoistureHigh'
let rig: PlantRig
let agent: Awaited<ReturnType<typeof connectScriptedAgent>>
let seq = 100
/** What the scripted agent answers to its next command. */
let answer: (command: Command) => Partial<CommandResult> = () => ({ status: 'done' })

const say = (kind: EventItem['kind'], body: object) => agent.event({ seq: ++seq, kind, body })
const alarm = (active: boolean, acknowledged: boolean, more: Partial<AlarmEvent> = {}) =>
  say('alarm', {
    ...more,
    alarm: ALARM,
    priority: 'high',
    active,
    acknowledged,
    t: Date.now(),
    message: { zh: '水分高', en: 'Moisture high' },
  })
const proposal = (id: string, part: Partial<SetpointProposal> = {}): SetpointProposal => ({
  id,
  loop: 'dryer',
  output: SETPOINT,
  t: Date.now(),
  expiresAt: Date.now() + 60_000,
  current: 118,
  proposed: 121,
  unit: 'degC',
  forecastNow: 13.4,
  forecastThen: 12.6,
  state: 'open',
  reasons: [],
  refusals: [],
  ...part,
})

beforeAll(async () => {
  rig = await startPlantRig()
  agent = await connectScriptedAgent({
    url: rig.plant.mqttUrl,
    agent: 'primary',
    secret: SECRETS.get('primary')!,
    group: 'g',
  })
  await agent.birth('plc', [
    tagDefinition(SETPOINT, { writable: { low: 100, high: 150 }, unit: 'degC' }),
    tagDefinition(MOISTURE),
  ])
  agent.client.on('message', (topic, payload) => {
    if (!topic.includes('/command/')) return
    const command = JSON.parse(payload.toString()) as Command
    void say('command_result', { id: command.id, status: 'done', t: Date.now(), ...answer(command) })
  })
  await say('loop', {
    loop: 'dryer',
    agent: 'primary',
    target: MOISTURE,
    output: SETPOINT,
    level: 'advise',
    setpoint: 12.5,
    low: 12,
    high: 13,
    guard: { low: 100, high: 150, maxStep: 5 },
  })
  await until(() => agent.isConfirmed(seq) && rig.plant.parts.agents.isOnline('primary'))
})
beforeEach(() => {
  answer = () => ({ status: 'done' })
})
afterAll(async () => {
  await agent.close()
  await rig.end()
})

const post = async (role: Role, url: string, payload: object) =>
  rig.plant.app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${await rig.token(role)}` },
    payload,
  })
const actions = async () => (await rig.plant.parts.audit.list(3)).map(record => record.action)

describe('writing a tag', () => {
  it('goes through the agent and comes back with the read-back, audited before and after', async () => {
    answer = ({ body }) => ({ before: 118, readBack: body.kind === 'write_tag' ? body.value : 0 })
    const reply = await post('process_engineer', '/api/commands/write', {
      tag: SETPOINT,
      value: 120,
      reason: 'too wet',
    })
    expect(reply.json()).toMatchObject({ status: 'done', before: 118, readBack: 120 })
    expect((await actions()).slice(0, 2)).toEqual(['tag.write.done', 'tag.write.request'])
    const [command] = await rig.plant.parts.commands.list(1)
    expect(command?.command).toMatchObject({ person: 'process_engineer', reason: 'too wet' })
  })
  it('a tag that cannot be written, a value outside its limits, a tag that is none: refused here', async () => {
    const codes = []
    for (const write of [
      { tag: MOISTURE, value: 1, reason: '' },
      { tag: SETPOINT, value: 151, reason: '' },
      { tag: 'primary/none', value: 1, reason: '' },
    ])
      codes.push((await post('process_engineer', '/api/commands/write', write)).json().code)
    expect(codes).toEqual(['MW-1009', 'MW-1008', 'MW-2004'])
  })
})

describe('a laboratory sample', () => {
  const sample = { takenAt: 1_764_000_000_000, value: 12.41, reason: 'oven, shift 2' }
  it('goes to the agent of the loop with time and person, and leaves audit records', async () => {
    answer = ({ body }) => (body.kind === 'laboratory_sample' ? { before: 0, readBack: 0.08 } : { status: 'failed' })
    const reply = await post('qa_engineer', '/api/loops/dryer/laboratory-samples', sample)
    expect(reply.json()).toMatchObject({ status: 'done', before: 0, readBack: 0.08 })
    expect((await actions()).slice(0, 2)).toEqual(['loop.laboratory_sample.done', 'loop.laboratory_sample.request'])
    const [command] = await rig.plant.parts.commands.list(1)
    expect(command?.command).toMatchObject({
      person: 'qa_engineer',
      reason: 'oven, shift 2',
      body: { kind: 'laboratory_sample', loop: 'dryer', takenAt: sample.takenAt, value: 12.41 },
    })
  })
  it('is refused for a loop that is none, and for a planner', async () => {
    expect((await post('qa_engineer', '/api/loops/none/laboratory-samples', sample)).json().code).toBe('MW-2004')
    expect((await post('planner', '/api/loops/dryer/laboratory-samples', sample)).statusCode).toBe(403)
  })
})

describe('setpoint proposals', () => {
  const offer = async (id: string, part: Partial<SetpointProposal> = {}) => {
    await say('proposal', proposal(id, part))
    await until(() => agent.isConfirmed(seq))
  }
  it('accepted: written, with who and the read-back', async () => {
    await offer('p1')
    answer = () => ({ readBack: 121 })
    const reply = await post('operator', '/api/setpoint-proposals/p1/accept', { reason: 'fine' })
    expect(reply.json()).toMatchObject({ status: 'done', readBack: 121 })
    expect(await rig.plant.parts.loops.proposal('p1')).toMatchObject({
      state: 'written',
      decidedBy: 'operator',
      readBack: 121,
    })
    expect((await post('operator', '/api/setpoint-proposals/p1/accept', { reason: '' })).json().code).toBe('MW-2009')
    expect((await actions()).slice(0, 2)).toEqual(['proposal.accept.done', 'proposal.accept.request'])
  })
  it('refused by the guard: with its reason, and nobody is asked again', async () => {
    await offer('p2')
    answer = () => ({ status: 'refused', code: 'MW-1008', text: { zh: '步幅过大', en: 'step too large' } })
    const reply = await post('operator', '/api/setpoint-proposals/p2/accept', { value: 140, reason: 'more' })
    expect(reply.json()).toMatchObject({ status: 'refused', code: 'MW-1008' })
    const stored = await rig.plant.parts.loops.proposal('p2')
    expect(stored).toMatchObject({ state: 'refused', refusals: [{ text: { en: 'step too large' } }] })
  })
  it('what the agent says of it later stands', async () => {
    await offer('p3')
    answer = () => ({ status: 'sent' })
    await post('operator', '/api/setpoint-proposals/p3/accept', { reason: '' })
    expect((await rig.plant.parts.loops.proposal('p3'))?.state).toBe('accepted')
    await offer('p3', { state: 'written', readBack: 121 })
    expect(await rig.plant.parts.loops.proposal('p3')).toMatchObject({ state: 'written', decidedBy: 'operator' })
  })
  it('rejected, expired', async () => {
    await offer('p4')
    await post('operator', '/api/setpoint-proposals/p4/reject', { reason: 'no' })
    expect((await rig.plant.parts.loops.proposal('p4'))?.state).toBe('rejected')
    await offer('p5', { expiresAt: 1 })
    expect((await post('operator', '/api/setpoint-proposals/p5/accept', { reason: '' })).json().code).toBe('MW-2009')
  })
})

describe('alarms', () => {
  it('acknowledged at the source: the journal names the person when the source reports it', async () => {
    await alarm(true, false)
    await until(() => agent.isConfirmed(seq))
    answer = () => {
      void alarm(true, true)
      return { status: 'done' }
    }
    const reply = await post('operator', '/api/alarms/acknowledge', { alarm: ALARM })
    expect(reply.json().status).toBe('done')
    const { alarms } = rig.plant.parts
    await until(async () => (await alarms.get(ALARM))?.state === 'acked', 'acknowledged')
    expect(await alarms.get(ALARM)).toMatchObject({ acknowledgedBy: 'operator' })
    expect((await alarms.journal(1))[0]).toMatchObject({ from: 'unack', to: 'acked', by: 'operator' })
    expect((await post('operator', '/api/alarms/acknowledge', { alarm: ALARM })).json().code).toBe('MW-2009')
    await alarm(false, true)
    await until(async () => (await alarms.get(ALARM))?.state === 'normal', 'normal')
    expect(await alarms.standing()).toEqual([])
  })
  it('shelved with a reason, listed while it is set aside, unshelved; confirmed only where the device asks', async () => {
    await alarm(false, true, { shelved: false })
    const { alarms } = rig.plant.parts
    await until(async () => (await alarms.get(ALARM))?.shelved === false, 'reported')
    const post1 = (path: string, body: object) => post('operator', `/api/alarms/${path}`, { alarm: ALARM, ...body })
    expect((await post1('shelve', { seconds: 900 })).statusCode).toBe(400)
    expect((await post('qa_engineer', '/api/alarms/shelve', { alarm: ALARM, reason: 'x' })).statusCode).toBe(403)
    answer = () => {
      void alarm(false, true, { shelved: true })
      return { status: 'done' }
    }
    expect((await post1('shelve', { seconds: 900, reason: 'sensor is being cleaned' })).json().status).toBe('done')
    await until(async () => (await alarms.get(ALARM))?.shelved === true, 'shelved')
    expect((await alarms.standing()).map(each => each.alarm)).toEqual([ALARM])
    expect((await post1('shelve', { reason: 'again' })).json().code).toBe('MW-2009')
    expect((await post1('confirm', {})).json().code).toBe('MW-2009')
    expect((await actions()).slice(0, 2)).toEqual(['alarm.shelve.done', 'alarm.shelve.request'])
    answer = () => {
      void alarm(false, true, { shelved: false, confirmed: false })
      return { status: 'done' }
    }
    expect((await post1('unshelve', {})).json().status).toBe('done')
    await until(async () => (await alarms.standing()).length === 0, 'unshelved')
    answer = () => ({ status: 'done' })
    expect((await post1('confirm', { reason: 'cleaned' })).json().status).toBe('done')
  })
})
