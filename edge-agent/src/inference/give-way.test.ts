import { readdirSync, readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'

/** Nice values of this process's threads (proc(5), stat, field 19). */
const niceValues = () =>
  readdirSync('/proc/self/task').map(task => {
    const stat = readFileSync(`/proc/self/task/${task}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
  })

it.runIf(process.platform === 'linux')('one thread steps back, the others stay', async () => {
  const before = niceValues().filter(value => value === 5).length
  const code = `import(${JSON.stringify(new URL('give-way.ts', import.meta.url).href)}).then(({ giveWay }) => {
    giveWay()
    require('node:worker_threads').parentPort.postMessage('done')
    setInterval(() => {}, 1000)
  })`
  const worker = new Worker(code, { eval: true })
  await new Promise(resolve => worker.once('message', resolve))
  const after = niceValues()
  expect(after.filter(value => value === 5)).toHaveLength(before + 1)
  expect(after[0]).not.toBe(5)
  await worker.terminate()
})
