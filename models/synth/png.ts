import sharp from 'sharp'

/** PNG file of an 8-bit RGB picture. Compression 1 to 9; low is fast. */
export async function encodePng(pixels: Uint8Array, width: number, height: number, compression = 3): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: compression })
    .toBuffer()
}
