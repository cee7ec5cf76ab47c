import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run as check } from './check.ts'
import { type Command, dispatch } from './command-line.ts'
import { run as diff } from './diff.ts'
import { run as draft } from './draft.ts'
import { run as exportRun, runImport } from './export.ts'
import { run as formatFiles } from './format.ts'
import { run as runTraceFile } from './run.ts'

let folder = ''
const file = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const command = (name: string, run: Command['load']): Command => ({ name, usage: name, load: run })
const commands = [
  command('check', async () => check),
  command('run', async () => runTraceFile),
  command('draft', async () => draft),
  command('format', async () => formatFiles),
  command('diff', async () => diff),
  command('export', async () => exportRun),
  command('import', async () => runImport),
  command('broken', async () => async () => {
    throw new Error('of our own making')
  }),
]

async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await dispatch('mw-plc', commands, argv, {
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
  })
  return { code, out, err }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mw-plc-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const good = 'FUNCTION_BLOCK F VAR_INPUT a : BOOL; END_VAR VAR_OUTPUT q : BOOL; END_VAR q := NOT a; END_FUNCTION_BLOCK'

describe('mw-plc', () => {
  test('diff tells meaning from writing, and proves or breaks equal behaviour', async () => {
    const before = file('Before.st', good)
    const same = file('Same.st', good.replace('NOT a', 'a = FALSE').replace(/ END_VAR/g, '\nEND_VAR'))
    const other = file('Other.st', good.replace('NOT a', 'a'))
    expect(await call('diff', before, file('Laid.st', `// note\n${good.toLowerCase()}`))).toMatchObject({
      code: 0,
      out: '',
    })
    expect(await call('diff', before, same)).toMatchObject({
      code: 1,
      out: expect.stringContaining('+ Q := A = FALSE;'),
    })
    expect(await call('diff', before, same, '--pou', 'F')).toMatchObject({
      code: 0,
      out: expect.stringContaining('proved'),
    })
    expect(await call('diff', before, other, '--pou', 'F')).toMatchObject({
      code: 1,
      out: expect.stringContaining('violated'),
    })
    expect((await call('diff', before)).code).toBe(2)
  })

  test('export writes the files of another tool, import reads them back; what is broken ends with 1 and a code', async () => {
    const source = file('Unit.st', good)
    const out = join(folder, 'twincat')
    const exported = await call('export', source, '--to', 'twincat', '--out', out)
    expect(exported).toMatchObject({ code: 0, err: '', out: `${join(out, 'F.TcPOU')}\n` })
    expect(readFileSync(join(out, 'F.TcPOU'), 'utf8')).toContain('<![CDATA[q := NOT a;]]>')
    expect((await call('import', join(out, 'F.TcPOU'))).out).toContain('q := NOT a;')
    expect(
      (await call('export', file('no.st', 'FUNCTION_BLOCK F q := ; END_FUNCTION_BLOCK'), '--to', 'plcopen')).err,
    ).toContain('ST905')
    expect(await call('import', file('no.xml', '<a>'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('ST903'),
    })
    expect((await call('export', source)).code).toBe(2)
  })

  test('check prints a JSON line per diagnostic and ends with 1 where one is an error', async () => {
    const found = await call(
      'check',
      file('bad.st', good.replace('NOT a', '1.5')),
      file('good.st', good.replace('F VAR', 'G VAR')),
      '--json',
    )
    expect(found.code).toBe(1)
    expect(
      found.out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toMatchObject([{ file: join(folder, 'bad.st'), line: 1, code: 'ST401', severity: 'error' }])
  })

  test('check is silent and ends with 0 where all is well', async () => {
    expect(await call('check', file('good.st', good), '--json')).toEqual({ code: 0, out: '', err: '' })
  })

  test('a file that cannot be read is a diagnostic, and the others go on', async () => {
    const found = await call(
      'check',
      join(folder, 'nowhere.st'),
      file('bad.st', good.replace('NOT a', '1.5')),
      '--json',
      '--lang',
      'zh',
    )
    expect(found.code).toBe(1)
    expect(
      found.out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).code),
    ).toEqual(['ST710', 'ST401'])
  })

  test('code pages and byte order marks are read', async () => {
    const chinese = new Uint8Array([
      ...new TextEncoder().encode(good.replace('q :=', '(* ')),
      0xb1,
      0xc3,
      0xd2,
      0xba,
      ...new TextEncoder().encode(' *) q := TRUE; END_FUNCTION_BLOCK'),
    ])
    expect((await call('check', file('gbk.st', chinese.slice(0, chinese.length)), '--json')).code).toBeLessThan(2)
    const utf16 = new Uint8Array([0xff, 0xfe, ...[...good].flatMap(c => [c.charCodeAt(0), 0])])
    expect((await call('check', file('utf16.st', utf16), '--json')).code).toBe(0)
  })

  test('run answers with outputs, traps and coverage', async () => {
    const trace = file('trace.json', JSON.stringify({ cycle_ms: 10, scans: 3, inputs: { a: [true, false] } }))
    const found = await call('run', file('good.st', good), '--pou', 'F', '--trace', trace)
    expect(found.code).toBe(0)
    expect(JSON.parse(found.out)).toMatchObject({
      scans: 3,
      outputs: { q: [false, true, true] },
      traps: [],
      coverage: { statements: 1, branches: 1 },
      ms: expect.any(Number),
    })
  })

  test('run ends with 1 and a code where the file or the trace is no good', async () => {
    const trace = file('trace.json', '{}')
    expect(
      await call('run', file('bad.st', good.replace('NOT a', '1.5')), '--pou', 'F', '--trace', trace),
    ).toMatchObject({ code: 1, out: '', err: expect.stringContaining('ST401') })
    expect(await call('run', file('good.st', good), '--pou', 'G', '--trace', trace)).toMatchObject({
      code: 1,
      err: expect.stringContaining('ST706'),
    })
    expect(await call('run', file('good.st', good), '--pou', 'F', '--trace', file('broken.json', '{'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('ST707'),
    })
    expect(
      await call('run', file('good.st', good), '--pou', 'F', '--trace', file('odd.json', '{"scans": "x"}')),
    ).toMatchObject({ code: 1, err: expect.stringContaining('scans') })
  })

  test('draft gives the draft as JSON with its hash, or says what is missing', async () => {
    const found = await call('draft', '--text', '两台泵按液位交替，带急停')
    expect(found.code).toBe(0)
    expect(JSON.parse(found.out)).toMatchObject({
      green: true,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      evidence: { branches: 1 },
    })
    expect(await call('draft', '--text', 'hello', '--lang', 'en')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('ST801'),
    })
    const request = file('request.txt', '两台泵按液位交替，带急停\n\nmake the swap time 4 hours\n')
    expect((await call('draft', '--request', request, '--st')).out).toContain('SWAP_TIME : TIME := T#4h;')
  })

  test('format writes the text laid out anew', async () => {
    expect((await call('format', file('f.st', 'program P\nvar a:INT;end_var\na:=1;\nend_program'))).out).toBe(
      'PROGRAM P\nVAR a : INT; END_VAR\n  a := 1;\nEND_PROGRAM\n',
    )
  })

  test('wrong usage ends with 2, our own fault with 3, never with a stack', async () => {
    for (const argv of [
      [],
      ['nothing'],
      ['check'],
      ['check', '--what'],
      ['check', 'x', '--dialect', 'pascal'],
      ['run', 'x'],
      ['draft'],
    ])
      expect((await call(...argv)).code).toBe(2)
    expect(await call('broken')).toMatchObject({ code: 3, err: expect.not.stringContaining(' at ') })
  })
})
