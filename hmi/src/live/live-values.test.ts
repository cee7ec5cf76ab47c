import type { LiveValue, ServerMessage } from '@millwright/contract'
import { expect, test } from 'vitest'
import { createLiveValues } from './live-values.ts'
import { trustOf } from './use-live-value.ts'

const live = (tag: string, t: number, value: number, more: Partial<LiveValue> = {}): LiveValue => ({
  tag,
  t,
  value,
  quality: 'good',
  stale: false,
  ...more,
})

function setup(stored: readonly LiveValue[] = []) {
  const subscribed: string[][] = []
  const asked: string[][] = []
  let message: (message: ServerMessage) => void = () => {}
  let resync = () => {}
  let left = 0
  let draw: (() => void) | undefined
  let seen = 0
  const values = createLiveValues({
    picture: run => {
      draw = run
    },
    fetchValues: async tags => {
      asked.push([...tags])
      return stored.filter(item => tags.includes(item.tag))
    },
    stream: {
      subscribe: tags => {
        subscribed.push([...tags])
        return () => {
          left += 1
        }
      },
      seen: () => {
        seen += 1
      },
      onMessage: listener => {
        message = listener
        return () => {}
      },
      onResync: listener => {
        resync = listener
        return () => {}
      },
    },
  })
  const push = (...items: LiveValue[]) => message({ seq: 1, type: 'values', values: items })
  const picture = () => {
    const run = draw
    draw = undefined
    run?.()
  }
  return { picture, seen: () => seen, values, subscribed, asked, push, resync: () => resync(), left: () => left }
}
const settle = () => new Promise(resolve => setImmediate(resolve))

test('watched tags are subscribed and filled by one request for all asked in the same turn', async () => {
  const { values, subscribed, asked } = setup([live('a/x', 1, 10), live('a/y', 1, 20)])
  values.watch(['a/x'], () => {})
  values.watch(['a/y'], () => {})
  await settle()
  expect(subscribed).toEqual([['a/x'], ['a/y']])
  expect(asked).toEqual([['a/x', 'a/y']])
  expect(values.get('a/x')?.value).toBe(10)
})

test('an older value than is known does not replace it', () => {
  const { values, push } = setup()
  values.watch(['a/x'], () => {})
  push(live('a/x', 5, 50))
  push(live('a/x', 4, 40))
  expect(values.get('a/x')?.value).toBe(50)
})

test('a value of the same time replaces it, so that it can become stale', () => {
  const { values, push } = setup()
  values.watch(['a/x'], () => {})
  push(live('a/x', 5, 50))
  push(live('a/x', 5, 50, { stale: true }))
  expect(values.get('a/x')?.stale).toBe(true)
})

test('a listener is told once for all that changed since the last picture, then the server that it was seen', () => {
  const { values, push, picture, seen } = setup()
  let told = 0
  values.watch(['a/x', 'a/y'], () => {
    told += 1
    expect(seen()).toBe(told - 1)
  })
  push(live('a/x', 1, 1), live('a/y', 1, 1))
  push(live('a/x', 2, 2))
  expect(told).toBe(0)
  picture()
  expect([told, seen()]).toEqual([1, 1])
  picture()
  expect([told, seen()]).toEqual([1, 1])
  push(live('a/x', 3, 3))
  picture()
  expect([told, seen()]).toEqual([2, 2])
})

test('values that nobody watches are seen too: the server goes on', () => {
  const { push, picture, seen } = setup()
  push(live('a/z', 1, 1))
  picture()
  expect(seen()).toBe(1)
})

test('followers get every newer value in order, and no repetition', () => {
  const { values, push } = setup()
  const seen: number[] = []
  values.follow(['a/x'], value => seen.push(value.t))
  push(live('a/x', 1, 1), live('a/x', 2, 2))
  push(live('a/x', 2, 2))
  push(live('a/x', 3, 3))
  expect(seen).toEqual([1, 2, 3])
})

test('after a resync all watched tags are read again', async () => {
  const { values, asked, resync } = setup()
  values.watch(['a/x'], () => {})
  await settle()
  resync()
  await settle()
  expect(asked).toEqual([['a/x'], ['a/x']])
})

test('what nobody watches any more is left and forgotten', () => {
  const { values, push, left } = setup()
  const leave = values.watch(['a/x'], () => {})
  push(live('a/x', 1, 1))
  leave()
  expect(left()).toBe(1)
  expect(values.get('a/x')).toBeUndefined()
})

test.each([
  [undefined, 'live', 'none'],
  [live('a/x', 1, 1), 'live', 'good'],
  [live('a/x', 1, 1, { quality: 'uncertain' }), 'live', 'uncertain'],
  [live('a/x', 1, 1, { quality: 'bad' }), 'live', 'bad'],
  [live('a/x', 1, 1, { value: null, quality: 'good' }), 'live', 'bad'],
  [live('a/x', 1, 1, { stale: true }), 'live', 'stale'],
  [live('a/x', 1, 1, { stale: true, quality: 'bad' }), 'live', 'stale'],
  [live('a/x', 1, 1), 'stale', 'stale'],
  [live('a/x', 1, 1), 'connecting', 'stale'],
] as const)('trust of %o over a %s link is %s', (value, link, trust) => {
  expect(trustOf(value, link)).toBe(trust)
})
