import type { Inspection } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleLot } from '../reports/sample-lot.ts'
import { type PlantRig, startPlantRig } from '../testing/plant-rig.ts'
import { testFiles } from './testing-plant.ts'

/** Quality and assistant over HTTP, as browsers meet them. */
let rig: PlantRig
const lot = 'WO-1043-AOI-1'
const rows = sampleLot(lot, Date.UTC(2025, 10, 24, 2))

beforeAll(async () => {
  rig = await startPlantRig({ knowledge: (await testFiles()).knowledge })
  for (const { agent, review: _review, lot: id, ...event } of rows)
    await rig.plant.parts.inspections.add(agent, id, event)
})
afterAll(() => rig.end())

type Role = Parameters<PlantRig['token']>[0]
async function call(role: Role, method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = { authorization: `Bearer ${await rig.token(role)}` }
  return rig.plant.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
}
const ask = async (role: Role, question: string, conversation?: string) =>
  (
    await call(role, 'POST', '/api/assistant/ask', {
      question,
      ...(conversation === undefined ? {} : { conversation }),
    })
  ).json()

describe('quality', () => {
  const failed = rows.find(row => row.line.verdict === 'fail') as Inspection
  const path = `/api/inspections/${encodeURIComponent(failed.id)}`

  test('a QA engineer reviews; others may not; audit and summary follow', async () => {
    const body = { decision: 'overturn', comment: 'a hair' }
    expect((await call('operator', 'POST', `${path}/review`, body)).statusCode).toBe(403)
    const reply = await call('qa_engineer', 'POST', `${path}/review`, body)
    expect(reply.json()).toMatchObject({ id: failed.id, review: { truth: 'good', by: 'qa_engineer' } })
    expect((await call('operator', 'GET', path)).json().review.truth).toBe('good')
    const summary = (await call('operator', 'GET', `/api/quality/summary?lot=${lot}`)).json()
    expect(summary).toMatchObject({ captures: rows.length, reviewed: 1, overkill: { events: 1, of: 1, rate: 1 } })
    const [newest] = (await call('administrator', 'GET', '/api/audit?limit=1')).json()
    expect(newest).toMatchObject({ action: 'inspection.review', subject: failed.id, person: 'qa_engineer' })
  })

  test('the report comes as data, PDF and HTML', async () => {
    expect((await call('operator', 'GET', '/api/lots')).json()).toMatchObject([{ id: lot, captures: rows.length }])
    const model = (await call('operator', 'GET', `/api/lots/${lot}/report`)).json()
    const html = await call('operator', 'GET', `/api/lots/${lot}/report-file?lang=zh&format=html`)
    expect(html.headers['content-type']).toContain('text/html')
    expect(html.body).toContain(model.dataHash)
    const pdf = await call('operator', 'GET', `/api/lots/${lot}/report-file?lang=en&format=pdf`)
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await call('operator', 'GET', '/api/lots/none/report')).json().code).toBe('MW-4001')
  })
})

describe('assistant', () => {
  test('documents are cited and open at the place', async () => {
    const answer = await ask('operator', '挂牌上锁第3步是什么？')
    const [citation] = answer.citations
    const document = (await call('operator', 'GET', `/api/knowledge/${citation.doc}`)).json()
    const section = document.sections.find((each: { anchor: string }) => each.anchor === citation.anchor)
    expect(section.text).toContain('断开电源隔离开关')
    expect(answer.answer).toContain('断开电源隔离开关')
  })

  test('the lot is spoken of with figures of the records', async () => {
    const answer = await ask('qa_engineer', `批次 ${lot} 的过杀率是多少？`)
    expect(answer.tools[0]).toMatchObject({ name: 'getQualitySummary', arguments: { lot } })
    expect(answer.struck).toEqual([])
  })

  test('a drafted program is saved only by approval of a process engineer, once, as it was shown', async () => {
    const drafted = await ask('process_engineer', '写一个PLC程序：两台泵按液位交替运行，带急停', 'c')
    const changed = await ask('process_engineer', 'change it: swap every 4 hours', 'c')
    expect(drafted.tools[0].result.draft.green).toBe(true)
    expect(changed.tools[0].result.draft.specification.requests).toHaveLength(2)
    const [proposal] = changed.proposals
    expect((await call('process_engineer', 'GET', '/api/plc/programs')).json()).toEqual([])
    const approve = `/api/action-proposals/${proposal.id}/approve`
    expect((await call('planner', 'POST', approve, { hash: proposal.hash, reason: 'x' })).statusCode).toBe(403)
    const done = (await call('process_engineer', 'POST', approve, { hash: proposal.hash, reason: 'reviewed' })).json()
    expect(done).toMatchObject({ state: 'approved' })
    const [program] = (await call('process_engineer', 'GET', '/api/plc/programs')).json()
    expect(program).toMatchObject({ green: true, version: 1, author: 'process_engineer' })
    expect((await call('process_engineer', 'POST', approve, { hash: proposal.hash, reason: '' })).statusCode).not.toBe(
      200,
    )
  })

  test('tools are listed with the rights of the asker', async () => {
    const names = async (role: Role) =>
      (await call(role, 'GET', '/api/assistant/tools')).json().map((tool: { name: string }) => tool.name)
    expect(await names('operator')).not.toContain('draftPlc')
    expect(await names('process_engineer')).toContain('draftPlc')
  })

  test('what nobody knows is refused as an answer; a wrong body is a coded error', async () => {
    expect(await ask('operator', 'What is the capital of France?')).toMatchObject({ refused: 'MW-5001' })
    expect((await call('operator', 'POST', '/api/assistant/ask', { question: '' })).json().code).toBe('MW-0101')
  })
})
