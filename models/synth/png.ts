import sharp from 'sharp'

/** PNG file of a mask: one grey channel whose levels are the class numbers themselves. */
export async function encodeMask(mask: Uint8Array, width: number, height: number): Promise<Buffer> {
  return sharp(mask, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** PNG file of an 8-bit RGB picture. Compression 1 to 9; low is fast. */
export async function encodePng(pixels: Uint8Array, width: number, height: number, compression = 3): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: compression })
    .toBuffer()
}
