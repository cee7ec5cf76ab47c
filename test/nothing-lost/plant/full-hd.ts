/** Full-HD images, each of its own content, made without effort: a fixed picture with a text of its own beside it. */
import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 1920
const HEIGHT = 1080

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  data.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length)
  return out
}

/** A grey picture with sensor noise; `screen`: a lit panel before a dark surround. */
function picture(screen: boolean): Buffer {
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1))
  let noise = 1
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) {
      noise = (Math.imul(noise, 1_103_515_245) + 12_345) & 0x7fffffff
      const lit = screen && x > 120 && x < 1800 && y > 80 && y < 1000
      rows[y * (WIDTH + 1) + 1 + x] = (lit ? 200 : 20) + ((noise >> 16) & 7)
    }
  return deflateSync(rows, { level: 1 })
}

export interface FullHd {
  /** A PNG file that no other text gives. */
  png(text: string, screen: boolean): Buffer
}

export function fullHd(): FullHd {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  // 8 bits of grey.
  header.set([8, 0, 0, 0, 0], 8)
  const pictures = { true: chunk('IDAT', picture(true)), false: chunk('IDAT', picture(false)) }
  return {
    png: (text, screen) =>
      Buffer.concat([
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        chunk('IHDR', header),
        chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1')),
        pictures[`${screen}`],
        chunk('IEND', Buffer.alloc(0)),
      ]),
  }
}
