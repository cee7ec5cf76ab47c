/**
 * A camera that drops image files into a folder. Each whole file is inspected once, in order of time; one that a station
 * waits for goes before those that lie there. A stop anywhere in between repeats the file from the start.
 */
import { type FSWatcher, watch } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, type Problem, ProblemError } from '@millwright/contract'
import type { CameraConfig } from '../../config/sources/camera.ts'
import type { SourceEvents } from '../source.ts'
import type { Camera } from './camera.ts'
import type { Desk } from './capture-desk.ts'
import { byTime, type FileFacts, isCandidate, lookAgain, mayTake, type Watched } from './complete-files.ts'
import { completeness, ENDS_BYTES, type FileEnds } from './image-complete.ts'

export interface FolderCameraDeps {
  readonly config: CameraConfig & { readonly folder: string }
  readonly desk: Desk
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
/** Hints come by the hundred while a file grows: looks lie so far apart. */
const LEAST_MS = 10
/** Files asked about at once: a slow share answers one in milliseconds, and many as fast. */
const AT_ONCE = 32

export function createFolderCamera({ config, desk, clock, onProblem }: FolderCameraDeps): Camera {
  const { folder, id } = config
  const { settleMs = 300, pollMs = 1000, incompleteMs = 60_000 } = config
  let waking = new AbortController()
  let stopping = false
  let running: Promise<void> = Promise.resolve()
  let watched: Map<string, Watched> | undefined
  /** Settled and not yet taken, in order. */
  let ready: Watched[] = []
  // Files done in this run and still there; the record on the disk knows the others.
  const done = new Map<string, string>()
  let recheckedAt = 0
  let lookedAt = 0
  const keyOf = ({ size, modified }: FileFacts) => `${size}:${modified}`

  const isDone = (facts: FileFacts): boolean => {
    if (done.get(facts.name) === keyOf(facts)) return true
    if (!desk.isDone(facts.name, facts.size, facts.modified)) return false
    done.set(facts.name, keyOf(facts))
    return true
  }

  const factsOf = async (name: string): Promise<FileFacts | undefined> => {
    const found = await stat(join(folder, name)).catch(() => undefined)
    return found?.isFile() === true ? { name, size: found.size, modified: Math.round(found.mtimeMs) } : undefined
  }

  const putAway = async (name: string) => {
    if (config.after === 'delete') await rm(join(folder, name), { force: true })
    else if (config.after === 'move') {
      await mkdir(join(folder, DONE_FOLDER), { recursive: true })
      await rename(join(folder, name), join(folder, DONE_FOLDER, name))
    }
  }

  const look = async () => {
    lookedAt = clock.now()
    const names = new Set((await readdir(folder)).filter(isCandidate))
    for (const name of done.keys()) if (!names.has(name)) done.delete(name)
    const recheck = clock.now() - recheckedAt >= RECHECK_MS
    if (recheck) recheckedAt = clock.now()
    const queued = new Set(ready.map(({ facts }) => facts.name))
    const asked = [...names].filter(name => !queued.has(name) && (recheck || !done.has(name)))
    const facts: FileFacts[] = []
    for (let at = 0; at < asked.length; at += AT_ONCE)
      for (const found of await Promise.all(asked.slice(at, at + AT_ONCE).map(factsOf)))
        if (found !== undefined) {
          if (!isDone(found)) facts.push(found)
          // A stop came between the record and this: not taken again, but put away.
          else if (config.after !== 'keep') await putAway(found.name)
        }
    const looked = lookAgain(watched, facts, clock.now(), settleMs)
    watched = looked.watched
    if (looked.settled.length > 0) ready = [...ready, ...looked.settled].sort(byTime)
  }

  /** Takes one file; false where it is not yet whole, or has changed since. */
  const take = async (entry: Watched): Promise<boolean> => {
    const { facts, firstSeen } = entry
    const { name, size, modified } = facts
    const path = join(folder, name)
    const now = await factsOf(name)
    if (now === undefined || keyOf(now) !== keyOf(facts)) return false
    if (!mayTake(entry, completeness(await endsOf(path, size)), clock.now(), settleMs, incompleteMs)) return false
    const bytes = await readFile(path)
    if (bytes.length !== size) return false
    await desk.record({ name, bytes, t: modified, arrivedAt: firstSeen })
    done.set(name, keyOf(facts))
    await putAway(name)
    return true
  }

  const takeNext = async (): Promise<void> => {
    const wanted = desk.isAwaited() ? ready.findIndex(each => desk.isWanted(each.facts.name, each.firstSeen)) : 0
    const [entry] = ready.splice(Math.max(0, wanted), 1)
    if (entry === undefined) return
    const { name } = entry.facts
    try {
      // What is not yet whole is looked at again; the others do not wait for it.
      if (await take(entry)) watched?.delete(name)
    } catch (error) {
      const place = join(folder, name)
      onProblem(
        error instanceof ProblemError
          ? { ...error.problem, place }
          : { code: 'MW-1026', place, values: { detail: messageOf(error) } },
      )
      await pause(AGAIN_MS)
    }
  }

  const pause = async (ms: number) => {
    waking = new AbortController()
    if (!stopping) await clock.sleep(ms, waking.signal)
  }

  const run = async (events: SourceEvents) => {
    let online: boolean | undefined
    let hints: FSWatcher | undefined
    while (!stopping) {
      try {
        if (ready.length === 0 && clock.now() - lookedAt < LEAST_MS) await clock.sleep(LEAST_MS)
        if (ready.length === 0 || clock.now() - lookedAt >= pollMs) await look()
        if (online !== true) events.state({ kind: 'online' })
        online = true
        // A hint saves waiting for the next look; shares give none.
        hints ??= hintsOf(folder, () => waking.abort())
        if (ready.length > 0) await takeNext()
      } catch (error) {
        // A share that is away comes back.
        if (online !== false) events.state({ kind: 'offline', detail: messageOf(error) })
        online = false
        ready = []
        hints?.close()
        hints = undefined
      }
      if (ready.length === 0) await pause((watched?.size ?? 0) > 0 ? Math.min(settleMs, pollMs) : pollMs)
    }
    hints?.close()
  }

  return {
    id,
    kind: 'camera',
    start(events) {
      running = run(events)
    },
    async stop() {
      stopping = true
      waking.abort()
      // An inspection under way is not waited for: its file is not marked, and is taken at the next start.
      await Promise.race([running, clock.sleep(STOP_MS)])
    },
    capture: request => desk.wait(request),
  }
}

async function endsOf(path: string, size: number): Promise<FileEnds> {
  const file = await open(path, 'r')
  try {
    const some = Math.min(ENDS_BYTES, size)
    const [head, tail] = [new Uint8Array(some), new Uint8Array(some)]
    await file.read(head, 0, some, 0)
    await file.read(tail, 0, some, size - some)
    return { head, tail, size }
  } finally {
    await file.close()
  }
}

/** Wakes when the folder changes; where the system cannot say so, the pace of looking is all there is. */
function hintsOf(folder: string, wake: () => void): FSWatcher | undefined {
  try {
    const hints = watch(folder, { persistent: false }, wake)
    hints.on('error', () => hints.close())
    return hints
  } catch {
    return undefined
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
