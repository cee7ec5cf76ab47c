/** An uncompressed RGB TIFF (revision 6.0, one strip): lossless and written in no time. */
export function encodeTiff(pixels: Uint8Array, width: number, height: number): Buffer {
  const tags: [number, number, number, number][] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 3, 0],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, 0],
    [277, 3, 1, 3],
    [278, 4, 1, height],
    [279, 4, 1, pixels.length],
  ]
  const directory = 8
  const bits = directory + 2 + 12 * tags.length + 4
  const strip = bits + 6
  const head = Buffer.alloc(strip)
  head.write('II', 0, 'latin1')
  head.writeUInt16LE(42, 2)
  head.writeUInt32LE(directory, 4)
  head.writeUInt16LE(tags.length, directory)
  tags.forEach(([tag, type, count, value], i) => {
    const at = directory + 2 + 12 * i
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(type, at + 2)
    head.writeUInt32LE(count, at + 4)
    head.writeUInt32LE(tag === 258 ? bits : tag === 273 ? strip : value, at + 8)
  })
  for (const i of [0, 1, 2]) head.writeUInt16LE(8, bits + 2 * i)
  return Buffer.concat([head, pixels])
}
