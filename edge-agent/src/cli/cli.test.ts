import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '@millwright/contract'
import { afterAll, describe, expect, it } from 'vitest'
import { run as browse } from './browse.ts'
import { run as check } from './check.ts'
import { run } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const GOOD = `agent: a
group: g
data: d
server: { mqtt: mqtt://h:1883, http: http://h }
sources: [{ id: cell, kind: modbus, host: h }]
`
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
async function call(command: typeof check, ...argv: string[]) {
  const said = { out: '', err: '' }
  const status = await command(argv, {
    out: text => {
      said.out += text
    },
    err: text => {
      said.err += text
    },
  })
  return { status, ...said }
}

describe('check', () => {
  it('a good file: exit 0, nothing on stdout', async () => {
    expect(await call(check, file('good.yaml', GOOD))).toMatchObject({ status: 0, out: '' })
    const { status, out } = await call(check, file('good.yaml', GOOD), '--json')
    expect([status, JSON.parse(out)]).toEqual([0, { ok: true, problems: [] }])
  })
  it('a bad file: exit 1, every fault with code, place and both languages', async () => {
    const bad = file('bad.yaml', GOOD.replace('host: h', 'hots: h').replace('group: g\n', ''))
    const { status, out } = await call(check, bad, '--json')
    const { ok, problems } = JSON.parse(out)
    expect([status, ok]).toEqual([1, false])
    expect(problems.map(({ code }: { code: string }) => code)).toEqual(['MW-1107', 'MW-1107', 'MW-1105'])
    for (const { place, text } of problems) {
      expect(place).toMatch(/bad\.yaml:\d/)
      expect(text.zh).not.toBe(text.en)
    }
    expect(await call(check, bad)).toMatchObject({ status: 1, out: '', err: expect.stringContaining('Write one of') })
  })
  it('a password file that is not there', async () => {
    const { status, err } = await call(
      check,
      file('secret.yaml', GOOD.replace('http://h }', 'http://h, passwordFile: none }')),
    )
    expect([status, err]).toEqual([1, expect.stringMatching(/^MW-0102 .*none/)])
  })
  it('a loop that cannot be', async () => {
    const { status, err } = await call(check, file('loop.yaml', `${GOOD}loops: [{ id: x }]\n`))
    expect([status, err]).toEqual([1, expect.stringContaining('MW-0101')])
  })
})

describe('wrong usage and bad input', () => {
  it.each([
    ['check', check, []],
    ['check with two files', check, ['a', 'b']],
    ['check with an unknown option', check, ['a', '--fast']],
    ['run', run, []],
    ['browse without an address', browse, []],
    ['browse of something else', browse, ['http://h']],
  ] as const)('%s is wrong usage', async (_name, command, argv) => {
    await expect(call(command, ...argv)).rejects.toBeInstanceOf(UsageError)
  })
  it('run of a bad file names its faults and ends with 1', async () => {
    expect(await call(run, file('empty.yaml', ''))).toMatchObject({ status: 1, out: '' })
  })
  it('browse where nobody answers is a coded fault', async () => {
    expect(await call(browse, 'opc.tcp://127.0.0.1:9')).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(/^MW-1001/),
    })
  }, 30_000)
})
