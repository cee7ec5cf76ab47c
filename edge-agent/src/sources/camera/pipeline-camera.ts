/** Frames of a GStreamer pipeline: one so often, or one for each trigger. A pipeline that dies is started again. */
import type { Clock } from '@millwright/contract'
import { createSessionRunner, type Link } from '../../base/session-runner.ts'
import type { CameraConfig, PipelineConfig } from '../../config/sources/camera.ts'
import { say } from '../../text/catalogue.ts'
import type { SourceEvents } from '../source.ts'
import type { Camera, Captured, CaptureRequest } from './camera.ts'
import type { Desk } from './capture-desk.ts'
import { type Frame, openPipeline } from './gst-process.ts'
import { queueAlarm } from './queue-alarm.ts'
import type { Spool } from './spool.ts'
import type { SpoolWorker } from './spool-worker.ts'

export interface PipelineCameraDeps {
  readonly config: CameraConfig & { readonly pipeline: PipelineConfig }
  readonly desk: Desk
  readonly spool: Spool
  readonly worker: SpoolWorker
  readonly clock: Clock
  readonly random: () => number
}

const LATENCY_MS = 100

export function createPipelineCamera({ config, desk, spool, worker, clock, random }: PipelineCameraDeps): Camera {
  const { pipeline, id } = config
  const { everyMs, pattern = 'surface', format = 'png', latencyMs = LATENCY_MS } = pipeline
  const waiting = new Set<{ readonly from: number; readonly give: (frame: Frame) => void }>()
  let events: SourceEvents | undefined
  let newest: Frame | undefined
  let dropped = 0
  let stopEvery: (() => void) | undefined

  const onFrame = (frame: Frame) => {
    newest = frame
    for (const each of [...waiting])
      if (frame.at >= each.from) {
        waiting.delete(each)
        each.give(frame)
      }
  }

  const runner = createSessionRunner<Link>({
    clock,
    random,
    async open(lost, signal) {
      events?.state({ kind: 'connecting' })
      return openPipeline({ config: pipeline, clock, onFrame }, lost, signal)
    },
    online: () => events?.state({ kind: 'online' }),
    offline(detail) {
      newest = undefined
      events?.state({ kind: 'offline', detail })
      if (pipeline.atEnd === 'stop' && detail.startsWith(ENDED)) void runner.stop()
    },
  })

  const nameOf = (panel: string, extension = format === 'png' ? 'png' : 'jpg') => `${panel}_${pattern}.${extension}`
  const stamped = (t: number) => `${id}-${new Date(t).toISOString().replaceAll(/[-:.]/g, '')}`

  /** A frame for the queue on disk; where that is full the frame is left out, counted and said. */
  const keep = async () => {
    const frame = newest
    if (frame === undefined) return
    newest = undefined
    const incoming = await spool.begin(frame.at)
    if (await incoming.write(frame.bytes)) {
      const { durable } = await incoming.commit(nameOf(stamped(frame.at)), frame.at)
      worker.wake()
      await durable
      full(false)
    } else {
      await incoming.discard()
      dropped += 1
      full(true)
    }
  }
  let isFull = false
  const full = (is: boolean) => {
    if (!is && !isFull) return
    isFull = is
    events?.alarm(queueAlarm(id, is, clock.now(), say('queue_full', { source: id, count: dropped })))
  }

  const frameSince = (from: number, signal: AbortSignal): Promise<Frame | undefined> =>
    new Promise(resolve => {
      const each = { from, give: resolve }
      waiting.add(each)
      signal.addEventListener(
        'abort',
        () => {
          waiting.delete(each)
          resolve(undefined)
        },
        { once: true },
      )
    })

  return {
    id,
    kind: 'camera',
    start(given) {
      events = given
      worker.start()
      runner.start()
      if (everyMs !== undefined) stopEvery = clock.every(everyMs, () => void keep().catch(() => full(true)))
    },
    async stop() {
      stopEvery?.()
      await runner.stop()
      await worker.stop()
      events = undefined
    },
    async capture(request: CaptureRequest): Promise<Captured | undefined> {
      const { since, panel, signal } = request
      const frame = await frameSince(since + latencyMs, signal)
      if (frame === undefined) return undefined
      const name = nameOf(panel === undefined || panel === '' ? stamped(frame.at) : fileName(panel))
      return desk.inspectNow({ name, bytes: frame.bytes, t: frame.at, arrivedAt: frame.at }, request)
    },
  }
}

const ENDED = 'the pipeline ended (0)'
/** A panel's name as part of a file name. */
const fileName = (panel: string) => panel.trim().replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')
