import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildShim, hasCompiler } from './build.ts'
import { cutPower } from './power-cut.ts'

let base: string
const place = (name: string) => join(base, name)
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'mw-shim-'))
  mkdirSync(place('root'))
  mkdirSync(place('journal'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

/** Runs a script under the shim until it has said `lines` lines, then kills it; gives what it said. */
async function runAndKill(script: string, lines: number, env: Record<string, string> = {}): Promise<string[]> {
  const library = buildShim(base)
  const file = place('script.mjs')
  writeFileSync(file, script)
  const child = spawn(process.execPath, [file, place('root')], {
    cwd: join(import.meta.dirname, '..', '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      LD_PRELOAD: library,
      MW_SHIM_ROOT: place('root'),
      MW_SHIM_JOURNAL: place('journal'),
      MW_SHIM_FULL: place('full'),
      ...env,
    },
  })
  const said: string[] = []
  for await (const line of createInterface(child.stdout)) {
    said.push(line)
    if (said.length === lines) child.kill('SIGKILL')
  }
  return said
}

const cut = (loses: 'all' | 'some', random = Math.random) =>
  cutPower({ root: place('root'), journal: place('journal'), loses, random })

const module = join(import.meta.dirname, '..', '..', 'node_modules', 'better-sqlite3', 'lib', 'index.js')
const writer = (synchronous: string) => `
  import Database from ${JSON.stringify(module)}
  const db = new Database(process.argv[2] + '/t.sqlite')
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('synchronous = ${synchronous}')
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, text TEXT)')
  for (let n = 1; ; n += 1) {
    db.prepare('INSERT INTO t VALUES (?, ?)').run(n, 'x'.repeat(500))
    process.stdout.write(n + '\\n')
  }`
const rows = () => {
  const db = new Database(place('root/t.sqlite'))
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const found = db.prepare("SELECT name FROM sqlite_master WHERE name = 't'").get()
  const count = found === undefined ? 0 : (db.prepare('SELECT count(*) FROM t').pluck().get() as number)
  db.close()
  return count
}

describe.skipIf(!hasCompiler)('a disk that forgets what was not synced', () => {
  it.each(['all', 'some'] as const)(
    'a database that syncs each commit loses none of them (%s unsynced goes)',
    async loses => {
      const said = await runAndKill(writer('EXTRA'), 400)
      cut(loses)
      expect(rows()).toBeGreaterThanOrEqual(said.length)
    },
  )

  it('a database that does not sync is caught', async () => {
    const said = await runAndKill(writer('OFF'), 400)
    expect(cut('all').writes).toBeGreaterThan(100)
    expect(rows()).toBeLessThan(said.length / 2)
  })

  it('a database whose syncs are swallowed is caught too', async () => {
    await runAndKill(writer('EXTRA'), 400, { MW_SHIM_LIE: '1' })
    cut('all')
    expect(rows()).toBe(0)
  })

  it('files: written, renamed and removed without a sync are as before; with one they are as after', async () => {
    await runAndKill(
      `import fs from 'node:fs'
       const at = name => process.argv[2] + '/' + name
       const durable = (name, text) => {
         fs.writeFileSync(at(name), text); const f = fs.openSync(at(name), 'r+'); fs.fsyncSync(f); fs.closeSync(f)
       }
       for (const name of ['overwritten', 'removed', 'target', 'cut', 'synced']) durable(name, name + ' before')
       const folder = fs.openSync(at('.'), 'r'); fs.fsyncSync(folder); fs.closeSync(folder)
       fs.writeFileSync(at('overwritten'), 'after')
       fs.unlinkSync(at('removed'))
       durable('new', 'new')
       fs.renameSync(at('new'), at('target'))
       fs.truncateSync(at('cut'), 3)
       fs.writeFileSync(at('created'), 'x')
       durable('synced', 'after')
       console.log('done'); setInterval(() => {}, 1000)`,
      1,
    )
    const lost = cut('all')
    const text = (name: string) => readFileSync(place(`root/${name}`), 'utf8')
    for (const name of ['overwritten', 'removed', 'target', 'cut']) expect(text(name)).toBe(`${name} before`)
    expect(text('synced')).toBe('after')
    expect(text('new')).toBe('new')
    expect(() => text('created')).toThrow(/ENOENT/)
    expect(lost.names).toBe(3)
  })
})

describe.skipIf(!hasCompiler)('a full disk', () => {
  it('refuses what grows, takes what overwrites, and goes on when there is room again', async () => {
    const said = await runAndKill(
      `import fs from 'node:fs'
       const at = name => process.argv[2] + '/' + name
       const say = run => { try { run(); console.log('ok') } catch (error) { console.log(error.code) } }
       const file = fs.openSync(at('a'), 'w+')
       fs.writeSync(file, 'x'.repeat(100))
       fs.writeFileSync(process.env.MW_SHIM_FULL, '')
       console.log(fs.writeSync(file, 'y'.repeat(20), 90))
       say(() => fs.writeSync(file, 'z', 100))
       say(() => fs.writeFileSync(at('b'), 'b'))
       say(() => fs.ftruncateSync(file, 200))
       fs.rmSync(process.env.MW_SHIM_FULL)
       say(() => fs.writeFileSync(at('b'), 'b'))
       setInterval(() => {}, 1000)`,
      5,
    )
    expect(said).toEqual(['10', 'ENOSPC', 'ENOSPC', 'ENOSPC', 'ok'])
  })
})
