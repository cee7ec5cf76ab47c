/** A camera station whose captures are inspected: a folder, pictures that are sent, or a GStreamer pipeline. */
import { Pattern, type Problem } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import { Id, Ms, strict } from '../strict.ts'

/** The camera sends its pictures by HTTP or HTTPS: POST /captures/NAME with `Authorization: Bearer TOKEN`. */
export const PushConfig = strict({
  /** Address to listen on; loopback by default. */
  host: Type.Optional(Type.String({ minLength: 1, default: '127.0.0.1' })),
  port: Type.Integer({ minimum: 0, maximum: 65_535 }),
  tokenFile: Type.String({ minLength: 1 }),
  /** HTTPS: PEM files of the certificate, with its chain, and of its key. Read whenever it begins to listen. */
  tls: Type.Optional(strict({ certFile: Type.String({ minLength: 1 }), keyFile: Type.String({ minLength: 1 }) })),
  /** Largest picture. */
  maxMb: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 512, default: 64 })),
})

export type PushConfig = Static<typeof PushConfig>

/** Frames of a GStreamer pipeline, started as a child process (gst-launch-1.0) and started again when it ends. */
export const PipelineConfig = strict({
  /** As for gst-launch-1.0, up to raw video: `v4l2src device=/dev/video0 ! videorate ! video/x-raw,framerate=5/1`. */
  elements: Type.String({ minLength: 1 }),
  format: Type.Optional(Type.Unsafe<'png' | 'jpeg'>(Type.Union([Type.Literal('png'), Type.Literal('jpeg')]))),
  /** Inspect a frame so often. Absent: on a station's trigger only. */
  everyMs: Type.Optional(Type.Number({ minimum: 1, maximum: 3_600_000 })),
  /** From exposure until the frame is here: frames that came sooner after a trigger show the time before it. */
  latencyMs: Type.Optional(Type.Number({ minimum: 0, maximum: 60_000 })),
  /** Without a frame for so long the pipeline is started again. */
  stallMs: Ms(5000),
  /** What the screen shows in these frames. */
  pattern: Type.Optional(Pattern),
  /** When the pipeline ends by itself (a file is over). */
  atEnd: Type.Optional(Type.Unsafe<'restart' | 'stop'>(Type.Union([Type.Literal('restart'), Type.Literal('stop')]))),
  /** Another gst-launch-1.0. */
  command: Type.Optional(Type.String({ minLength: 1 })),
})
export type PipelineConfig = Static<typeof PipelineConfig>

export const CameraConfig = strict({
  id: Id,
  kind: Type.Literal('camera'),
  folder: Type.Optional(Type.String({ minLength: 1 })),
  push: Type.Optional(PushConfig),
  pipeline: Type.Optional(PipelineConfig),
  /** ISA-95 equipment id of the inspecting station. */
  station: Type.String({ minLength: 1 }),
  /** A file whose size has not changed for so long is complete, when its image is whole. */
  settleMs: Ms(300),
  /** A file whose image is not whole is waited for so long, standing still, before it is judged as broken. */
  incompleteMs: Ms(60_000),
  /** Look into the folder again at least so often. */
  pollMs: Ms(1000),
  /** Pictures that wait on our disk (push, pipeline), at most. */
  queueMb: Type.Optional(Type.Number({ minimum: 1, default: 2048 })),
  /** A picture that came so long before its trigger was seen still counts as its own (folder, push). */
  earlyMs: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000, default: 200 })),
  recipe: Type.Optional(Type.String()),
  /** What becomes of a file once it is recorded: keep it, move it to `done/`, or delete it. */
  after: Type.Optional(
    Type.Unsafe<'keep' | 'move' | 'delete'>(
      Type.Union([Type.Literal('keep'), Type.Literal('move'), Type.Literal('delete')]),
    ),
  ),
})
export type CameraConfig = Static<typeof CameraConfig>

/** Faults between the keys of a camera, and between cameras. `place` names a key of this one. */
export function cameraFaults(
  source: CameraConfig,
  others: readonly CameraConfig[],
  place: (key: (string | number)[]) => string,
): Problem[] {
  const odd = (key: string[], detail: string, wanted: string): Problem => ({
    code: 'MW-1108',
    place: place(key),
    values: { detail, wanted },
  })
  const ways = (['folder', 'push', 'pipeline'] as const).filter(key => source[key] !== undefined)
  const { push } = source
  const taken = others.find(
    other => other.id !== source.id && push !== undefined && push.port !== 0 && other.push?.port === push.port,
  )
  return [
    ...ways
      .slice(1)
      .map(key =>
        odd([key], `a camera has one of folder, push and pipeline, not ${ways.join(' and ')}`, 'one of them'),
      ),
    ...(taken === undefined ? [] : [odd(['push', 'port'], `"${taken.id}" listens on the same port`, 'another port')]),
  ]
}
