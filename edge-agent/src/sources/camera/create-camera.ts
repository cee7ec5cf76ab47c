/** The camera for an entry of the agent's file. */
import { join } from 'node:path'
import type { Clock, Problem } from '@millwright/contract'
import type { CameraConfig } from '../../config/sources/camera.ts'
import type { EdgeStore } from '../../outbox/store.ts'
import type { Inspector } from '../../ports/inspector.ts'
import type { Camera } from './camera.ts'
import { createCaptureDesk } from './capture-desk.ts'
import { createFolderCamera } from './folder-camera.ts'
import { createPipelineCamera } from './pipeline-camera.ts'
import { createPushCamera } from './push-camera.ts'
import { createSpool } from './spool.ts'
import { createSpoolWorker } from './spool-worker.ts'

export interface CameraDeps {
  readonly config: CameraConfig
  /** The agent's data folder: pictures that wait lie in `queue/ID` below it. */
  readonly data: string
  /** Made when the first picture is there. */
  readonly inspector: () => Promise<Inspector>
  readonly store: Pick<EdgeStore, 'outbox' | 'images' | 'captures'>
  /** Text of a small file (a token), without the line end. */
  readonly readText: (file: string) => string
  readonly clock: Clock
  readonly random: () => number
  readonly onProblem: (problem: Problem) => void
  readonly onListening?: (port: number) => void
}

export function createCamera(deps: CameraDeps): Camera {
  const { config, clock, random, onProblem } = deps
  const { folder, push, pipeline } = config
  // A frame's time is known to us: it is never early.
  const desk = createCaptureDesk({
    ...deps,
    inspector: onceMade(deps.inspector),
    earlyMs: pipeline === undefined ? (config.earlyMs ?? 200) : 0,
  })
  if (folder !== undefined) return createFolderCamera({ config: { ...config, folder }, desk, clock, onProblem })
  const spool = createSpool(join(deps.data, 'queue', config.id), (config.queueMb ?? 2048) * 2 ** 20)
  const worker = createSpoolWorker({ spool, desk, clock, onProblem })
  if (push !== undefined) return createPushCamera({ ...deps, config: { ...config, push }, desk, spool, worker })
  if (pipeline === undefined) throw new Error('a camera without a way to its pictures: refused by the configuration')
  return createPipelineCamera({ config: { ...config, pipeline }, desk, spool, worker, clock, random })
}

/** One inspector, however many ask for it at once; a failed start is tried again by the next. */
function onceMade(make: () => Promise<Inspector>): () => Promise<Inspector> {
  let made: Promise<Inspector> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
