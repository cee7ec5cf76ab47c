/** A mask of 32 cells a word: bit i of word k of a row is column 32 k + i; bits beyond the width are 0. */
export interface Bits {
  readonly width: number
  readonly height: number
  /** Words a row. */
  readonly span: number
  readonly words: Uint32Array
}

export function pack(mask: Uint8Array, width: number, height: number): Bits {
  const span = Math.ceil(width / 32)
  const words = new Uint32Array(span * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) words[y * span + (x >> 5)]! |= mask[y * width + x]! << (x & 31)
  }
  return { width, height, span, words }
}

export function unpack({ width, height, span, words }: Bits, mask: Uint8Array): void {
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) mask[y * width + x] = (words[y * span + (x >> 5)]! >>> (x & 31)) & 1
  }
}

/** Cells with a marked one within `radius` (at most 31) rows and columns. */
export function grow(bits: Bits, radius: number): Bits {
  const { height, span, words } = bits
  const across = new Uint32Array(words.length)
  for (let row = 0; row < words.length; row += span) {
    for (let k = 0; k < span; k += 1) {
      const here = words[row + k]!
      const before = k > 0 ? words[row + k - 1]! : 0
      const after = k < span - 1 ? words[row + k + 1]! : 0
      let all = here
      for (let s = 1; s <= radius; s += 1)
        all |= (here << s) | (before >>> (32 - s)) | (here >>> s) | (after << (32 - s))
      across[row + k] = all
    }
  }
  const out = new Uint32Array(words.length)
  for (let y = 0; y < height; y += 1) {
    for (let j = Math.max(0, y - radius); j <= Math.min(height - 1, y + radius); j += 1) {
      for (let k = 0; k < span; k += 1) out[y * span + k]! |= across[j * span + k]!
    }
  }
  return trimmed({ ...bits, words: out })
}

/** Cells with no unmarked one of the frame within `radius` rows and columns. */
export function shrink(bits: Bits, radius: number): Bits {
  return inverse(grow(inverse(bits), radius))
}

function inverse(bits: Bits): Bits {
  return trimmed({ ...bits, words: bits.words.map(word => ~word) })
}

/** Clears what lies beyond the width. */
function trimmed(bits: Bits): Bits {
  const left = bits.width & 31
  if (left !== 0) for (let k = bits.span - 1; k < bits.words.length; k += bits.span) bits.words[k]! &= 2 ** left - 1
  return bits
}
