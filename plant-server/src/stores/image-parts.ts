/**
 * Uploads in parts: what has come of an image lies under its hash until it is whole; a connection that breaks, or a server
 * that is killed, costs the part under way, not those before it.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemError } from '@millwright/contract'

export interface ImageParts {
  /** Bytes that are here. */
  offset(sha256: string): Promise<number>
  /**
   * Adds bytes where they fit; a part that begins elsewhere changes nothing. Once all are here and are what the name says
   * (else MW-2010, and it begins anew) the image is taken to its place. All bytes may be here already: a kill came before
   * that, and any part then ends it.
   */
  add(part: ImagePart, place: ImagePlace): Promise<{ readonly offset: number; readonly whole: boolean }>
}

/** Where one image comes to lie. */
export interface ImagePlace {
  has(): Promise<boolean>
  take(path: string): Promise<void>
}

export interface ImagePart {
  readonly sha256: string
  readonly offset: number
  readonly total: number
  readonly bytes: Buffer
}

/** Half an image that nobody went on with is forgotten after this. */
const FORGET_MS = 7 * 86_400_000

export async function openImageParts(folder: string, now: () => number): Promise<ImageParts> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = (sha256: string) => join(folder, `${sha256}.part`)
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name))
    if (now() - found.mtimeMs > FORGET_MS) await rm(join(folder, name), { force: true })
  }
  const offset = (sha256: string) =>
    stat(path(sha256)).then(
      found => found.size,
      () => 0,
    )
  // One after the other of one image: a client that lost patience may still be heard beside itself.
  const turns = new Map<string, Promise<unknown>>()

  const append = async ({ sha256, offset: at, total, bytes }: ImagePart, place: ImagePlace) => {
    // Another that sent the same may have been the one to end it.
    if (await place.has()) return { offset: total, whole: true }
    const here = await offset(sha256)
    const fits = at === here && at + bytes.length <= total
    if (!fits && here < total) return { offset: here, whole: false }
    const file = await open(path(sha256), 'a', 0o600)
    try {
      if (here < total) await file.appendFile(bytes)
      if (here >= total || at + bytes.length === total) await file.sync()
    } finally {
      await file.close()
    }
    if (here < total && at + bytes.length < total) return { offset: at + bytes.length, whole: false }
    if ((await hashOf(path(sha256))) !== sha256) {
      await rm(path(sha256), { force: true })
      throw new ProblemError({ code: 'MW-2010', place: sha256 })
    }
    await place.take(path(sha256))
    return { offset: total, whole: true }
  }

  return {
    offset,
    add(part, place) {
      const mine = (turns.get(part.sha256) ?? Promise.resolve()).then(() => append(part, place))
      const settled = mine.catch(() => undefined)
      turns.set(part.sha256, settled)
      void settled.then(() => {
        if (turns.get(part.sha256) === settled) turns.delete(part.sha256)
      })
      return mine
    },
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
