/**
 * Inspections on their way: the image goes first, by HTTP, then the event that names it. A few at once, beside the values
 * and never in their way; how long an image takes counts against nobody.
 */
import type { Clock, Problem } from '@millwright/contract'
import type { Outbox, OutboxItem } from '../outbox/outbox.ts'
import { ImageMissing, type ImageUpload } from './image-upload.ts'
import { createSendWindow } from './send-window.ts'

export interface CaptureLaneDeps {
  readonly outbox: Pick<Outbox, 'read' | 'confirm'>
  readonly images: ImageUpload
  readonly clock: Clock
  readonly resendMs: number
  /** Rejects where the connection broke. */
  readonly publish: (item: OutboxItem & { kind: 'inspection' }) => Promise<void>
  readonly onProblem: (problem: Problem) => void
  /** Something may go on: an upload ended. */
  readonly wake: () => void
}

export interface CaptureLane {
  restart(lastSequence: number): void
  appended(items: readonly OutboxItem[]): void
  confirmed(ranges: readonly (readonly [number, number])[]): void
  /** Starts what may start; never throws. */
  pump(): void
}

/** Uploaded, or uploaded and not yet confirmed, at once. Older ones leave room for what is captured now. */
const LIMITS = { most: 12, mostOld: 8, mostLive: 100 }
const UPLOADS_AT_ONCE = 2
const AGAIN_MS = 2000

export function createCaptureLane(deps: CaptureLaneDeps): CaptureLane {
  const { clock, outbox } = deps
  const window = createSendWindow((after, most) => outbox.read(after, most, 'captures'), {
    ...LIMITS,
    resendMs: deps.resendMs,
  })
  let queue: (OutboxItem & { kind: 'inspection' })[] = []
  let uploading = 0
  // Connections count up: what an upload of an older one says is void.
  let era = 0

  const upload = async (item: OutboxItem & { kind: 'inspection' }) => {
    const mine = era
    try {
      await deps.images.put(item.body.sha256, item.body.mediaType)
      if (mine !== era) return
      await deps.publish(item)
      window.defer(item.seq, clock.now() + deps.resendMs)
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      if (error instanceof ImageMissing) {
        outbox.confirm([], [{ seq: item.seq, code: 'MW-1020', message: detail }])
        window.confirmed([[item.seq, item.seq]])
      } else if (mine === era) window.defer(item.seq, clock.now() + AGAIN_MS)
      deps.onProblem({ code: 'MW-1013', place: item.body.id, values: { url: 'image', detail } })
    }
  }

  const start = () => {
    while (uploading < UPLOADS_AT_ONCE && queue.length > 0) {
      uploading += 1
      void upload(queue.shift()!).finally(() => {
        uploading -= 1
        start()
        deps.wake()
      })
    }
  }

  return {
    restart(lastSequence) {
      era += 1
      queue = []
      window.restart(lastSequence)
    },
    appended: items => window.appended(items),
    confirmed: ranges => window.confirmed(ranges),
    pump() {
      for (const { item } of window.next(clock.now())) {
        if (item.kind !== 'inspection') continue
        // Until it is said there is nothing that could be confirmed.
        window.defer(item.seq, Number.POSITIVE_INFINITY)
        queue.push(item)
      }
      start()
    },
  }
}
