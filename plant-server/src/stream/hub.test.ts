import {
  type LiveValue,
  manualClock,
  parser,
  type Reading,
  ServerMessage,
  type TagDefinition,
} from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createHub, type Outlet } from './hub.ts'
import { createLiveValues } from './live-values.ts'

const reading = (tag: string, t: number, value: number): Reading => ({ tag, t, value, quality: 'good' })
const message = parser(ServerMessage)

function rig() {
  const clock = manualClock()
  const live = createLiveValues()
  const definition = (tag: string): TagDefinition => ({
    tag,
    agent: 'a',
    device: 'plc',
    source: 'opcua',
    type: 'float',
    unit: '',
    description: { zh: tag, en: tag },
    equipment: tag.startsWith('a/') ? 'DRYER-1' : 'CELL-1',
  })
  const hub = createHub({ clock, live, definition })
  const connect = () => {
    const frames: ServerMessage[] = []
    const state = { buffered: 0, closed: undefined as number | undefined }
    const outlet: Outlet = {
      send: text => {
        const parsed = message.parse(JSON.parse(text))
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault))
        frames.push(parsed.value)
      },
      get bufferedAmount() {
        return state.buffered
      },
      close: code => {
        state.closed = code
      },
    }
    const connection = hub.attach(outlet)
    const values = () => frames.flatMap(frame => (frame.type === 'values' ? [frame.values] : []))
    return { connection, frames, state, values }
  }
  const feed = (...readings: Reading[]) => hub.publishValues(live.update(readings))
  return { clock, live, hub, connect, feed }
}

describe('hub', () => {
  it('coalesces a thousand changes of a tag to at most twenty frames a second, the newest value in each', async () => {
    const { clock, connect, feed } = rig()
    const client = connect()
    client.connection.receive({ type: 'subscribe', tags: ['a/x'] })
    for (let i = 0; i < 1000; i += 1) {
      feed(reading('a/x', i, i))
      await clock.advance(1)
    }
    expect(client.values().length).toBeGreaterThanOrEqual(19)
    // The first went at once.
    expect(client.values().length).toBeLessThanOrEqual(21)
    expect(client.values().at(-1)).toMatchObject([{ tag: 'a/x', value: 999 }])
    for (const values of client.values()) expect(values).toHaveLength(1)
  })

  it('sends the current value at once on subscribing, by name or prefix, and nothing else', async () => {
    const { clock, connect, feed } = rig()
    feed(reading('a/x', 1, 1), reading('a/y', 1, 2), reading('b/x', 1, 3))
    const client = connect()
    client.connection.receive({ type: 'subscribe', tags: ['a/*'] })
    await clock.advance(100)
    expect(client.values()[0]?.map(v => v.tag)).toEqual(['a/x', 'a/y'])
    client.connection.receive({ type: 'unsubscribe', tags: ['a/*'] })
    feed(reading('a/x', 2, 5))
    await clock.advance(300)
    expect(client.values()).toHaveLength(1)
  })

  it('a slow client skips values but gets the newest when it has caught up; others are not held back', async () => {
    const { clock, connect, feed } = rig()
    const slow = connect()
    const quick = connect()
    for (const client of [slow, quick]) client.connection.receive({ type: 'subscribe', tags: ['a/x'] })
    slow.state.buffered = 300 * 1024
    for (let i = 0; i < 10; i += 1) {
      feed(reading('a/x', i, i))
      await clock.advance(100)
    }
    expect(quick.values()).toHaveLength(10)
    expect(slow.values()).toHaveLength(0)
    slow.state.buffered = 0
    await clock.advance(100)
    expect(slow.values()).toMatchObject([[{ value: 9 }]])
  })

  it('numbers the frames of each connection without a gap', async () => {
    const { clock, connect, hub, feed } = rig()
    const client = connect()
    client.connection.receive({ type: 'subscribe', tags: ['*'] })
    hub.publish({ type: 'plan', plan: 'p1' })
    feed(reading('a/x', 1, 1))
    await clock.advance(100)
    hub.publish({ type: 'plan', plan: 'p2' })
    expect(client.frames.map(frame => frame.seq)).toEqual([0, 1, 2, 3])
    expect(client.frames.map(frame => frame.type)).toEqual(['hello', 'plan', 'values', 'plan'])
  })

  it('shows a silent source as stale, and fresh again with its next value', async () => {
    const { clock, connect, hub, live, feed } = rig()
    const client = connect()
    client.connection.receive({ type: 'subscribe', tags: ['a/x'] })
    feed(reading('a/x', 1, 1))
    await clock.advance(100)
    hub.publishValues(live.markStale(['a/x']))
    await clock.advance(100)
    feed(reading('a/x', 2, 2))
    await clock.advance(100)
    const stale = client.values().map(([value]: LiveValue[]) => value?.stale)
    expect(stale).toEqual([false, true, false])
  })

  it('subscribes by pattern and by page, and leaves what no other subscription holds', async () => {
    const { clock, connect, feed } = rig()
    const client = connect()
    const got = async () => {
      const before = client.values().length
      feed(
        reading('a/x/speed', clock.now(), 1),
        reading('b/y/speed', clock.now(), 1),
        reading('b/y/level', clock.now(), 1),
      )
      await clock.advance(50)
      return client
        .values()
        .slice(before)
        .flatMap(values => values.map(value => value.tag))
    }
    client.connection.receive({ type: 'subscribe', tags: ['*/speed'] })
    expect(await got()).toEqual(['a/x/speed', 'b/y/speed'])
    client.connection.receive({ type: 'subscribe', tags: [], pages: ['lines/b'] })
    client.connection.receive({ type: 'unsubscribe', tags: ['*/speed'] })
    await clock.advance(50)
    expect(await got()).toEqual(['b/y/speed', 'b/y/level'])
    client.connection.receive({ type: 'unsubscribe', tags: [], pages: ['lines/b'] })
    client.connection.receive({ type: 'subscribe', tags: [], pages: ['equipment/DRYER-1'] })
    await clock.advance(50)
    expect(await got()).toEqual(['a/x/speed'])
  })

  it('who says what it has seen gets the newest values only when it shows them', async () => {
    const { clock, connect, feed } = rig()
    const client = connect()
    client.connection.receive({ type: 'subscribe', tags: ['a/x'] })
    client.connection.receive({ type: 'seen', seq: 0 })
    for (let i = 0; i < 10; i += 1) {
      feed(reading('a/x', i, i))
      await clock.advance(50)
    }
    expect(client.values()).toMatchObject([[{ value: 0 }], [{ value: 1 }]])
    client.connection.receive({ type: 'seen', seq: client.frames.at(-1)!.seq })
    await clock.advance(50)
    expect(client.values().at(-1)).toMatchObject([{ value: 9 }])
  })

  it('after a cut the events that were missed come, in order; of another run or too long ago: everything anew', () => {
    const { connect, hub } = rig()
    const first = connect()
    hub.publish({ type: 'plan', plan: 'p1' })
    const hello = first.frames[0]
    const stream = hello?.type === 'hello' ? hello.stream! : ''
    first.connection.closed()
    hub.publish({ type: 'plan', plan: 'p2' })
    hub.publish({ type: 'plan', plan: 'p3' })
    const second = connect()
    second.connection.receive({ type: 'resume', stream, event: 1 })
    expect(second.frames.slice(1)).toMatchObject([
      { seq: 1, type: 'resumed', missed: 2 },
      { seq: 2, event: 2, plan: 'p2' },
      { seq: 3, event: 3, plan: 'p3' },
    ])
    const third = connect()
    third.connection.receive({ type: 'resume', stream: 'another', event: 1 })
    third.connection.receive({ type: 'resume', stream, event: 99 })
    third.connection.receive({ type: 'resume', stream, event: -5000 })
    expect(third.frames.slice(1).map(frame => (frame.type === 'resumed' ? frame.missed : ''))).toEqual([
      null,
      null,
      null,
    ])
  })

  it('tells listeners inside the server of every change', () => {
    const { hub, feed } = rig()
    const seen: string[] = []
    const stop = hub.onValues(values => seen.push(...values.map(value => value.tag)))
    feed(reading('a/x', 1, 1))
    stop()
    feed(reading('a/x', 2, 1))
    expect(seen).toEqual(['a/x'])
  })

  it('an older reading never replaces a newer value', () => {
    const live = createLiveValues()
    live.update([reading('a/x', 10, 1)])
    expect(live.update([reading('a/x', 5, 2)])).toEqual([])
    expect(live.get('a/x')?.value).toBe(1)
  })

  it('a client that never reads is let go', () => {
    const { connect, hub } = rig()
    const client = connect()
    client.state.buffered = 9 * 1024 * 1024
    hub.publish({ type: 'plan', plan: 'p1' })
    expect(client.state.closed).toBe(1013)
    expect(hub.connections).toBe(0)
  })
})
