/** One process of the suite that is killed and started again; with a disk that forgets, where it has one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { cutPower, type Lost } from './shim/power-cut.ts'

export interface Disk {
  /** Folder that the part writes to. */
  readonly root: string
  /** Where the shim keeps its journal: on the same file system. */
  readonly journal: string
  readonly library: string
  /** Syncs are swallowed: a part that does not sync. */
  readonly lies?: boolean
}

export interface PartOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly log: string
  readonly disk?: Disk
  /** Ready at once, where the part says no ready line. */
  readonly silent?: boolean
  readonly random: () => number
}

export interface Part {
  readonly name: string
  readonly kills: number
  readonly lost: Lost
  /** Ready since its last start. */
  ready(): boolean
  start(): void
  /** kill -9, the power cut of its disk, a pause, and a new start. */
  kill(): Promise<void>
  /** While true nothing on its disk may grow. */
  full(now: boolean): void
  stop(): Promise<void>
}

const LONGEST_PAUSE_MS = 700

export function createPart(options: PartOptions): Part {
  const { disk, random } = options
  mkdirSync(dirname(options.log), { recursive: true })
  const log = createWriteStream(options.log, { flags: 'a' })
  const fullFile = disk === undefined ? '' : join(dirname(disk.journal), `${options.name}.full`)
  if (disk !== undefined) for (const folder of [disk.root, disk.journal]) mkdirSync(folder, { recursive: true })
  let child: ChildProcess | undefined
  let ready = false
  let stopping = false
  let killing: Promise<void> | undefined
  let kills = 0
  let lost: Lost = { writes: 0, pages: 0, names: 0 }

  const shim = (): Record<string, string> =>
    disk === undefined
      ? {}
      : {
          LD_PRELOAD: disk.library,
          MW_SHIM_ROOT: disk.root,
          MW_SHIM_JOURNAL: disk.journal,
          MW_SHIM_FULL: fullFile,
          ...(disk.lies ? { MW_SHIM_LIE: '1' } : {}),
        }

  const start = () => {
    ready = options.silent === true
    const started = spawn(options.command, options.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, MILLWRIGHT_LOG: 'warn', ...shim() },
    })
    child = started
    started.stderr.pipe(log, { end: false })
    createInterface({ input: started.stdout }).on('line', line => {
      log.write(`${line}\n`)
      if (!line.includes('"ready":true')) return
      ready = true
      log.write(`ready at ${new Date().toISOString()}\n`)
    })
    started.on('exit', (status, signal) => {
      if (child !== started) return
      ready = false
      child = undefined
      log.write(`ended with ${signal ?? status}\n`)
      // Ended by itself, which a supervisor would answer so.
      if (!stopping && killing === undefined) void pause(500).then(() => !stopping && child === undefined && start())
    })
  }

  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const running = child
    if (running === undefined || running.exitCode !== null) return
    const gone = new Promise(done => running.once('exit', done))
    running.kill(signal)
    const timer = signal === 'SIGTERM' ? setTimeout(() => running.kill('SIGKILL'), 10_000) : undefined
    await gone
    clearTimeout(timer)
    child = undefined
  }

  const killOnce = async () => {
    kills += 1
    await end('SIGKILL')
    log.write(`killed at ${new Date().toISOString()}\n`)
    if (disk !== undefined) {
      const now = cutPower({ ...disk, loses: random() < 0.5 ? 'all' : 'some', random })
      lost = { writes: lost.writes + now.writes, pages: lost.pages + now.pages, names: lost.names + now.names }
    }
    await pause(random() * LONGEST_PAUSE_MS)
    if (!stopping) start()
  }

  return {
    name: options.name,
    get kills() {
      return kills
    },
    get lost() {
      return lost
    },
    ready: () => ready,
    start,
    kill() {
      killing ??= killOnce().finally(() => {
        killing = undefined
      })
      return killing
    },
    full(now) {
      if (now) writeFileSync(fullFile, '')
      else rmSync(fullFile, { force: true })
    },
    async stop() {
      stopping = true
      await killing
      await end('SIGTERM')
      log.end()
    },
  }
}
