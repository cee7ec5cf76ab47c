/**
 * Whether a file holds a whole image, pure: by how its format ends. A share may show a file at its full length, or stand
 * still for long, while it is still being written; the end of the image is the one sign that can be trusted.
 */

export type Completeness =
  | 'complete'
  | 'incomplete'
  /** A format that does not say where it ends. */
  | 'unknown'

/** Beginning and end of a file; both are the whole file where it is short. */
export interface FileEnds {
  readonly head: Uint8Array
  readonly tail: Uint8Array
  readonly size: number
}

export const ENDS_BYTES = 4096

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Length 0, IEND, CRC (PNG 3rd edition, 11.2.5). */
const IEND = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]

const startsWith = (bytes: Uint8Array, wanted: readonly number[], at = 0) =>
  wanted.every((byte, index) => bytes[at + index] === byte)
const text = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

export type ImageKind = 'png' | 'jpeg' | 'webp' | 'tiff'

export function kindOf(head: Uint8Array): ImageKind | undefined {
  if (startsWith(head, PNG)) return 'png'
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'webp'
  if (startsWith(head, [0x49, 0x49, 42, 0]) || startsWith(head, [0x4d, 0x4d, 0, 42])) return 'tiff'
  return undefined
}

export function completeness({ head, tail, size }: FileEnds): Completeness {
  switch (kindOf(head)) {
    case 'png':
      return endsWith(tail, IEND) ? 'complete' : 'incomplete'
    case 'jpeg':
      // End of image (ITU-T T.81, B.1.1.3). Some cameras pad behind it; a file that was made long beforehand ends in zeros.
      return endsWith(tail, [0xff, 0xd9]) || paddedJpeg(tail) ? 'complete' : 'incomplete'
    case 'webp':
      return new DataView(head.buffer, head.byteOffset).getUint32(4, true) + 8 <= size && !endsInZeros(tail)
        ? 'complete'
        : 'incomplete'
    case 'tiff':
      return 'unknown'
    case undefined:
      // The beginning is not there yet, or it is no image at all: its reader will say so in the end.
      return 'unknown'
  }
}

/** Whatever trails behind the end (a few bytes of a careless writer) is forgiven. */
function endsWith(tail: Uint8Array, wanted: readonly number[]): boolean {
  for (let at = tail.length - wanted.length; at >= Math.max(0, tail.length - wanted.length - 16); at -= 1)
    if (startsWith(tail, wanted, at)) return true
  return false
}

const PADDED = 0xff
/** Fill bytes FF behind the end, never zeros. */
function paddedJpeg(tail: Uint8Array): boolean {
  let end = tail.length
  while (end > 0 && tail[end - 1] === PADDED) end -= 1
  return end >= 2 && tail[end - 1] === 0xd9 && tail[end - 2] === 0xff
}

const ZEROS = 32
const endsInZeros = (tail: Uint8Array) => tail.length >= ZEROS && tail.subarray(-ZEROS).every(byte => byte === 0)
