/** A camera with a real store on a real disk, and an inspector that only notes what it was given. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { type InspectionEvent, type InspectionLine, type Problem, systemClock } from '@millwright/contract'
import { vi } from 'vitest'
import type { CameraConfig } from '../config/sources/camera.ts'
import { type EdgeStore, openStore } from '../outbox/store.ts'
import type { Camera } from '../sources/camera/camera.ts'
import { createCamera } from '../sources/camera/create-camera.ts'
import { type Listened, listen } from './listen.ts'

export interface CameraRig {
  readonly root: string
  readonly inspected: string[]
  readonly problems: Problem[]
  /** Replaced to make inspections slow, or fail. */
  inspect: (name: string) => Promise<void>
  store: EdgeStore
  /** Starts (again) on the same folder. */
  start(config: Partial<CameraConfig>): { camera: Camera; heard: Listened; port: Promise<number> }
  stop(): Promise<void>
  destroy(): Promise<void>
  events(): InspectionEvent[]
}

export const TOKEN = 'secret-of-the-camera'

export function createCameraRig(): CameraRig {
  const root = mkdtempSync(join(tmpdir(), 'mw-camera-'))
  const open = () =>
    openStore({
      folder: join(root, 'data'),
      clock: systemClock,
      maxBytes: 2 ** 30,
      maxAgeMs: 3_600_000,
      commitMs: 10,
      onFault: () => {},
    } as Parameters<typeof openStore>[0])
  let camera: Camera | undefined
  let closed = false
  const rig: CameraRig = {
    root,
    inspected: [],
    problems: [],
    inspect: async () => {},
    store: open(),
    start(config) {
      if (closed) rig.store = open()
      closed = false
      const listening = Promise.withResolvers<number>()
      const heard = listen()
      camera = createCamera({
        config: { id: 'aoi', kind: 'camera', station: 'AOI-1', ...config },
        data: join(root, 'data'),
        inspector: async () => ({
          inspect: async (_capture, name) => {
            await rig.inspect(name)
            rig.inspected.push(name)
            return {
              image: name,
              verdict: 'review',
              error: { code: 'MW-1021', message: name },
              defects: [],
              score: null,
            } as InspectionLine
          },
        }),
        store: rig.store,
        readText: file => (existsSync(file) ? readFileSync(file, 'utf8') : TOKEN),
        clock: systemClock,
        random: () => 0.5,
        onProblem: problem => void rig.problems.push(problem),
        onListening: listening.resolve,
      })
      camera.start(heard)
      return { camera, heard, port: listening.promise }
    },
    async stop() {
      await camera?.stop()
      if (!closed) await rig.store.close()
      closed = true
    },
    async destroy() {
      await rig.stop()
      rmSync(root, { recursive: true, force: true })
    },
    events: () => rig.store.outbox.read(0, 100_000).flatMap(item => (item.kind === 'inspection' ? [item.body] : [])),
  }
  return rig
}

export const eventually = (check: () => void, timeout = 10_000) => vi.waitFor(check, { timeout, interval: 10 })

/** A whole grey PNG that differs by its seed. */
export function somePng(seed: number, side = 8): Buffer {
  const rows = Buffer.alloc(side * (side + 1), seed & 0xff)
  for (let row = 0; row < side; row += 1) rows[row * (side + 1)] = 0
  rows.writeUInt16BE(seed & 0xffff, 1)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 8
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
