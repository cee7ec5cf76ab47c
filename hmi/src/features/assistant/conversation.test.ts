import { expect, it } from 'vitest'
import { keepConversation, loadConversation, type Memory } from './conversation.ts'

const store = (limit = Number.POSITIVE_INFINITY): Memory & { text: string | null } => ({
  text: null,
  getItem() {
    return this.text
  },
  setItem(_, value) {
    if (value.length > limit) throw new Error('full')
    this.text = value
  },
})
const turns = (n: number) => Array.from({ length: n }, (_, i) => ({ id: String(i), question: `q${i}` }))

it('comes back after a reload', () => {
  const memory = store()
  keepConversation(memory, { id: 'c', turns: turns(2) })
  expect(loadConversation(memory, () => 'new')).toEqual({ id: 'c', turns: turns(2) })
})
it('starts anew on text that does not fit', () => {
  for (const text of ['{', '{"id":1}', 'null'])
    expect(loadConversation({ ...store(), text } as Memory, () => 'new').id).toBe('new')
})
it('drops the oldest turns where there is no room', () => {
  const memory = store(400)
  keepConversation(memory, { id: 'c', turns: turns(40) })
  const kept = loadConversation(memory, () => 'new').turns
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.at(-1)).toEqual({ id: '39', question: 'q39' })
})
