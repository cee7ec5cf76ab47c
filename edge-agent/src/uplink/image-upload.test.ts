import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createImageUpload, ImageMissing } from './image-upload.ts'

const MB = 2 ** 20
const content = Buffer.from(Array.from({ length: 2.5 * MB }, (_, index) => (index * 7) & 255))
const sha256 = createHash('sha256').update(content).digest('hex')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mw-upload-'))
  writeFileSync(join(folder, sha256), content)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A server that holds what it was sent; `break` says which requests (by number) fail, before or after they count, or before the whole image is taken. */
function server(broken: Record<number, 'before' | 'after' | 'killed'> = {}) {
  let held = Buffer.alloc(0)
  let stored = false
  const asked: string[] = []
  const fetch = (async (url: string, init: RequestInit) => {
    const at = new URL(url)
    asked.push(`${init.method} ${at.searchParams.get('offset') ?? ''}`.trim())
    const fault = broken[asked.length]
    if (fault === 'before') throw new TypeError('fetch failed')
    const total = Number(at.searchParams.get('total'))
    if (init.method === 'PATCH' && held.length >= total) stored = true
    else if (init.method === 'PATCH' && Number(at.searchParams.get('offset')) === held.length) {
      held = Buffer.concat([held, init.body as Uint8Array])
      stored = held.length === total && fault !== 'killed'
    }
    if (fault === 'after' || fault === 'killed') throw new TypeError('fetch failed')
    return new Response(JSON.stringify({ stored, offset: held.length }))
  }) as unknown as typeof globalThis.fetch
  const upload = createImageUpload({
    http: 'http://plant/',
    credentials: () => ({ user: 'a', password: 'b' }),
    path: name => join(folder, name),
    fetch,
  })
  return { put: () => upload.put(sha256, 'image/png'), asked, held: () => held, drop: () => (held = Buffer.alloc(0)) }
}

describe('an image on its way', () => {
  it('goes in parts of a megabyte', async () => {
    const { put, asked, held } = server()
    await put()
    expect(asked).toEqual(['GET', 'PATCH 0', `PATCH ${MB}`, `PATCH ${2 * MB}`])
    expect(held()).toEqual(content)
  })
  it('goes on where a broken connection left it, whether or not the last part arrived', async () => {
    for (const fault of ['before', 'after'] as const) {
      const { put, asked, held } = server({ 3: fault })
      await expect(put()).rejects.toThrow('fetch failed')
      await put()
      expect(held()).toEqual(content)
      expect(asked.filter(each => each === 'PATCH 0')).toHaveLength(1)
    }
  })
  it('whose bytes are all there, the server killed before it took the image, is ended by its last byte', async () => {
    const { put, asked } = server({ 4: 'killed' })
    await expect(put()).rejects.toThrow('fetch failed')
    await put()
    expect(asked.slice(4)).toEqual(['GET', `PATCH ${2.5 * MB - 1}`])
  })
  it('is not sent again where the server has it', async () => {
    const { put, asked } = server()
    await put()
    await put()
    expect(asked).toHaveLength(5)
  })
  it('shared by two that want it at once goes once', async () => {
    const { put, asked } = server()
    await Promise.all([put(), put()])
    expect(asked).toHaveLength(4)
  })
  it('that is gone from the disk is said so: trying again cannot help', async () => {
    const { put } = server()
    rmSync(join(folder, sha256))
    await expect(put()).rejects.toBeInstanceOf(ImageMissing)
  })
})
