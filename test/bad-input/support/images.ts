/** Small captures in all formats, and headers that promise more than any disk holds. */
import sharp from 'sharp'
import { badBytes, below, pick, type Random } from './mutate.ts'

const SIDE = 96

export interface NamedImage {
  readonly name: string
  readonly bytes: Buffer
}

export async function goodImages(): Promise<NamedImage[]> {
  const raw = { width: SIDE, height: SIDE, channels: 3 as const }
  const pixels = Buffer.from(
    Array.from({ length: SIDE * SIDE * 3 }, (_, index) => {
      const [x, y] = [Math.floor(index / 3) % SIDE, Math.floor(index / 3 / SIDE)]
      return x > 12 && x < 84 && y > 12 && y < 84 ? 40 + ((x * y + index) % 9) : 200
    }),
  )
  const image = () => sharp(pixels, { raw })
  return [
    { name: 'a_surface.png', bytes: await image().png().toBuffer() },
    { name: 'b_surface.jpg', bytes: await image().jpeg().toBuffer() },
    {
      name: 'c_surface.jpg',
      bytes: await image()
        .jpeg({ progressive: true })
        .withExif({ IFD0: { Copyright: 'x' } })
        .toBuffer(),
    },
    { name: 'd_surface.tif', bytes: await image().tiff({ compression: 'lzw' }).toBuffer() },
    {
      name: 'e_surface.tif',
      bytes: await image().tiff({ compression: 'none', tile: true, tileWidth: 64, tileHeight: 64 }).toBuffer(),
    },
    { name: 'f_surface.webp', bytes: await image().webp({ lossless: true }).toBuffer() },
    { name: 'g_surface.webp', bytes: await image().webp({ quality: 60 }).toBuffer() },
    {
      name: 'h_surface.png',
      bytes: await image()
        .png({ palette: true, interlace: true } as never)
        .toBuffer(),
    },
    { name: 'i_surface.bmp', bytes: bitmap(pixels) },
  ]
}

/** A BMP of 24 bits: cameras may send it, and it is refused with a code. */
function bitmap(pixels: Buffer): Buffer {
  const header = Buffer.alloc(54)
  header.write('BM')
  header.writeUInt32LE(54 + pixels.length, 2)
  header.writeUInt32LE(54, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(SIDE, 18)
  header.writeInt32LE(SIDE, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(24, 28)
  return Buffer.concat([header, pixels])
}

/** Width and height in the header set to what no memory holds, where the format has them in a fixed place. */
function bomb(random: Random, good: Buffer): Buffer {
  const bytes = Buffer.from(good)
  const side = () => pick(random, [0, 1, 63, 8000, 8001, 65_535, 1_000_000, 0x7fff_ffff, 0xffff_ffff])
  if (bytes.subarray(1, 4).toString() === 'PNG') {
    bytes.writeUInt32BE(side(), 16)
    bytes.writeUInt32BE(side(), 20)
    if (random() < 0.7) bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
    return bytes
  }
  const frame = bytes.indexOf(Buffer.from([0xff, random() < 0.5 ? 0xc0 : 0xc2]))
  if (bytes[0] === 0xff && frame > 0) {
    bytes.writeUInt16BE(side() & 0xffff, frame + 5)
    bytes.writeUInt16BE(side() & 0xffff, frame + 7)
    return bytes
  }
  if (bytes.subarray(0, 2).toString() === 'II') {
    const directory = bytes.readUInt32LE(4)
    const entries = directory + 2 <= bytes.length ? bytes.readUInt16LE(directory) : 0
    for (let index = 0; index < entries; index += 1) {
      const at = directory + 2 + 12 * index
      if (at + 12 > bytes.length) break
      if (random() < 0.3) bytes.writeUInt32LE(side(), at + 8)
      if (random() < 0.05) bytes.writeUInt32LE(side(), at + 4)
    }
    return bytes
  }
  bytes.writeUInt32LE(side(), 18 + below(random, 12))
  return bytes
}

export function badImage(random: Random, good: Buffer): Buffer {
  if (random() < 0.15) return bomb(random, good)
  // Headers are few bytes of many, and the first to be believed.
  if (random() < 0.3) return Buffer.concat([badBytes(random, good.subarray(0, 120)), good.subarray(120)])
  return badBytes(random, good)
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1
  }
  return (crc ^ 0xffff_ffff) >>> 0
}
