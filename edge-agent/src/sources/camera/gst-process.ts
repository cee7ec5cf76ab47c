/** A GStreamer pipeline as a child process whose frames come on its standard output. */
import { spawn } from 'node:child_process'
import type { Clock } from '@millwright/contract'
import type { Link } from '../../base/session-runner.ts'
import type { PipelineConfig } from '../../config/sources/camera.ts'
import { createSplitter } from './frame-splitter.ts'
import { splitWords } from './words.ts'

export interface Frame {
  readonly bytes: Uint8Array
  /** When it was here whole, ms. */
  readonly at: number
}

export interface GstDeps {
  readonly config: PipelineConfig
  readonly clock: Clock
  readonly onFrame: (frame: Frame) => void
}

/** One picture at a time, the newest: a reader that is slow gets fewer, never older ones. */
const TAIL = {
  png: 'queue leaky=downstream max-size-buffers=1 ! videoconvert ! pngenc compression-level=1 ! fdsink fd=1 sync=false',
  jpeg: 'queue leaky=downstream max-size-buffers=1 ! videoconvert ! jpegenc quality=95 ! fdsink fd=1 sync=false',
} as const
/** Until the first frame: opening a camera takes its time. */
const START_MS = 15_000
const STOP_MS = 2000

/** Resolves with the first frame; `lost` is called once when the pipeline ends, stalls or cannot be understood. */
export function openPipeline(
  { config, clock, onFrame }: GstDeps,
  lost: (detail: string) => void,
  signal: AbortSignal,
): Promise<Link> {
  const { format = 'png', stallMs = 5000, command = 'gst-launch-1.0' } = config
  const child = spawn(command, ['-q', ...splitWords(config.elements), '!', ...splitWords(TAIL[format])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const splitter = createSplitter(format)
  let said = ''
  let why: string | undefined
  let lastFrame = clock.now()
  let running = false
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-2000)
  })
  const gone = new Promise<void>(resolve => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  const end = (detail: string) => {
    why ??= detail
    child.kill('SIGKILL')
  }
  const stopWatch = clock.every(Math.min(500, stallMs), () => {
    if (clock.now() - lastFrame > (running ? stallMs : START_MS)) end('no frame comes')
  })
  const close = async () => {
    stopWatch()
    child.kill('SIGINT')
    const late = clock.sleep(STOP_MS).then(() => child.kill('SIGKILL'))
    await Promise.race([gone, late])
  }
  const aborted = () => void close()
  signal.addEventListener('abort', aborted, { once: true })

  return new Promise((resolve, reject) => {
    const ended = (detail: string) => {
      stopWatch()
      signal.removeEventListener('abort', aborted)
      if (running) lost(detail)
      else reject(new Error(detail))
    }
    child.once('error', error => ended(`${command}: ${error.message}`))
    child.once('close', code => ended(why ?? lastWords(said) ?? `the pipeline ended (${code ?? 'killed'})`))
    child.stdout.on('data', (part: Buffer) => {
      const split = splitter.push(part)
      if (split.kind === 'broken') return end(split.detail)
      // Of several that have come together only the newest shows the present.
      const bytes = split.frames.at(-1)
      if (bytes === undefined) return
      lastFrame = clock.now()
      onFrame({ bytes, at: lastFrame })
      if (!running) resolve({ close })
      running = true
    })
  })
}

/** What GStreamer said was wrong. */
const lastWords = (said: string): string | undefined =>
  said
    .split('\n')
    .map(line => line.trim())
    .findLast(line => /^(ERROR|WARNING)/.test(line) || line.startsWith('erroneous'))
