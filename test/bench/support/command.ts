/** The suite's command lines as people run them, through the door that `npx` uses, with the wall time each took. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../journeys/support/plant.ts'
import { type BenchOptions, failure } from '../row.ts'

const DOOR = {
  'mw-plant': 'plant-server/bin/mw-plant.mjs',
  'mw-edge': 'edge-agent/bin/mw-edge.mjs',
} as const

export interface Finished {
  readonly status: number | null
  readonly out: string
  readonly err: string
  /** From before the process was there until it was gone, ms. */
  readonly wallMs: number
}

export async function timedCommand(
  program: keyof typeof DOOR,
  args: readonly string[],
  { defer, limitMs }: Pick<BenchOptions, 'defer'> & { limitMs: number },
): Promise<Finished> {
  const begin = performance.now()
  const child = spawn(process.execPath, [join(root, DOOR[program]), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  defer(() => endProcess(child))
  const [out, err] = [gather(child.stdout), gather(child.stderr)]
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearTimeout(timer)
  const finished = { status, out: out(), err: err(), wallMs: performance.now() - begin }
  if (child.signalCode === 'SIGKILL')
    throw failure(`${program} ${args[0]} did not end within ${limitMs / 1000} s. ${finished.err}`)
  return finished
}

function gather(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (part: string) => {
    text += part
  })
  return () => text
}

const MOST_STOP_MS = 12_000

/** Asks a process to end, and ends it where it does not. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), MOST_STOP_MS)
  await gone
  clearTimeout(timer)
}
