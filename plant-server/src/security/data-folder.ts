/** One server per data folder; and how the command line finds it. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '@millwright/contract'

export interface Running {
  readonly url: string
  readonly pid: number
  /** Of the local administrator. */
  readonly token: string
}

export interface DataFolder {
  /** Where the server keeps its files. */
  readonly server: string
  announce(running: Running): void
  release(): void
}

const lockOf = (data: string) => join(data, 'server', 'lock')
const runningOf = (data: string) => join(data, 'server', 'running.json')

/** Takes the folder, or refuses with MW-0105. The lock of a process that is gone is taken over. */
export function claimDataFolder(data: string, pid: number): DataFolder {
  const server = join(data, 'server')
  mkdirSync(server, { recursive: true, mode: 0o700 })
  const lock = lockOf(data)
  for (let attempt = 0; ; attempt += 1) {
    try {
      const file = openSync(lock, 'wx', 0o600)
      writeFileSync(file, `${pid} ${startOf(pid)}\n`)
      closeSync(file)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new ProblemError({ code: 'MW-0102', place: lock, values: { detail: (error as Error).message } })
      const owner = ownerOf(lock)
      if (owner !== undefined || attempt > 3)
        throw new ProblemError({ code: 'MW-0105', place: data, values: { pid: owner ?? 0 } })
      rmSync(lock, { force: true })
    }
  }
  return {
    server,
    announce(running) {
      rmSync(runningOf(data), { force: true })
      writeFileSync(runningOf(data), `${JSON.stringify(running)}\n`, { mode: 0o600 })
    },
    release() {
      rmSync(runningOf(data), { force: true })
      rmSync(lock, { force: true })
    },
  }
}

/** The server that runs on this folder, undefined where none does. */
export function findRunning(data: string): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(runningOf(data), 'utf8')) as Running
    return isAlive(running.pid) ? running : undefined
  } catch {
    return undefined
  }
}

/** The living process that holds the lock. */
function ownerOf(lock: string): number | undefined {
  try {
    const [pid, started] = readFileSync(lock, 'utf8').trim().split(' ')
    return isAlive(Number(pid)) && startOf(Number(pid)) === started ? Number(pid) : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, in the kernel's ticks: a number used again after a reboot is not the same process. Linux only. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-'
  } catch {
    return '-'
  }
}
