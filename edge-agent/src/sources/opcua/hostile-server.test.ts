import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@millwright/contract'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { listen } from '../../testing/listen.ts'
import type { Source } from '../source.ts'
import { createOpcuaSource } from './opcua-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-hostile-'))
const sockets = new Set<Socket>()
let source: Source | undefined
afterEach(async () => {
  await source?.stop()
  for (const socket of sockets) socket.destroy()
  sockets.clear()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An ACK (OPC 10000-6, 7.1.2.4) that offers buffers of this size. */
function acknowledge(bufferSize: number): Buffer {
  const ack = Buffer.alloc(28)
  ack.write('ACKF')
  for (const [index, value] of [28, 0, bufferSize, bufferSize, 0, 0].entries()) ack.writeUInt32LE(value, 4 + 4 * index)
  return ack
}

/** The head of a chunk far larger than was agreed. */
function hugeChunk(): Buffer {
  const chunk = Buffer.alloc(24)
  chunk.write('MSGF')
  chunk.writeUInt32LE(0x0800_0000, 4)
  return chunk
}

it.each([
  ['a chunk of any length in the same read as the ACK', Buffer.concat([acknowledge(8192), hugeChunk()])],
  ['an ACK that offers no buffer', acknowledge(0)],
])(
  '%s ends the connection, not the agent, which tries again',
  async (_, answer) => {
    let hellos = 0
    const server = createServer(socket => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('data', () => {
        hellos += 1
        socket.write(answer)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const heard = listen()
    source = createOpcuaSource({
      config: { id: 'plc', kind: 'opcua', endpoint: `opc.tcp://127.0.0.1:${(server.address() as AddressInfo).port}` },
      tags: [],
      pki: join(folder, 'pki'),
      applicationName: 'test',
      readPassword: () => '',
      clock: systemClock,
      random: () => 0.5,
    })
    source.start(heard)
    // An exception out of the transport would fail this file as uncaught.
    await vi.waitFor(() => expect(hellos).toBeGreaterThanOrEqual(3), { timeout: 40_000, interval: 50 })
    server.close()
  },
  60_000,
)
