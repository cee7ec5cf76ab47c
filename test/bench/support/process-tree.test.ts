import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { endProcess } from './command.ts'
import { hasProc, launcherOf, memoryOf, processTree } from './process-tree.ts'

describe.skipIf(!hasProc())('the processes below one', () => {
  it('are found and counted with their memory; gone once they end', async () => {
    // A child that starts one of its own and tells its id.
    const grandchild = 'setInterval(() => {}, 1000)'
    const program = `const c = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}]);
      console.log(c.pid); process.on('SIGTERM', () => { c.kill(); c.on('exit', () => process.exit()) })`
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const below = [child.pid, Number(line)]
    const tree = processTree(child.pid!)
    const memory = memoryOf(tree)
    await endProcess(child)

    expect(tree).toEqual(below)
    expect(processTree(process.pid)).not.toEqual(expect.arrayContaining([Number(line)]))
    expect(memory.processes_count).toBe(2)
    expect(memory.rss_mb).toBeGreaterThan(20)
    expect(memory.pss_mb).toBeGreaterThan(0)
    expect(memory.pss_mb).toBeLessThanOrEqual(memory.rss_mb)
    expect(memoryOf(tree).processes_count).toBe(0)
  })
})

it('a folder without a launcher names none', () => {
  expect(launcherOf(import.meta.dirname)).toBeUndefined()
})
