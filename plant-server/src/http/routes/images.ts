import { ProblemError, type RouteInput, type Routes } from '@millwright/contract'
import type { ImageStore } from '../../stores/images.ts'
import type { SomeHandlers } from '../handlers.ts'

/** The image itself is the body of the request: no schema, but its hash. */
type PutPartInput = Omit<RouteInput<Routes['putImagePart']>, 'body'> & { readonly body?: unknown }
type PutInput = Omit<RouteInput<Routes['putImage']>, 'body'> & { readonly body?: unknown }

export function createImageHandlers(deps: {
  images: ImageStore
  /** Inspections may wait for it. */
  onStored: (sha256: string) => void
}): SomeHandlers<'getImage' | 'putImage' | 'imageUpload' | 'putImagePart'> {
  return {
    async getImage({ params, query }) {
      const found = await deps.images.get(params.id, query.width)
      if (found === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'image', id: params.id } })
      return { mediaType: found.mediaType, body: found.content, immutable: true }
    },
    async putImage({ params, body }: PutInput) {
      await deps.images.put(params.id, bytesOf(body))
      deps.onStored(params.id)
      return { ok: true }
    },
    imageUpload: async ({ params }) => deps.images.upload(params.id),
    async putImagePart({ params, query, body }: PutPartInput) {
      const state = await deps.images.putPart({ sha256: params.id, ...query, bytes: bytesOf(body) })
      if (state.stored) deps.onStored(params.id)
      return state
    },
  }
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body
  throw new ProblemError({
    code: 'MW-0101',
    place: 'body',
    values: { detail: 'must be the image, as image/* or application/octet-stream' },
  })
}
