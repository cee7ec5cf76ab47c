/**
 * A camera that drops image files into a folder. Each complete file is inspected once: image on our own disk first, then
 * inspection and the mark that the file is done in one transaction; a stop anywhere in between repeats it from the start.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type Clock, type InspectionEvent, type Problem, ProblemError } from '@millwright/contract'
import type { CameraConfig } from '../../config/sources/camera.ts'
import type { EdgeStore } from '../../outbox/store.ts'
import type { Inspector } from '../../ports/inspector.ts'
import type { Source, SourceEvents } from '../source.ts'
import { type FileFacts, isCandidate, lookAgain, type Watched } from './complete-files.ts'

export interface FolderCameraDeps {
  readonly config: CameraConfig
  /** Made when the first file is there. */
  readonly inspector: () => Promise<Inspector>
  readonly store: Pick<EdgeStore, 'outbox' | 'images' | 'captures'>
  readonly clock: Clock
  readonly onProblem: (problem: Problem) => void
}

const DONE_FOLDER = 'done'
/** After a fault of ours (inspector broken, disk full) a file waits so long. */
const AGAIN_MS = 5000
/** A stop waits so long for the file in hand. */
const STOP_MS = 1000
/** Files that are done are looked at again so seldom, in case one is written anew: thousands may lie there. */
const RECHECK_MS = 30_000

export function createFolderCamera({ config, inspector, store, clock, onProblem }: FolderCameraDeps): Source {
  const { folder, station, id } = config
  const settleMs = config.settleMs ?? 300
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let watched: ReadonlyMap<string, Watched> = new Map()
  // Files done in this run and still there; the record on the disk knows the others.
  const done = new Map<string, string>()
  let recheckedAt = 0
  const keyOf = ({ size, modified }: FileFacts) => `${size}:${modified}`

  const isDone = (facts: FileFacts): boolean => {
    if (done.get(facts.name) === keyOf(facts)) return true
    if (!store.captures.has(id, facts.name, facts.size, facts.modified)) return false
    done.set(facts.name, keyOf(facts))
    return true
  }

  const look = async (): Promise<readonly FileFacts[]> => {
    const names = (await readdir(folder)).filter(isCandidate)
    for (const name of done.keys()) if (!names.includes(name)) done.delete(name)
    const facts: FileFacts[] = []
    const recheck = clock.now() - recheckedAt >= RECHECK_MS
    if (recheck) recheckedAt = clock.now()
    for (const name of names) {
      if (!recheck && done.has(name)) continue
      const found = await stat(join(folder, name)).catch(() => undefined)
      if (found?.isFile() !== true) continue
      const file = { name, size: found.size, modified: Math.round(found.mtimeMs) }
      if (!isDone(file)) facts.push(file)
    }
    const looked = lookAgain(watched, facts, clock.now(), settleMs)
    watched = looked.watched
    return looked.complete
  }

  const take = async (facts: FileFacts) => {
    const { name, size, modified } = facts
    const path = join(folder, name)
    const bytes = await readFile(path)
    // Still being written after all: looked at again later.
    if (bytes.length !== size) return
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const mark = { source: id, name, size, modified, sha256 }
    if (!store.captures.hasContent(id, name, sha256)) {
      const stored = store.images.put(bytes)
      const line = await (await inspector()).inspect(store.images.path(stored), name)
      const body: InspectionEvent = {
        id: `${station}:${sha256}:${name}`,
        station,
        t: modified,
        sha256,
        bytes: size,
        mediaType: MEDIA_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream',
        line: { ...line, image: name },
      }
      // An item with the same image may have been confirmed meanwhile, and have given it up.
      store.images.put(bytes)
      await store.outbox.append({ kind: 'inspection', body }, mark)
    }
    done.set(name, keyOf(facts))
    if (config.after === 'delete') await rm(path, { force: true })
    else if (config.after === 'move') {
      await mkdir(join(folder, DONE_FOLDER), { recursive: true })
      await rename(path, join(folder, DONE_FOLDER, name))
    }
  }

  const run = async (events: SourceEvents) => {
    const { signal } = stopping
    let online: boolean | undefined
    while (!signal.aborted) {
      let busy = false
      try {
        const complete = await look()
        if (online !== true) events.state({ kind: 'online' })
        online = true
        for (const facts of complete) {
          if (signal.aborted) return
          busy = true
          await take(facts).catch(async (error: unknown) => {
            const place = join(folder, facts.name)
            onProblem(
              error instanceof ProblemError
                ? { ...error.problem, place }
                : { code: 'MW-1026', place, values: { detail: messageOf(error) } },
            )
            await clock.sleep(AGAIN_MS, signal)
          })
        }
      } catch (error) {
        // A share that is away comes back.
        if (online !== false) events.state({ kind: 'offline', detail: messageOf(error) })
        online = false
      }
      const waiting = watched.size > 0 ? settleMs : (config.pollMs ?? 1000)
      if (!busy) await clock.sleep(Math.min(waiting, config.pollMs ?? 1000), signal)
    }
  }

  return {
    id,
    kind: 'camera',
    start(events) {
      running = run(events)
    },
    async stop() {
      stopping.abort()
      // An inspection under way is not waited for: its file is not marked, and is taken at the next start.
      await Promise.race([running, clock.sleep(STOP_MS)])
    },
  }
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.bmp': 'image/bmp',
  '.webp': 'image/webp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
