/** Small pictures, made once and kept; they outlive their image, so that lists still show what there was. */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ProblemError } from '@millwright/contract'
import sharp from 'sharp'

export interface Thumbnails {
  /** A JPEG at most `width` wide, made from the next larger size that is kept. `read` is asked where there is none. */
  get(sha256: string, width: number, read: () => Promise<Buffer | undefined>): Promise<Buffer | undefined>
}

/** Widths that are kept; what is asked for is rounded up. */
const WIDTHS = [160, 320, 640, 1280] as const

export function createThumbnails(folder: string): Thumbnails {
  const place = (sha256: string, width: number) => join(folder, sha256.slice(0, 2), `${sha256}-${width}.jpg`)
  return {
    async get(sha256, width, read) {
      const fitting = WIDTHS.filter(each => each >= width)
      for (const size of fitting) {
        const found = await readFile(place(sha256, size)).catch(() => undefined)
        if (found !== undefined) return size === width ? found : shrink(found, width, sha256)
      }
      const kept = fitting[0]
      const content = await read()
      if (content === undefined) return undefined
      const small = await shrink(content, kept ?? width, sha256)
      // A cache: where it cannot be written the picture is made again.
      if (kept !== undefined) await keep(place(sha256, kept), small).catch(() => undefined)
      return kept === undefined || kept === width ? small : shrink(small, width, sha256)
    },
  }
}

async function shrink(content: Buffer, width: number, sha256: string): Promise<Buffer> {
  try {
    return await sharp(content, { limitInputPixels: 1e8 })
      .resize({ width, withoutEnlargement: true })
      .jpeg({ quality: 80 })
      .toBuffer()
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'MW-1021', place: sha256, values: { detail } })
  }
}

async function keep(path: string, small: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomUUID()}`
  await writeFile(temporary, small, { mode: 0o600 })
  await rename(temporary, path)
}
