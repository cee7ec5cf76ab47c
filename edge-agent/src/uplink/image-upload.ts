/**
 * Images go to the plant server by HTTP under their SHA-256, before the inspection that names them: in parts, so that a
 * connection that breaks or a server that restarts costs one part, and only as far as the server does not have them.
 */
import { open } from 'node:fs/promises'
import { parser, ImageUpload as State } from '@millwright/contract'

export interface ImageUpload {
  /** Resolves once the server has stored the image; rejects with what went wrong. */
  put(sha256: string, mediaType: string): Promise<void>
}

export interface ImageUploadDeps {
  /** The plant server's address. */
  readonly http: string
  readonly credentials: () => { readonly user: string; readonly password: string }
  /** Path of the stored image. */
  readonly path: (sha256: string) => string
  readonly fetch: typeof fetch
}

/** The image is not on this disk any more: trying again cannot help. */
export class ImageMissing extends Error {}

/** For one part. */
const TIMEOUT_MS = 15_000
const PART_BYTES = 1024 * 1024

const stateOf = parser(State)

export function createImageUpload({ http, credentials, path, fetch }: ImageUploadDeps): ImageUpload {
  // An image shared by several items goes once.
  const under = new Map<string, Promise<void>>()

  const ask = async (sha256: string, init: RequestInit, query = ''): Promise<State> => {
    const { user, password } = credentials()
    const response = await fetch(`${http.replace(/\/+$/, '')}/api/images/${sha256}/upload${query}`, {
      ...init,
      headers: { ...init.headers, authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    const state = stateOf.parse(JSON.parse(text), 'upload')
    if (!state.ok) throw new Error('the plant server answers in other words: is it of this version?')
    return state.value
  }

  const put = async (sha256: string, mediaType: string) => {
    const file = await open(path(sha256), 'r').catch(error => {
      throw error?.code === 'ENOENT' ? new ImageMissing(`image ${sha256} is gone`, { cause: error }) : error
    })
    try {
      const total = (await file.stat()).size
      let state = await ask(sha256, { method: 'GET' })
      // Each round brings it on, or is the last: a server that stands still is asked again later.
      while (!state.stored) {
        // All that the server lacks; its last byte again where a kill came between the last part and its taking.
        const offset = Math.max(0, Math.min(state.offset, total - 1))
        const bytes = Buffer.alloc(Math.min(PART_BYTES, total - offset))
        const { bytesRead } = await file.read(bytes, 0, bytes.length, offset)
        const body = bytes.subarray(0, bytesRead)
        const init = { method: 'PATCH', headers: { 'content-type': mediaType }, body }
        state = await ask(sha256, init, `?offset=${offset}&total=${total}`)
        if (!state.stored && (state.offset === offset || state.offset >= total))
          throw new Error(`the plant server holds ${state.offset} bytes of ${total} and goes no further`)
      }
    } finally {
      await file.close()
    }
  }

  return {
    put(sha256, mediaType) {
      const running = under.get(sha256)
      if (running) return running
      const upload = put(sha256, mediaType).finally(() => under.delete(sha256))
      under.set(sha256, upload)
      return upload
    },
  }
}
