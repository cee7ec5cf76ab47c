import { stat } from 'node:fs/promises'
import { type Problem, ProblemError } from '@millwright/contract'
import sharp from 'sharp'
import type { Picture } from './picture.ts'

/** More pixels than any station's camera gives: refused from the header, before anything is decoded. */
const MOST_PIXELS = 64e6
const LEAST_SIDE = 64
const FORMATS = new Set(['png', 'jpeg', 'webp', 'tiff'])
/** A file longer than this is refused by its length alone. */
const MOST_BYTES = 512e6

sharp.cache(false)
sharp.concurrency(1)

/**
 * Decodes a capture to 8-bit RGB: palettes, grey, 16 bits, CMYK and alpha are converted, EXIF's turn is carried out.
 * @throws ProblemError MW-1020 to MW-1023 with the name as place.
 */
export async function load(source: string | Uint8Array, name: string): Promise<Picture> {
  const refuse = (code: Problem['code'], values: Record<string, string | number> = {}) =>
    new ProblemError({ code, place: name, values })
  if (typeof source === 'string') await needFile(source, refuse)
  else if (source.length === 0) throw refuse('MW-1021', { detail: 'no bytes' })
  const header = await attempt(refuse, () => sharp(source, { limitInputPixels: false }).metadata())
  const { width, height } = header
  if (!FORMATS.has(header.format)) throw refuse('MW-1021', { detail: `format ${header.format}` })
  if (width * height > MOST_PIXELS) throw refuse('MW-1022', { width, height })
  if (width < LEAST_SIDE || height < LEAST_SIDE) throw refuse('MW-1023', { width, height })
  const open = () => sharp(source, { limitInputPixels: MOST_PIXELS, failOn: 'warning' })
  // Turning reads the picture in another way, which costs 3 ms even where there is nothing to turn.
  const turned = (header.orientation ?? 1) !== 1
  const { data, info } = await attempt(refuse, () =>
    (turned ? open().autoOrient() : open())
      .removeAlpha()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  )
  const pixels = info.channels === 3 ? data : spread(data, info.channels)
  return { width: info.width, height: info.height, pixels }
}

type Refuse = (code: Problem['code'], values?: Record<string, string | number>) => ProblemError

/** Folders, pipes and the like are refused without being opened. */
async function needFile(path: string, refuse: Refuse): Promise<void> {
  let found: Awaited<ReturnType<typeof stat>>
  try {
    found = await stat(path)
  } catch {
    throw refuse('MW-1020')
  }
  if (!found.isFile()) throw refuse('MW-1021', { detail: 'not a file' })
  if (found.size === 0) throw refuse('MW-1021', { detail: 'the file is empty' })
  if (found.size > MOST_BYTES) throw refuse('MW-1021', { detail: `${Math.round(found.size / 1e6)} MB` })
}

async function attempt<T>(refuse: Refuse, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0]!.slice(0, 120) : String(error)
    throw refuse('MW-1021', { detail })
  }
}

/** RGB of one or two channels (grey, grey with alpha). */
function spread(data: Uint8Array, channels: number): Uint8Array {
  const count = data.length / channels
  const out = new Uint8Array(count * 3)
  for (let i = 0; i < count; i += 1) out.fill(data[i * channels]!, i * 3, i * 3 + 3)
  return out
}
