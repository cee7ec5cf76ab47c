import { afterEach, expect, test } from 'vitest'
import { defaultRecipe } from '../vision/default-recipe.ts'
import { createPool, type Pool } from './pool.ts'

/** A worker that answers by the name of the capture: crash, hang, refuse, or judge. */
const module = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort } from 'node:worker_threads'
  parentPort.on('message', job => {
    if (job.name === 'crash') throw new Error('boom')
    if (job.name === 'hang') return
    if (job.name === 'bad') return parentPort.postMessage({ kind: 'refused', id: job.id, problem: { code: 'MW-1021', place: 'bad', values: { detail: 'x' } } })
    parentPort.postMessage({ kind: 'judged', id: job.id, line: { image: job.name, recipe: job.recipe?.id } })
  })
  parentPort.postMessage({ kind: 'ready', model: 'toy@1' })
`)}`,
)

let pool: Pool
const open = (workers: number, timeoutMs = 10_000) => {
  pool = createPool({ workers, model: 'toy', home: undefined, module, timeoutMs })
  return pool
}
const run = (name: string) => pool.run({ source: name, name, recipe: defaultRecipe })
afterEach(() => pool.close())

test('captures are judged, and a refused one does not stop the next', async () => {
  open(1)
  expect(await pool.ready()).toBe('toy@1')
  await expect(run('bad')).rejects.toMatchObject({ problem: { code: 'MW-1021' } })
  expect(await run('a')).toMatchObject({ image: 'a' })
})

test('a worker that crashes fails its own capture with MW-1026 and a new one goes on with the queue', async () => {
  open(1)
  const answers = await Promise.allSettled([run('a'), run('crash'), run('b'), run('c')])
  expect(answers.map(a => (a.status === 'fulfilled' ? a.value.image : a.reason.problem.code))).toEqual([
    'a',
    'MW-1026',
    'b',
    'c',
  ])
})

test('a worker that hangs is ended after the limit and replaced', async () => {
  open(1, 300)
  await expect(run('hang')).rejects.toMatchObject({ problem: { code: 'MW-1026' } })
  expect(await run('b')).toMatchObject({ image: 'b' })
})

test('where no worker can start, every capture is refused with the cause instead of waiting', async () => {
  const broken = new URL(
    `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.postMessage({ kind: 'broken', problem: { code: 'MW-1028', place: 'toy', values: { detail: 'no card' } } })
  `)}`,
  )
  pool = createPool({ workers: 2, model: 'toy', home: undefined, module: broken })
  await expect(run('a')).rejects.toMatchObject({ problem: { code: 'MW-1028' } })
  await expect(pool.ready()).rejects.toMatchObject({ problem: { code: 'MW-1028' } })
})

test("a recipe goes to a worker once, and to the one that takes a crashed one's seat", async () => {
  open(1)
  const other = { ...defaultRecipe, id: 'other' }
  const told = async (name: string, recipe = defaultRecipe) => (await pool.run({ source: name, name, recipe })).recipe
  expect([await told('a'), await told('b'), await told('c', other), await told('d', other)]).toEqual([
    'default',
    undefined,
    'other',
    undefined,
  ])
  await expect(told('crash', other)).rejects.toMatchObject({ problem: { code: 'MW-1026' } })
  expect(await told('e', other)).toBe('other')
})

test('after close nothing is accepted', async () => {
  open(1)
  await pool.ready()
  await pool.close()
  await expect(run('a')).rejects.toMatchObject({ problem: { code: 'MW-1026' } })
})
