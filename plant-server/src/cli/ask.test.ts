import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleLot } from '../reports/sample-lot.ts'
import { type PlantRig, startPlantRig } from '../testing/plant-rig.ts'
import { run as ask } from './ask.ts'
import { run as report } from './report.ts'

async function cli(command: typeof ask, ...argv: string[]) {
  let out = ''
  let err = ''
  const status = await command(argv, {
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
  })
  return { status, out, err }
}

describe('ask --demo', () => {
  test('prints one JSON object of the promised shape, the same each time', async () => {
    const answers = []
    for (let i = 0; i < 2; i += 1) {
      const { status, out } = await cli(ask, '一小时前烘丝机出口水分是多少？', '--demo', '--json')
      expect(status).toBe(0)
      answers.push(JSON.parse(out))
    }
    const [{ ms, ...first }, { ms: _ms, ...second }] = answers
    expect(ms).toBeGreaterThanOrEqual(0)
    expect(first).toEqual(second)
    expect(Object.keys(first)).toEqual(['answer', 'engine', 'tools', 'citations', 'proposals', 'struck'])
    expect(first).toMatchObject({
      engine: 'rules',
      tools: [{ name: 'getTagValue', arguments: { tag: 'primary/dryer/outlet_moisture' }, ok: true }],
    })
    expect(Object.keys(first.tools[0])).toEqual(['name', 'arguments', 'ok'])
  })

  test('answers with the rights of the user and in the language asked for', async () => {
    const { out } = await cli(ask, '重新排产', '--demo', '--json', '--user', 'operator', '--lang', 'en')
    expect(JSON.parse(out)).toMatchObject({ tools: [{ name: 'whatIf', ok: false }], proposals: [] })
    expect(JSON.parse(out).answer).toMatch(/role/)
    const stranger = await cli(ask, 'hello', '--demo', '--user', 'mallory')
    expect(stranger).toMatchObject({ status: 1, out: '' })
    expect(stranger.err).toMatch(/^MW-2004/)
  })

  test('drafts a program that went through the gate', { timeout: 120_000 }, async () => {
    const { out } = await cli(
      ask,
      'Write a PLC program: two pumps alternate by level, emergency stop',
      '--demo',
      '--json',
    )
    expect(JSON.parse(out)).toMatchObject({
      tools: [{ name: 'draftPlc', ok: true }],
      proposals: [{ kind: 'save_plc_program', state: 'open' }],
    })
  })
})

test.each([[[]], [['  ']], [['one', 'two']], [['x', '--lang', 'de']], [['x'.repeat(4001)]]])(
  'wrong usage of ask is told',
  async argv => {
    await expect(cli(ask, ...argv)).rejects.toThrow(UsageError)
  },
)

describe('on a running server', () => {
  let rig: PlantRig
  let server: string[]
  const lot = 'WO-1043-AOI-1'
  beforeAll(async () => {
    rig = await startPlantRig()
    for (const { agent, lot: id, review: _review, ...event } of sampleLot(lot, Date.UTC(2025, 10, 24, 2)))
      await rig.plant.parts.inspections.add(agent, id, event)
    const { url } = await rig.plant.listen()
    server = ['--url', url]
    process.env.MILLWRIGHT_TOKEN = await rig.token('qa_engineer')
  })
  afterAll(async () => {
    delete process.env.MILLWRIGHT_TOKEN
    await rig.end()
  })

  test('ask speaks of its records', async () => {
    const { out, status } = await cli(ask, `批次 ${lot} 检验了多少`, '--json', ...server)
    expect(status).toBe(0)
    expect(JSON.parse(out).tools[0]).toMatchObject({ ok: true, arguments: { lot } })
  })

  test.each(['pdf', 'html'] as const)('report inspection writes a %s', async format => {
    const file = join(mkdtempSync(join(tmpdir(), 'mw-report-')), `r.${format}`)
    const { status, out } = await cli(
      report,
      'inspection',
      '--lot',
      lot,
      '--lang',
      'zh',
      '--format',
      format,
      '--out',
      file,
      ...server,
    )
    expect(status).toBe(0)
    const bytes = readFileSync(file)
    expect(JSON.parse(out)).toMatchObject({ lot, format, bytes: bytes.length })
    expect(bytes.subarray(0, 200).toString()).toMatch(format === 'pdf' ? /^%PDF-/ : /<!doctype html>/)
  })

  test('a lot without inspections and a folder that is not there are coded', async () => {
    const options = ['--lang', 'en', '--format', 'html', ...server]
    expect(await cli(report, 'inspection', '--lot', 'none', '--out', '/tmp/x.html', ...options)).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^MW-4001/),
    })
    const missing = await cli(report, 'inspection', '--lot', lot, '--out', '/no/such/folder/x.html', ...options)
    expect(missing).toMatchObject({ status: 1, err: expect.stringMatching(/^MW-0102/) })
    await expect(cli(report, 'inspection', '--lot', lot, '--lang', 'fr')).rejects.toThrow(UsageError)
  })
})
