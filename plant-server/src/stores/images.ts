/** Images by their SHA-256, as files. A file under its final name is whole and its content is what the name says. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ProblemError } from '@millwright/contract'
import sharp from 'sharp'

export interface ImageStore {
  has(sha256: string): Promise<boolean>
  /** Refuses content that does not match (MW-2010). Storing again is harmless. */
  put(sha256: string, content: Buffer): Promise<void>
  /** The file as it came, or a JPEG at most `width` pixels wide; undefined where there is none. */
  get(sha256: string, width?: number): Promise<{ mediaType: string; content: Buffer } | undefined>
}

const NAME = /^[0-9a-f]{64}$/

export async function openImages(folder: string): Promise<ImageStore> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  // What a kill left half written was never confirmed.
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true })
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    )
  const get: ImageStore['get'] = async (sha256, width) => {
    if (!NAME.test(sha256)) return undefined
    const content = await readFile(place(sha256)).catch(() => undefined)
    if (content === undefined) return undefined
    if (width === undefined) return { mediaType: mediaTypeOf(content), content }
    try {
      const small = await sharp(content, { limitInputPixels: 1e8 })
        .resize({ width, withoutEnlargement: true })
        .jpeg({ quality: 80 })
        .toBuffer()
      return { mediaType: 'image/jpeg', content: small }
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      throw new ProblemError({ code: 'MW-1021', place: sha256, values: { detail } })
    }
  }
  return {
    get,
    has: async sha256 => NAME.test(sha256) && exists(place(sha256)),
    async put(sha256, content) {
      const found = createHash('sha256').update(content).digest('hex')
      if (found !== sha256) throw new ProblemError({ code: 'MW-2010', place: sha256 })
      const target = place(sha256)
      if (await exists(target)) return
      const temporary = join(incoming, randomUUID())
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await writeDurably(temporary, content)
      await rename(temporary, target)
      await syncFolder(dirname(target))
    },
  }
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot sync a folder; its rename is durable by the journal.
  const folder = await open(path, 'r').catch(() => undefined)
  if (folder === undefined) return
  await folder.sync().catch(() => undefined)
  await folder.close()
}

const MAGIC: readonly (readonly [string, string])[] = [
  ['89504e47', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['424d', 'image/bmp'],
  ['49492a00', 'image/tiff'],
  ['4d4d002a', 'image/tiff'],
  ['47494638', 'image/gif'],
]

/** By its first bytes; what is no known image is never served as one. */
function mediaTypeOf(content: Buffer): string {
  const head = content.subarray(0, 12).toString('hex')
  if (head.startsWith('52494646') && head.endsWith('57454250')) return 'image/webp'
  return MAGIC.find(([magic]) => head.startsWith(magic))?.[1] ?? 'application/octet-stream'
}
