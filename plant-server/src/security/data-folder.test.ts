import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { claimDataFolder, findRunning } from './data-folder.ts'

const folders: string[] = []
const fresh = () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-data-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('data folder', () => {
  it('is refused while a living process holds it, free again after release', () => {
    const data = fresh()
    const first = claimDataFolder(data, process.pid)
    expect(() => claimDataFolder(data, process.pid)).toThrow('MW-0105')
    first.release()
    claimDataFolder(data, process.pid).release()
  })
  it('is taken over from a process that is gone', async () => {
    const data = fresh()
    const child = spawn(process.execPath, ['-e', ''])
    await new Promise(resolve => child.on('exit', resolve))
    claimDataFolder(data, child.pid!)
    const second = claimDataFolder(data, process.pid)
    expect(readFileSync(join(data, 'server', 'lock'), 'utf8')).toContain(String(process.pid))
    second.release()
  })
  it.runIf(process.platform === 'linux')('is taken over where the number belongs to another process now', () => {
    const data = fresh()
    claimDataFolder(data, process.pid)
    writeFileSync(join(data, 'server', 'lock'), `${process.pid} 1\n`)
    claimDataFolder(data, process.pid).release()
  })
  it('tells the command line where the server is, readable by its owner alone, until it stops', () => {
    const data = fresh()
    const folder = claimDataFolder(data, process.pid)
    const running = { url: 'http://127.0.0.1:1', pid: process.pid, token: 't' }
    folder.announce(running)
    expect(findRunning(data)).toEqual(running)
    const file = join(data, 'server', 'running.json')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    folder.release()
    expect(existsSync(file)).toBe(false)
    expect(findRunning(data)).toBeUndefined()
  })
})
