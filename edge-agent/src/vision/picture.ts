import { scratchFloats } from './scratch.ts'

/** A decoded capture: RGB, 8 bits, interleaved, turned as EXIF says. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Gives a picture's memory back at once: 6 MB at full HD that the collector would let pile up to hundreds. It must not be used again. */
export function release({ pixels }: Picture): void {
  if (pixels.buffer instanceof ArrayBuffer && pixels.byteLength === pixels.buffer.byteLength) pixels.buffer.transfer(0)
}

/** One channel at a whole fraction of the picture's size. */
export interface Plane {
  readonly width: number
  readonly height: number
  /** Pixels of the picture a cell. */
  readonly scale: number
  readonly values: Float32Array
}

/** Brightness (0..255, Rec. 709 weights on encoded levels) over scale x scale pixels; of large cells every second pixel each way. */
export function shrinkGrey(picture: Picture, scale: number): Plane {
  const width = Math.floor(picture.width / scale)
  const height = Math.floor(picture.height / scale)
  const values = scratchFloats('grey', width * height)
  const step = scale >= 4 ? 2 : 1
  const taken = Math.ceil(scale / step) ** 2
  const { pixels } = picture
  const span = picture.width * 3
  const [share, stride, across, down] = [1 / taken, 3 * scale, 3 * step, step * span]
  for (let y = 0; y < height; y += 1) {
    const first = y * scale * span
    for (let x = 0; x < width; x += 1) {
      let r = 0
      let g = 0
      let b = 0
      const left = first + x * stride
      if (scale === 4) {
        // The usual case at full HD, unrolled.
        const low = left + down
        r = pixels[left]! + pixels[left + 6]! + pixels[low]! + pixels[low + 6]!
        g = pixels[left + 1]! + pixels[left + 7]! + pixels[low + 1]! + pixels[low + 7]!
        b = pixels[left + 2]! + pixels[left + 8]! + pixels[low + 2]! + pixels[low + 8]!
        values[y * width + x] = share * (0.2126 * r + 0.7152 * g + 0.0722 * b)
        continue
      }
      for (let line = left; line < left + scale * span; line += down) {
        for (let at = line; at < line + stride; at += across) {
          r += pixels[at]!
          g += pixels[at + 1]!
          b += pixels[at + 2]!
        }
      }
      values[y * width + x] = share * (0.2126 * r + 0.7152 * g + 0.0722 * b)
    }
  }
  return { width, height, scale, values }
}

export function greyAt(picture: Picture, x: number, y: number): number {
  const at = (y * picture.width + x) * 3
  return 0.2126 * picture.pixels[at]! + 0.7152 * picture.pixels[at + 1]! + 0.0722 * picture.pixels[at + 2]!
}

/** More values than this are sampled at an even stride before they are sorted. */
const MOST_SORTED = 4096

/** The value below which a share of the values lies; of very many, an even sample is taken. NaN must not be among them. */
export function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) return 0
  const some = thinned(values, v => v)
  return select(some, Math.min(some.length - 1, Math.floor(share * some.length)))
}

/** The value that would stand at a place were the values sorted (Hoare 1961); the values are put in another order. */
function select(values: Float32Array, place: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    // Of three, the middle one: values that are sorted already do not make it slow.
    const [a, b, c] = [values[low]!, values[(low + high) >> 1]!, values[high]!]
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
    let [i, j] = [low, high]
    while (i <= j) {
      while (values[i]! < pivot) i += 1
      while (values[j]! > pivot) j -= 1
      if (i > j) break
      const kept = values[i]!
      values[i] = values[j]!
      values[j] = kept
      i += 1
      j -= 1
    }
    if (place <= j) high = j
    else if (place >= i) low = i
    else break
  }
  return values[place]!
}

/** Median, and deviation by the median absolute deviation (times 1.4826, as for a normal distribution). */
export function robust(values: ArrayLike<number>): { median: number; deviation: number } {
  const median = quantile(values, 0.5)
  const off = thinned(values, v => Math.abs(v - median))
  return { median, deviation: 1.4826 * quantile(off, 0.5) }
}

function thinned(values: ArrayLike<number>, change: (value: number) => number): Float32Array {
  const step = Math.max(1, Math.ceil(values.length / MOST_SORTED))
  const out = new Float32Array(Math.ceil(values.length / step))
  for (let i = 0; i < out.length; i += 1) out[i] = change(values[i * step]!)
  return out
}
