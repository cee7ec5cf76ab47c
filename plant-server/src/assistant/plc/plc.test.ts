import { manualClock, PlcProgram as ProgramSchema, parser } from '@millwright/contract'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createPlcProgramRecords } from '../../stores/plc-programs.ts'
import { openRecords } from '../../stores/records.ts'
import { codegenDrafter } from './codegen-drafter.ts'
import { createWorkshop, type Workshop } from './workshop.ts'

const request = '两台泵按液位交替运行，带急停'
const drafter = codegenDrafter()
const engineer = { name: 'process', role: 'process_engineer' } as const
const audited: { action: string; before: unknown; after: unknown }[] = []
const records = openRecords(':memory:')
afterAll(() => records.close())

let workshop: Workshop
beforeEach(() => {
  audited.length = 0
  let count = 0
  workshop = createWorkshop({
    drafter,
    records: createPlcProgramRecords(records.db),
    audit: {
      record: async entry => {
        audited.push(entry)
        return { ...entry, seq: 1, t: 0, person: '', role: '', hash: '' }
      },
    },
    clock: manualClock(),
    newId: prefix => {
      count += 1
      return `${prefix}-${audited.length}-${count}-${performance.now()}`
    },
  })
})

describe('drafting', () => {
  test('a request in Chinese, then a change in English', async () => {
    const first = await workshop.draft(request, undefined)
    expect(first).toMatchObject({ understood: true, green: true, problems: [] })
    expect(first.scenarios.passed).toBe(first.scenarios.total)
    expect(first.scenarios.total).toBeGreaterThanOrEqual(3)
    const changed = await workshop.draft('swap every 4 hours', first.specification)
    expect(changed).toMatchObject({ understood: true, green: true })
    expect(changed.st).not.toBe(first.st)
    expect((changed.specification as { requests: string[] }).requests).toEqual([request, 'swap every 4 hours'])
  })

  test('words that give no program say what is missing', async () => {
    const draft = await workshop.draft('control the weather', undefined)
    expect(draft).toMatchObject({ understood: false, green: false })
    expect(draft.notes.length).toBeGreaterThan(0)
  })

  test('what claims to be a previous specification and is none is refused with its place', async () => {
    await expect(workshop.draft('swap every 4 hours', { scenarios: 'all' })).rejects.toThrow(/MW-0101/)
  })
})

describe('saving', () => {
  test('versions count up, with what the gate found and an audit record', async () => {
    const { st, specification } = await workshop.draft(request, undefined)
    const one = await workshop.save({ name: 'Pumps', st, specification, reason: 'first' }, engineer)
    const two = await workshop.save({ name: 'Pumps', st: `${st}\n`, specification, reason: 'second' }, engineer)
    expect([one.version, two.version, one.green]).toEqual([1, 2, true])
    expect(two.hash).not.toBe(one.hash)
    expect(parser(ProgramSchema).parse(JSON.parse(JSON.stringify(one))).ok).toBe(true)
    expect((await workshop.list()).filter(({ name }) => name === 'Pumps')).toEqual([two])
    expect(audited[1]).toMatchObject({ action: 'plc.save', before: { version: 1 }, after: { version: 2 } })
  })

  test('an edit that breaks the program is kept but never green', async () => {
    const { st, specification } = await workshop.draft(request, undefined)
    const broken = await workshop.save(
      { name: 'Broken', st: st.replace('END_VAR', ''), specification, reason: '' },
      engineer,
    )
    expect(broken.green).toBe(false)
    await expect(
      workshop.save({ name: 'Broken', st: st.replace('END_VAR', ''), specification, reason: '' }, engineer, true),
    ).rejects.toThrow(/MW-5008/)
  })

  test('scenarios that somebody made easier do not make a program green', async () => {
    const { st, specification } = await workshop.draft(request, undefined)
    const easier = { ...(specification as object), scenarios: [] }
    expect((await workshop.save({ name: 'Easy', st, specification: easier, reason: '' }, engineer)).green).toBe(false)
    expect((await workshop.save({ name: 'Own', st, specification: null, reason: '' }, engineer)).green).toBe(false)
  })
})
