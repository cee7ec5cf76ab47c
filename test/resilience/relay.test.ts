import { once } from 'node:events'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { waitFor } from '../journeys/support/wait.ts'
import { type Relay, startRelay } from './relay.ts'

let echo: Server
let relay: Relay
const clients: Socket[] = []

beforeEach(async () => {
  echo = createServer(socket => void socket.on('error', () => {}).pipe(socket))
  await new Promise<void>(done => echo.listen(0, '127.0.0.1', done))
  relay = await startRelay(() => (echo.address() as { port: number }).port)
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await relay.close()
  await new Promise(done => echo.close(done))
})

function client() {
  const socket = dial(relay.port, '127.0.0.1')
  clients.push(socket)
  let heard = ''
  let ended = false
  socket.setEncoding('utf8')
  socket.on('data', text => {
    heard += text
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    ended = true
  })
  return { socket, heard: () => heard, ended: () => ended }
}

it('a cut passes no byte and keeps connections, new ones hang; what waited arrives when it is whole', async () => {
  const old = client()
  old.socket.write('a')
  await waitFor('the echo', 5000, () => old.heard() === 'a', 10)
  relay.set('cut')
  const before = relay.passed()
  const fresh = client()
  old.socket.write('b')
  fresh.socket.write('c')
  // A second client that is let through a relay of its own shows that time enough has gone by.
  const other = await startRelay(() => (echo.address() as { port: number }).port)
  const witness = dial(other.port, '127.0.0.1', () => witness.write('w'))
  await once(witness, 'data')
  witness.destroy()
  await other.close()
  expect([old.heard(), fresh.heard(), old.ended(), fresh.ended()]).toEqual(['a', '', false, false])
  expect(relay.passed()).toBe(before)
  relay.set('whole')
  await waitFor('what waited', 5000, () => old.heard() === 'ab' && fresh.heard() === 'c', 10)
})

it('a dropping network swallows bytes, and its connections are reset when it is whole', async () => {
  const old = client()
  old.socket.write('a')
  await waitFor('the echo', 5000, () => old.heard() === 'a', 10)
  relay.set('dropping')
  old.socket.write('b')
  await waitFor('the loss', 5000, () => relay.dropped() === 1, 10)
  relay.set('whole')
  await waitFor('the reset', 5000, () => old.ended(), 10)
  expect(old.heard()).toBe('a')
})

it('a closed network resets connections, new ones too', async () => {
  const old = client()
  await once(old.socket, 'connect')
  old.socket.write('a')
  await waitFor('the echo', 5000, () => old.heard() === 'a', 10)
  relay.set('closed')
  await waitFor('the reset', 5000, () => old.ended(), 10)
  const fresh = client()
  await waitFor('the refusal', 5000, () => fresh.ended(), 10)
})
