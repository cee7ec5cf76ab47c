import { type LiveValue, manualClock, parser, type Reading, ServerMessage } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createHub, type Outlet } from './hub.ts'
import { createLiveValues } from './live-values.ts'

const reading = (tag: string, t: number, value: number): Reading => ({ tag, t, value, quality: 'good' })
const message = parser(ServerMessage)

function rig() {
  const clock = manualClock()
  const live = createLiveValues()
  const hub = createHub({ clock, live })
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
  it('coalesces a thousand changes of a tag to at most ten frames a second, the newest value in each', async () => {
    const { clock, connect, feed } = rig()
    const client = connect()
    client.connection.receive({ type: 'subscribe', tags: ['a/x'] })
    for (let i = 0; i < 1000; i += 1) {
      feed(reading('a/x', i, i))
      await clock.advance(1)
    }
    expect(client.values().length).toBeGreaterThanOrEqual(9)
    expect(client.values().length).toBeLessThanOrEqual(10)
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
