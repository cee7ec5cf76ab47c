/** A thread that renders captures: gets a shot, answers its TIFF and the box of its flaw. */
import { parentPort } from 'node:worker_threads'
import type { Shot, Taken } from './panel.ts'
import { take } from './take.ts'
import { encodeTiff } from './tiff.ts'

export interface Rendered {
  readonly file: Uint8Array
  readonly box: Taken['box']
}

parentPort?.on('message', (shot: Shot) => {
  const { pixels, width, height, box } = take(shot)
  const answer: Rendered = { file: encodeTiff(pixels, width, height), box }
  parentPort?.postMessage(answer, [answer.file.buffer as ArrayBuffer])
})
