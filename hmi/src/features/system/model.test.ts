import { expect, test } from 'vitest'
import { brief, changeOf, commandText, flatMetrics } from './model.ts'

test('nested figures of a card are named by their path, long numbers cut', () => {
  expect(flatMetrics({ auroc: 0.98123456, by: { scratch: 1 }, note: 'x' })).toEqual([
    ['auroc', '0.9812'],
    ['by.scratch', '1'],
    ['note', 'x'],
  ])
})

test('values of records are short', () => {
  expect(brief({ a: 1 })).toBe('{"a":1}')
  expect(brief(null)).toBe('')
  expect(brief('x'.repeat(200), 10)).toBe(`${'x'.repeat(10)}…`)
})

test('of two states only what differs is told', () => {
  expect(changeOf({ state: 'open', a: 1 }, { state: 'approved', a: 1, outcome: 'done' })).toBe(
    'state: open → approved; outcome: done',
  )
  expect(changeOf(null, 12.5)).toBe('12.5')
  expect(changeOf('x', 'y')).toBe('x → y')
})

test('a command is told by its kind and what it names', () => {
  expect(commandText({ kind: 'write_tag', tag: 'a/x', value: true })).toEqual({
    key: 'command.write_tag',
    values: { tag: 'a/x', value: 'true' },
  })
})
