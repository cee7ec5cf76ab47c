import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MqttLink, openMqtt } from './mqtt-link.ts'

const CONNACK = Buffer.from([0x20, 2, 0, 0])
let broker: Server
let sockets: Socket[]
let lost: string[]
let link: MqttLink

/** A broker that takes a connection and then says nothing more: neither acknowledgements nor farewells. */
beforeEach(async () => {
  sockets = []
  lost = []
  broker = createServer(socket => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(CONNACK)
      // No byte is read any more: what the other side writes piles up.
      socket.pause()
    })
  })
  await new Promise<void>(done => broker.listen(0, '127.0.0.1', done))
  const { port } = broker.address() as { port: number }
  link = await openMqtt(
    { url: `mqtt://127.0.0.1:${port}`, clientId: 'c', will: { topic: 't', payload: new Uint8Array() } },
    { message: () => {}, lost: detail => void lost.push(detail) },
    new AbortController().signal,
  )
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise(done => broker.close(done))
})

const stuck = () => [
  link.publish('a', 'x', 1),
  link.subscribe(['b']),
  // More than the system's buffers take: written in part, and never to the end.
  ...Array.from({ length: 20 }, () => link.publish('a', 'y'.repeat(2 ** 20), 0)),
]
const outcome = (work: Promise<void>[]) =>
  Promise.all(
    work.map(each =>
      each.then(
        () => 'done',
        () => 'failed',
      ),
    ),
  )

it('nobody waits for ever for what a broken connection owes', async () => {
  const work = outcome(stuck())
  sockets[0]!.resetAndDestroy()
  const results = await work
  expect(results.slice(0, 2)).toEqual(['failed', 'failed'])
  expect(results.filter(each => each === 'failed').length).toBeGreaterThan(2)
  expect(lost).toHaveLength(1)
  await expect(link.publish('a', 'z', 0)).rejects.toThrow()
})

it('nor for what is owed when the owner lets go', async () => {
  const work = outcome(stuck())
  await link.drop()
  expect((await work).slice(0, 2)).toEqual(['failed', 'failed'])
  expect(lost).toEqual([])
})
