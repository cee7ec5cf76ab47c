import { manualClock } from '@millwright/contract'
import { expect, test } from 'vitest'
import { createStreamClient, type Socket } from './stream-client.ts'

interface FakeSocket extends Socket {
  readonly sent: unknown[]
  closed: boolean
  say(message: object): void
}

function setup({ alive = true }: { alive?: boolean } = {}) {
  const clock = manualClock()
  const sockets: FakeSocket[] = []
  const server = { alive, hangs: false }
  const client = createStreamClient({
    clock,
    random: () => 0,
    silenceMs: 15_000,
    probe: () => (server.hangs ? new Promise(() => {}) : Promise.resolve(server.alive)),
    open() {
      const socket: FakeSocket = {
        sent: [],
        closed: false,
        onopen: null,
        onmessage: null,
        onclose: null,
        send: text => void socket.sent.push(JSON.parse(text)),
        close: () => {
          socket.closed = true
        },
        say: message => socket.onmessage?.({ data: JSON.stringify(message) }),
      }
      sockets.push(socket)
      return socket
    },
  })
  const last = () => sockets.at(-1) as FakeSocket
  const greet = () => {
    last().onopen?.()
    last().say({ seq: 0, type: 'hello', serverTime: 1 })
  }
  return { clock, client, sockets, server, last, greet }
}

const value = (seq: number) => ({ seq, type: 'values', values: [] })

test('is connecting until the server says hello, then live', () => {
  const { client, greet } = setup()
  client.start()
  expect(client.state()).toBe('connecting')
  greet()
  expect(client.state()).toBe('live')
})

test('tags asked for before the connection are subscribed when it is there, and only once each', () => {
  const { client, greet, last } = setup()
  client.start()
  client.subscribe(['a/x', 'a/y'])
  client.subscribe(['a/y'])
  greet()
  expect(last().sent).toEqual([{ type: 'subscribe', tags: ['a/x', 'a/y'] }])
})

test('a tag stays subscribed until its last subscriber has left', () => {
  const { client, greet, last } = setup()
  client.start()
  greet()
  const leaveFirst = client.subscribe(['a/x'])
  const leaveSecond = client.subscribe(['a/x'])
  leaveFirst()
  leaveFirst()
  expect(last().sent).toEqual([{ type: 'subscribe', tags: ['a/x'] }])
  leaveSecond()
  expect(last().sent).toEqual([
    { type: 'subscribe', tags: ['a/x'] },
    { type: 'unsubscribe', tags: ['a/x'] },
  ])
})

test('a closed connection is stale and comes back with growing delays, subscribing everything again', async () => {
  const { client, clock, greet, last, sockets } = setup()
  client.start()
  client.subscribe(['a/x'])
  greet()
  last().onclose?.()
  expect(client.state()).toBe('stale')
  await clock.advance(499)
  expect(sockets).toHaveLength(1)
  await clock.advance(1)
  expect(sockets).toHaveLength(2)
  last().onclose?.()
  await clock.advance(899)
  expect(sockets).toHaveLength(2)
  await clock.advance(1)
  expect(sockets).toHaveLength(3)
  expect(client.state()).toBe('stale')
  greet()
  expect(client.state()).toBe('live')
  expect(last().sent).toEqual([{ type: 'subscribe', tags: ['a/x'] }])
})

test('after a hello the delays begin anew', async () => {
  const { client, clock, greet, last, sockets } = setup()
  client.start()
  last().onclose?.()
  await clock.advance(500)
  last().onclose?.()
  await clock.advance(900)
  greet()
  last().onclose?.()
  await clock.advance(500)
  expect(sockets).toHaveLength(4)
})

test('a gap in the sequence subscribes again and asks for a refetch', () => {
  const { client, greet, last } = setup()
  let resyncs = 0
  client.onResync(() => {
    resyncs += 1
  })
  client.start()
  client.subscribe(['a/x'])
  greet()
  expect(resyncs).toBe(1)
  last().say(value(1))
  last().say(value(2))
  expect(resyncs).toBe(1)
  last().say(value(4))
  expect(resyncs).toBe(2)
  expect(last().sent).toHaveLength(2)
  last().say(value(5))
  expect(resyncs).toBe(2)
})

const hello = (stream: string, event: number) => ({ seq: 0, type: 'hello', serverTime: 1, stream, event })

test('after a cut it asks for the events it missed, and for a refetch only where they are gone', async () => {
  const { client, clock, last } = setup()
  let resyncs = 0
  client.onResync(() => {
    resyncs += 1
  })
  const connect = (message: object) => {
    last().onopen?.()
    last().say(message)
  }
  const cut = async () => {
    last().onclose?.()
    await clock.advance(10_000)
  }
  client.start()
  client.subscribe(['a/x'])
  connect(hello('run-1', 4))
  expect(resyncs).toBe(1)
  last().say({ seq: 1, type: 'plan', plan: 'p', event: 5 })
  await cut()
  connect(hello('run-1', 9))
  expect(last().sent).toEqual([
    { type: 'resume', stream: 'run-1', event: 5 },
    { type: 'subscribe', tags: ['a/x'] },
  ])
  last().say({ seq: 1, type: 'resumed', missed: 1 })
  last().say({ seq: 2, type: 'plan', plan: 'p', event: 6 })
  expect(resyncs).toBe(1)
  await cut()
  connect(hello('run-1', 9000))
  expect(last().sent[0]).toEqual({ type: 'resume', stream: 'run-1', event: 6 })
  last().say({ seq: 1, type: 'resumed', missed: null })
  expect(resyncs).toBe(2)
  await cut()
  connect(hello('run-2', 0))
  expect(last().sent).toEqual([{ type: 'subscribe', tags: ['a/x'] }])
  expect(resyncs).toBe(3)
})

test('many tags are subscribed in several messages, and what is on screen is told by its number', () => {
  const { client, greet, last } = setup()
  client.start()
  greet()
  client.subscribe(Array.from({ length: 4500 }, (_, i) => `a/t${i}`))
  const sent = last().sent as { type: string; tags: string[] }[]
  expect(sent.map(message => message.tags.length)).toEqual([2000, 2000, 500])
  last().say(value(1))
  client.seen()
  expect(last().sent.at(-1)).toEqual({ type: 'seen', seq: 1 })
})

test('frames that are not ours are ignored', () => {
  const { client, greet, last } = setup()
  const seen: string[] = []
  client.onMessage(message => seen.push(message.type))
  client.start()
  greet()
  last().onmessage?.({ data: 'not json' })
  last().onmessage?.({ data: '{"type":"values"}' })
  last().onmessage?.({ data: new ArrayBuffer(4) })
  last().say(value(1))
  expect(seen).toEqual(['hello', 'values'])
})

test('silence alone is not staleness while the server answers', async () => {
  const { client, clock, greet, sockets } = setup()
  client.start()
  greet()
  await clock.advance(60_000)
  expect(client.state()).toBe('live')
  expect(sockets).toHaveLength(1)
})

test('silence from a server that does not answer closes the half-open connection', async () => {
  const { client, clock, greet, server, sockets } = setup()
  client.start()
  greet()
  server.alive = false
  await clock.advance(20_000)
  expect(sockets[0]?.closed).toBe(true)
  expect(client.state()).toBe('stale')
  expect(sockets.length).toBeGreaterThan(1)
})

test('a server that takes the probe and never answers it is silent too', async () => {
  const { client, clock, greet, server } = setup()
  client.start()
  greet()
  server.hangs = true
  await clock.advance(15_000)
  expect(client.state()).toBe('live')
  await clock.advance(10_000)
  expect(client.state()).toBe('stale')
})

test('a stopped client closes, and does not come back', async () => {
  const { client, clock, greet, last, sockets } = setup()
  client.start()
  greet()
  const socket = last()
  client.stop()
  expect(socket.closed).toBe(true)
  socket.onclose?.()
  await clock.advance(60_000)
  expect(sockets).toHaveLength(1)
})
