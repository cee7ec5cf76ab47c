import { expect, it, vi } from 'vitest'
import { createUndo } from './undo.ts'

it('undoes the newest first, what comes meanwhile too, and once only', async () => {
  const undo = createUndo()
  const done: string[] = []
  undo.defer(() => void done.push('folder'))
  undo.defer(async () => {
    undo.defer(() => void done.push('came meanwhile'))
    done.push('process')
  })
  await undo.all()
  await undo.all()
  expect(done).toEqual(['process', 'came meanwhile', 'folder'])
})

it('goes on where one fails, and says so', async () => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const undo = createUndo()
  const folder = vi.fn()
  undo.defer(folder)
  undo.defer(() => Promise.reject(new Error('it would not end')))
  await undo.all()
  expect(folder).toHaveBeenCalledOnce()
  expect(told).toHaveBeenCalledWith('cleaning up: it would not end\n')
  told.mockRestore()
})
