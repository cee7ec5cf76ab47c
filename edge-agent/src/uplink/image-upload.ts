/** Images go to the plant server by HTTP under their SHA-256, before the inspection that names them. */
import { readFile } from 'node:fs/promises'

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

const TIMEOUT_MS = 30_000

export function createImageUpload({ http, credentials, path, fetch }: ImageUploadDeps): ImageUpload {
  // An image shared by several items goes once.
  const under = new Map<string, Promise<void>>()
  const put = async (sha256: string, mediaType: string) => {
    let body: Buffer
    try {
      body = await readFile(path(sha256))
    } catch (error) {
      throw new ImageMissing(`image ${sha256} is gone`, { cause: error })
    }
    const { user, password } = credentials()
    const response = await fetch(`${http.replace(/\/+$/, '')}/api/images/${sha256}`, {
      method: 'PUT',
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        'content-type': mediaType,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
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
