/** Many Modbus TCP devices, as a process of its own: each block of registers holds how often it was read. */

import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'

export interface ModbusLoadTask {
  readonly devices: number
}
export interface ModbusLoadSays {
  readonly ports: number[]
}

function serve(socket: Socket, reads: Map<number, number>): void {
  let rest = Buffer.alloc(0)
  socket.setNoDelay(true)
  socket.on('error', () => {})
  socket.on('data', bytes => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    while (rest.length >= 12 && rest.length >= 6 + rest.readUInt16BE(4)) {
      const request = rest.subarray(0, 6 + rest.readUInt16BE(4))
      rest = rest.subarray(request.length)
      socket.write(answer(request, reads))
    }
  })
}

/** Function 3, read holding registers (Modbus application protocol 1.1b3, 6.3); anything else: exception 1. */
function answer(request: Buffer, reads: Map<number, number>): Buffer {
  const [unit, code, from, count] = [request[6]!, request[7]!, request.readUInt16BE(8), request.readUInt16BE(10)]
  const body = code === 3 ? Buffer.alloc(2 + 2 * count) : Buffer.from([1])
  if (code === 3) {
    const read = (reads.get(from) ?? 0) + 1
    reads.set(from, read)
    body[0] = 2 * count
    for (let at = 0; at < count; at += 1) body.writeUInt16BE(read, 1 + 2 * at)
  }
  const data = code === 3 ? body.subarray(0, 1 + 2 * count) : body
  const head = Buffer.alloc(8)
  request.copy(head, 0, 0, 4)
  head.writeUInt16BE(2 + data.length, 4)
  head[6] = unit
  head[7] = code === 3 ? 3 : code | 0x80
  return Buffer.concat([head, data])
}

async function run({ devices }: ModbusLoadTask): Promise<void> {
  const servers: Server[] = []
  for (let device = 0; device < devices; device += 1) {
    // A reader that connects counts anew.
    const server = createServer(socket => serve(socket, new Map()))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    servers.push(server)
  }
  process.send?.({ ports: servers.map(server => (server.address() as AddressInfo).port) } satisfies ModbusLoadSays)
}

process.on('disconnect', () => process.exit(0))
process.once('message', task => void run(task as ModbusLoadTask))
