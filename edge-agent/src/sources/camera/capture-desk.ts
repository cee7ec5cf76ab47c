/**
 * From a picture's bytes to a durable inspection: image on our own disk, then inspection and the mark that the picture is
 * done in one transaction. Stations wait here for the picture of their trigger: each picture answers at most one.
 */
import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import type { Clock, InspectionEvent } from '@millwright/contract'
import type { CameraConfig } from '../../config/sources/camera.ts'
import type { EdgeStore } from '../../outbox/store.ts'
import type { Inspector } from '../../ports/inspector.ts'
import { readName } from '../../vision/naming.ts'
import type { Captured, CaptureRequest } from './camera.ts'

export interface Picture {
  /** Name of the file, as the inspection carries it. */
  readonly name: string
  readonly bytes: Uint8Array
  /** When it was taken, ms. */
  readonly t: number
  /** When it began to come in by our clock, ms. */
  readonly arrivedAt: number
  /** Straight from a camera to its trigger: never the same capture as an earlier one. */
  readonly fresh?: boolean
}

export type Desk = ReturnType<typeof createCaptureDesk>

export interface DeskDeps {
  readonly config: Pick<CameraConfig, 'id' | 'station'>
  /** Made when the first picture is there. */
  readonly inspector: () => Promise<Inspector>
  readonly store: Pick<EdgeStore, 'outbox' | 'images' | 'captures'>
  readonly clock: Clock
  /** A picture that came so long before its trigger was seen still counts as its own, ms. */
  readonly earlyMs: number
}

interface Waiter {
  readonly request: CaptureRequest
  readonly resolve: (captured: Captured | undefined) => void
  readonly reject: (error: unknown) => void
}

/** Whose picture it is; may become known while it is inspected. */
interface Owner {
  request: CaptureRequest | undefined
  told: boolean
}

interface Recent {
  readonly name: string
  readonly owner: Owner
  readonly arrivedAt: number
  readonly result: Promise<Captured | undefined>
}

export function createCaptureDesk({ config: { id, station }, inspector, store, clock, earlyMs }: DeskDeps) {
  const waiters = new Set<Waiter>()
  let recent: Recent[] = []

  const fits = (request: CaptureRequest, name: string, arrivedAt: number) =>
    request.matchPanel === true
      ? arrivedAt >= request.since - Math.max(earlyMs, NAMED_EARLY_MS) && readName(name).panel === request.panel
      : arrivedAt >= request.since - earlyMs
  const waiterFor = (name: string, arrivedAt: number) =>
    [...waiters].find(({ request }) => fits(request, name, arrivedAt))

  const inspect = async ({ name, bytes, t, fresh }: Picture, owner: Owner): Promise<Captured | undefined> => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const mark = { source: id, name, size: bytes.length, modified: t, sha256 }
    // A station that waits is answered all the same: the record of the same picture is one.
    if (fresh !== true && owner.request === undefined && store.captures.hasContent(id, name, sha256)) return undefined
    // The image goes to the disk while the worker has it in hand.
    const judging = (await inspector()).inspect(bytes, name)
    judging.catch(() => {})
    store.images.put(bytes)
    const line = await judging
    owner.told = owner.request !== undefined
    await owner.request?.onLine?.({ ...line, image: name })
    const body: InspectionEvent = {
      id: `${station}:${sha256}:${name}`,
      station,
      t,
      sha256,
      bytes: bytes.length,
      mediaType: MEDIA_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream',
      line: { ...line, image: name },
    }
    const appended = store.outbox.append({ kind: 'inspection', body }, ...(fresh === true ? [] : [mark]))
    // Not until the next common commit: a line waits for it, or the next picture does.
    queueMicrotask(() => void store.outbox.flush())
    return { line: body.line, t, durable: appended }
  }

  return {
    /** Is this very picture done? */
    isDone: (name: string, size: number, t: number) => store.captures.has(id, name, size, t),
    /** Whether a station waits for a picture. */
    isAwaited: () => waiters.size > 0,
    /** Whether a station waits for this picture. */
    isWanted: (name: string, arrivedAt: number) => waiterFor(name, arrivedAt) !== undefined,
    /** Resolves when it is durable. */
    async record(picture: Picture): Promise<void> {
      const { name, arrivedAt } = picture
      const waiter = waiterFor(name, arrivedAt)
      if (waiter) waiters.delete(waiter)
      const owner: Owner = { request: waiter?.request, told: false }
      const result = inspect(picture, owner)
      if (waiter) result.then(waiter.resolve, waiter.reject)
      else if (earlyMs > 0) {
        recent = recent.filter(each => each.arrivedAt > clock.now() - Math.max(earlyMs, NAMED_EARLY_MS) - KEEP_MS)
        recent.push({ name, owner, arrivedAt, result })
      }
      await (await result)?.durable
    },
    /** A picture straight to its trigger. */
    inspectNow: (picture: Picture, request: CaptureRequest) =>
      inspect({ ...picture, fresh: true }, { request, told: false }),
    wait(request: CaptureRequest): Promise<Captured | undefined> {
      const early = recent.find(each => fits(request, each.name, each.arrivedAt))
      recent = recent.filter(each => each !== early)
      const { promise, resolve, reject } = Promise.withResolvers<Captured | undefined>()
      const waiter: Waiter = { request, resolve, reject }
      request.signal.addEventListener(
        'abort',
        () => {
          // One whose picture is in hand waits for its verdict.
          if (waiters.delete(waiter)) resolve(undefined)
        },
        { once: true },
      )
      if (early) {
        early.owner.request = request
        const claim = async () => {
          const captured = await early.result
          if (captured && !early.owner.told) await request.onLine?.(captured.line)
          void store.outbox.flush()
          return captured
        }
        claim().then(resolve, reject)
      } else waiters.add(waiter)
      return promise
    },
  }
}

/** A picture that names its part may come long before a busy agent has seen the trigger. */
const NAMED_EARLY_MS = 10_000
/** Pictures that came before their trigger are remembered a little longer than they may count. */
const KEEP_MS = 1000

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.bmp': 'image/bmp',
  '.webp': 'image/webp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
}
