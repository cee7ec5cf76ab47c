/** Cuts a stream of PNG or JPEG images into images, pure; by their own structure, so that no content can look like an end. */

export type Split =
  | { readonly kind: 'frames'; readonly frames: readonly Uint8Array[] }
  /** The stream cannot be followed any more. */
  | { readonly kind: 'broken'; readonly detail: string }

export interface Splitter {
  push(part: Uint8Array): Split
}

const MOST_FRAME = 128 * 2 ** 20

export function createSplitter(format: 'png' | 'jpeg'): Splitter {
  const seekEnd = format === 'png' ? pngEnd : jpegEnd
  // Grows by doubling: a frame comes in hundreds of parts, and is copied about twice.
  let store = Buffer.allocUnsafe(2 ** 20)
  let length = 0
  let state = START

  return {
    push(part) {
      if (length + part.length > MOST_FRAME)
        return { kind: 'broken', detail: `a frame of more than ${MOST_FRAME} bytes` }
      while (length + part.length > store.length) store = Buffer.concat([store.subarray(0, length)], 2 * store.length)
      store.set(part, length)
      length += part.length
      const frames: Uint8Array[] = []
      for (;;) {
        const found = seekEnd(store.subarray(0, length), state)
        if (found.kind === 'broken') return found
        if (found.kind === 'more') {
          state = found.state
          return { kind: 'frames', frames }
        }
        frames.push(Buffer.from(store.subarray(0, found.end)))
        store.copyWithin(0, found.end, length)
        length -= found.end
        state = START
      }
    },
  }
}

/** Where to go on reading. */
interface Scan {
  readonly at: number
  /** JPEG: inside entropy-coded data. */
  readonly inScan: boolean
}
type Found =
  | { readonly kind: 'more'; readonly state: Scan }
  | { readonly kind: 'end'; readonly end: number }
  | { readonly kind: 'broken'; readonly detail: string }

const START: Scan = { at: 0, inScan: false }
const IEND = 0x49454e44
const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Chunk by chunk: length, type, data, CRC. */
function pngEnd(bytes: Buffer, { at }: Scan): Found {
  let next = at
  if (next === 0) {
    if (bytes.length < PNG_HEAD.length) return { kind: 'more', state: { at: 0, inScan: false } }
    if (!bytes.subarray(0, PNG_HEAD.length).equals(PNG_HEAD)) return { kind: 'broken', detail: 'not a PNG image' }
    next = PNG_HEAD.length
  }
  while (next + 8 <= bytes.length) {
    const end = next + 12 + bytes.readUInt32BE(next)
    if (bytes.readUInt32BE(next + 4) === IEND)
      return end <= bytes.length ? { kind: 'end', end } : { kind: 'more', state: { at: next, inScan: false } }
    next = end
  }
  return { kind: 'more', state: { at: next, inScan: false } }
}

/** Segment by segment; in a scan up to a marker that is neither stuffing nor a restart (ITU-T T.81, B.1.1.2). */
function jpegEnd(bytes: Buffer, scan: Scan): Found {
  let { at, inScan } = scan
  if (at === 0) {
    if (bytes.length < 2) return { kind: 'more', state: scan }
    if (bytes.readUInt16BE(0) !== 0xffd8) return { kind: 'broken', detail: 'not a JPEG image' }
    at = 2
  }
  while (at + 1 < bytes.length) {
    if (inScan) {
      const marker = bytes.indexOf(0xff, at)
      if (marker < 0) return { kind: 'more', state: { at: bytes.length, inScan } }
      if (marker + 1 >= bytes.length) return { kind: 'more', state: { at: marker, inScan } }
      const code = bytes[marker + 1]!
      if (code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7)) {
        at = marker + (code === 0xff ? 1 : 2)
        continue
      }
      inScan = false
      at = marker
    }
    if (bytes[at] !== 0xff) return { kind: 'broken', detail: 'a JPEG segment without a marker' }
    const code = bytes[at + 1]!
    if (code === 0xd9) return { kind: 'end', end: at + 2 }
    if (code === 0xff) {
      at += 1
      continue
    }
    if (at + 4 > bytes.length) break
    at += 2 + bytes.readUInt16BE(at + 2)
    inScan = code === 0xda
  }
  return { kind: 'more', state: { at, inScan } }
}
