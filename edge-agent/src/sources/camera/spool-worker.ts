/** Takes pictures from the queue on disk to the desk, oldest first; one that a station waits for goes before. */
import { type Clock, type Problem, ProblemError } from '@millwright/contract'
import type { Desk } from './capture-desk.ts'
import type { Spool } from './spool.ts'

export interface SpoolWorkerDeps {
  readonly spool: Spool
  readonly desk: Desk
  readonly clock: Clock
  readonly onProblem: (problem: Problem) => void
}

export interface SpoolWorker {
  start(): void
  /** There is something new. */
  wake(): void
  /** The picture in hand is not waited for long: it stays in the queue. */
  stop(): Promise<void>
}

/** After a fault of ours (inspector broken, disk full) a picture waits so long. */
const AGAIN_MS = 5000
const STOP_MS = 1000

export function createSpoolWorker({ spool, desk, clock, onProblem }: SpoolWorkerDeps): SpoolWorker {
  let waking = new AbortController()
  let stopping = false
  let running: Promise<void> = Promise.resolve()

  const next = () => spool.waiting().find(({ name, arrivedAt }) => desk.isWanted(name, arrivedAt)) ?? spool.waiting()[0]

  const pause = async (ms: number) => {
    waking = new AbortController()
    if (!stopping) await clock.sleep(ms, waking.signal)
  }

  const run = async () => {
    while (!stopping) {
      const entry = next()
      if (entry === undefined) {
        await pause(60_000)
        continue
      }
      const { name, t, arrivedAt, bytes } = entry
      try {
        // A power cut between the record and the removal leaves a picture that is done.
        if (!desk.isDone(name, bytes, t)) await desk.record({ name, t, arrivedAt, bytes: await spool.read(entry) })
        await spool.done(entry)
      } catch (error) {
        onProblem(
          error instanceof ProblemError
            ? { ...error.problem, place: name }
            : { code: 'MW-1026', place: name, values: { detail: String(error) } },
        )
        await pause(AGAIN_MS)
      }
    }
  }

  return {
    start() {
      running = run()
    },
    wake: () => waking.abort(),
    async stop() {
      stopping = true
      waking.abort()
      await Promise.race([running, clock.sleep(STOP_MS)])
    },
  }
}
