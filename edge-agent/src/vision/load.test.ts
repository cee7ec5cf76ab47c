import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { load } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-load-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

const [WIDTH, HEIGHT] = [120, 80]
const rgb = Buffer.alloc(WIDTH * HEIGHT * 3)
for (let i = 0; i < rgb.length; i += 3) rgb.set([200, 100, 40], i)
const photo = () => sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })

/** A PNG that claims a size and holds almost nothing. */
function claim(side: number): Buffer {
  const chunk = (kind: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length)
    head.write(kind, 4)
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])))
    return Buffer.concat([head, body, tail])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...parts])
}

test('odd but whole pictures give 8-bit RGB of the right size', async () => {
  const odd: [string, Buffer, number[]][] = [
    ['cmyk.jpg', await photo().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(), [WIDTH, HEIGHT]],
    ['deep.png', await photo().toColourspace('rgb16').png().toBuffer(), [WIDTH, HEIGHT]],
    ['alpha.png', await photo().ensureAlpha(0.5).png().toBuffer(), [WIDTH, HEIGHT]],
    ['grey.png', await photo().greyscale().png().toBuffer(), [WIDTH, HEIGHT]],
    ['palette.png', await photo().png({ palette: true }).toBuffer(), [WIDTH, HEIGHT]],
    ['turned.jpg', await photo().withMetadata({ orientation: 6 }).jpeg().toBuffer(), [HEIGHT, WIDTH]],
  ]
  for (const [name, bytes, size] of odd) {
    const picture = await load(file(name, bytes), name)
    expect([name, picture.width, picture.height]).toEqual([name, ...size])
    expect(picture.pixels.length).toBe(WIDTH * HEIGHT * 3)
    const [r, g, b] = picture.pixels
    if (name !== 'grey.png')
      expect([Math.abs(r! - 200) < 25, Math.abs(g! - 100) < 25, Math.abs(b! - 40) < 40]).toEqual([true, true, true])
  }
})

test('broken pictures and things that are none are refused with a code and the name', async () => {
  const png = await photo().png().toBuffer()
  const noise = Buffer.from(Uint8Array.from({ length: 300 * 300 * 3 }, (_, i) => (i * 7919) % 251))
  const big = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
    .png()
    .toBuffer()
  mkdirSync(join(folder, 'folder.png'))
  execFileSync('mkfifo', [join(folder, 'pipe.png')])
  symlinkSync(join(folder, 'self.png'), join(folder, 'self.png'))
  const cases: [string, string, string][] = [
    ['zero bytes', file('zero.png', ''), 'MW-1021'],
    ['cut', file('cut.png', big.subarray(0, big.length / 2)), 'MW-1021'],
    ['text', file('text.png', 'this is no image\n'), 'MW-1021'],
    ['svg', file('drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>'), 'MW-1021'],
    ['1 x 1', file('one.png', await photo().resize(1, 1).png().toBuffer()), 'MW-1023'],
    ['20000 x 20000', file('large.png', claim(20000)), 'MW-1022'],
    ['bomb', file('bomb.png', claim(65500)), 'MW-1022'],
    ['folder', join(folder, 'folder.png'), 'MW-1021'],
    ['pipe', join(folder, 'pipe.png'), 'MW-1021'],
    ['link to itself', join(folder, 'self.png'), 'MW-1020'],
    ['missing', join(folder, 'missing.png'), 'MW-1020'],
  ]
  for (const [what, path, code] of cases) {
    const fault = await load(path, `name of ${what}`).then(
      () => 'loaded',
      error => [error.problem.code, error.problem.place],
    )
    expect([what, fault]).toEqual([what, [code, `name of ${what}`]])
  }
  expect((await load(png, 'bytes')).width).toBe(WIDTH)
  await expect(load(new Uint8Array(0), 'none')).rejects.toMatchObject({ problem: { code: 'MW-1021' } })
})
