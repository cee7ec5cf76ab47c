/** Images by their SHA-256, as files. A file under its final name is whole and its content is what the name says. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ProblemError } from '@millwright/contract'
import { type ImagePart, openImageParts } from './image-parts.ts'
import { createThumbnails } from './thumbnails.ts'

export interface UploadState {
  /** Whole, durable, and what its name says. */
  readonly stored: boolean
  /** Bytes that are here. */
  readonly offset: number
}

export interface ImageFile {
  readonly sha256: string
  readonly bytes: number
  /** When it was stored, ms. */
  readonly t: number
}

export interface ImageStore {
  has(sha256: string): Promise<boolean>
  /** Refuses content that does not match (MW-2010). Storing again is harmless. */
  put(sha256: string, content: Buffer): Promise<void>
  upload(sha256: string): Promise<UploadState>
  /** Adds a part where it fits; refuses content that turns out not to match (MW-2010), which then begins anew. */
  putPart(part: ImagePart): Promise<UploadState>
  /** The file as it came, or a JPEG at most `width` pixels wide; undefined where there is none. */
  get(sha256: string, width?: number): Promise<{ mediaType: string; content: Buffer } | undefined>
  /** Images whose hash begins with these two digits. */
  list(prefix: string): Promise<ImageFile[]>
  /** Removes the image; its thumbnails stay. */
  remove(sha256: string): Promise<void>
}

const NAME = /^[0-9a-f]{64}$/

export async function openImages(folder: string, now: () => number = Date.now): Promise<ImageStore> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  // What a kill left half written was never confirmed.
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true })
  const parts = await openImageParts(join(folder, 'parts'), now)
  const thumbnails = createThumbnails(join(folder, 'thumbnails'))
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    )
  const get: ImageStore['get'] = async (sha256, width) => {
    if (!NAME.test(sha256)) return undefined
    const read = () => readFile(place(sha256)).catch(() => undefined)
    if (width !== undefined) {
      const small = await thumbnails.get(sha256, width, read)
      return small && { mediaType: 'image/jpeg', content: small }
    }
    const content = await read()
    return content && { mediaType: mediaTypeOf(content), content }
  }
  const moveIn = async (temporary: string, sha256: string) => {
    const target = place(sha256)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await rename(temporary, target)
    await syncFolder(dirname(target))
  }
  const has = async (sha256: string) => NAME.test(sha256) && exists(place(sha256))
  return {
    get,
    has,
    async upload(sha256) {
      if (!NAME.test(sha256)) return { stored: false, offset: 0 }
      if (!(await has(sha256))) return { stored: false, offset: await parts.offset(sha256) }
      return { stored: true, offset: (await stat(place(sha256))).size }
    },
    async putPart(part) {
      const { sha256 } = part
      if (!NAME.test(sha256)) throw new ProblemError({ code: 'MW-2010', place: sha256 })
      const { offset, whole } = await parts.add(part, { has: () => has(sha256), take: path => moveIn(path, sha256) })
      return { stored: whole, offset }
    },
    async list(prefix) {
      const names = await readdir(join(folder, prefix)).catch(() => [])
      const files: ImageFile[] = []
      for (const sha256 of names) {
        const found = await stat(join(folder, prefix, sha256)).catch(() => undefined)
        if (found !== undefined && NAME.test(sha256)) files.push({ sha256, bytes: found.size, t: found.mtimeMs })
      }
      return files
    },
    remove: sha256 => rm(place(sha256), { force: true }),
    async put(sha256, content) {
      const found = createHash('sha256').update(content).digest('hex')
      if (found !== sha256) throw new ProblemError({ code: 'MW-2010', place: sha256 })
      if (await has(sha256)) return
      const temporary = join(incoming, randomUUID())
      try {
        await writeDurably(temporary, content)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      await moveIn(temporary, sha256)
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
