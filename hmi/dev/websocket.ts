/** Just enough of RFC 6455 for the made-up plant: text frames below 64 KiB in, any length out. */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

export interface FakeSocket {
  send(text: string): void
  onText(listener: (text: string) => void): void
  onClose(listener: () => void): void
}

const frame = (text: string): Buffer => {
  const body = Buffer.from(text)
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : body.length < 65536
        ? Buffer.from([0x81, 126, body.length >> 8, body.length & 255])
        : Buffer.concat([Buffer.from([0x81, 127, 0, 0, 0, 0]), uint32(body.length)])
  return Buffer.concat([head, body])
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function accept(request: IncomingMessage, socket: Duplex): FakeSocket {
  const key = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
  )
  const texts: ((text: string) => void)[] = []
  let rest = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      if (rest.length < 6) return
      const short = (rest[1] ?? 0) & 127
      const wide = short === 126
      const length = wide ? rest.readUInt16BE(2) : short
      const start = (wide ? 4 : 2) + 4
      if (short === 127 || rest.length < start + length) return
      const mask = rest.subarray(start - 4, start)
      const body = Buffer.from(rest.subarray(start, start + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0)))
      const code = (rest[0] ?? 0) & 15
      rest = rest.subarray(start + length)
      if (code === 8) return void socket.end()
      if (code === 1) for (const listener of texts) listener(body.toString())
    }
  })
  return {
    send: text => void (socket.writable && socket.write(frame(text))),
    onText: listener => void texts.push(listener),
    onClose: listener => void socket.on('close', listener),
  }
}
