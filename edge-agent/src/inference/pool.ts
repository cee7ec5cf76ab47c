import { Worker } from 'node:worker_threads'
import { type JudgedLine, type Problem, ProblemError, type Recipe } from '@millwright/contract'
import type { FromWorker, Job, WorkerSetup } from './messages.ts'

export interface PoolOptions extends WorkerSetup {
  readonly workers: number
  /** A capture that takes longer ends its worker; default 30 s. */
  readonly timeoutMs?: number
  /** Module of the worker; replaced by tests. */
  readonly module?: URL
}

export interface Pool {
  /** Rejects with ProblemError. Jobs run in order of asking, one a worker. */
  run(job: Omit<Job, 'id' | 'recipe'> & { readonly recipe: Recipe }): Promise<JudgedLine>
  /** Resolves once a worker is ready, with the model's id; rejects where none can start (ProblemError). */
  ready(): Promise<string>
  close(): Promise<void>
}

interface Waiting {
  readonly job: Job & { readonly recipe: Recipe }
  readonly done: (line: JudgedLine) => void
  readonly fail: (error: ProblemError) => void
}

interface Seat {
  readonly worker: Worker
  ready: boolean
  /** What its last job was judged by. */
  recipe: Recipe | undefined
  current: Waiting | undefined
  timer: NodeJS.Timeout | undefined
}

const MODULE = new URL('./worker.ts', import.meta.url)
/**
 * ONNX Runtime 1.30 matches the process's whole command line against a recursive pattern when its first session opens: with some
 * hundred paths on it a thread's usual 4 MB end in a segmentation fault. Only what is used of a stack is taken.
 */
const STACK_MB = 256
/** Starts in a row that may fail before the pool gives up: a missing library does not mend itself. */
const MOST_FAILED_STARTS = 2

/** Threads that inspect. One that crashes or hangs fails its capture with MW-1026 and is replaced. */
export function createPool(options: PoolOptions): Pool {
  const queue: Waiting[] = []
  const seats = new Set<Seat>()
  let failedStarts = 0
  let nextId = 1
  let closed = false
  let broken: Problem | undefined
  const started = Promise.withResolvers<string>()
  started.promise.catch(() => undefined)

  const seat = (): void => {
    if (closed || broken !== undefined) return
    const worker = new Worker(options.module ?? MODULE, {
      workerData: { model: options.model, home: options.home },
      resourceLimits: { stackSizeMb: STACK_MB },
    })
    const own: Seat = { worker, ready: false, recipe: undefined, current: undefined, timer: undefined }
    seats.add(own)
    worker.on('message', (message: FromWorker) => hear(own, message))
    worker.on('error', error => leave(own, error.message))
    worker.on('exit', () => leave(own, 'the worker ended'))
  }

  const hear = (own: Seat, message: FromWorker): void => {
    switch (message.kind) {
      case 'ready':
        own.ready = true
        failedStarts = 0
        started.resolve(message.model)
        break
      case 'broken':
        giveUp(message.problem)
        break
      case 'judged':
        settle(own)?.done(message.line)
        break
      case 'refused':
        settle(own)?.fail(new ProblemError(message.problem))
        break
    }
    deal()
  }

  const settle = (own: Seat): Waiting | undefined => {
    clearTimeout(own.timer)
    const waiting = own.current
    own.current = undefined
    return waiting
  }

  /** A worker is gone: its capture fails, another worker takes the seat. */
  const leave = (own: Seat, detail: string): void => {
    if (!seats.delete(own)) return
    void own.worker.terminate()
    const waiting = settle(own)
    waiting?.fail(failure(detail, waiting.job.name))
    if (!own.ready) failedStarts += 1
    if (failedStarts >= MOST_FAILED_STARTS) giveUp({ code: 'MW-1026', values: { detail } })
    else seat()
    deal()
  }

  const giveUp = (problem: Problem): void => {
    broken = problem
    started.reject(new ProblemError(problem))
    for (const waiting of queue.splice(0)) waiting.fail(new ProblemError(problem))
  }

  const deal = (): void => {
    for (const own of seats) {
      if (!own.ready || own.current !== undefined) continue
      const waiting = queue.shift()
      if (waiting === undefined) return
      own.current = waiting
      const limit = options.timeoutMs ?? 30_000
      own.timer = setTimeout(() => leave(own, `no answer within ${limit / 1000} s`), limit)
      const { recipe, ...rest } = waiting.job
      own.worker.postMessage(recipe === own.recipe ? rest : waiting.job)
      own.recipe = recipe
    }
  }

  for (let i = 0; i < options.workers; i += 1) seat()
  return {
    run(job) {
      if (broken !== undefined) return Promise.reject(new ProblemError(broken))
      if (closed) return Promise.reject(failure('the inspector is closed', job.name))
      const { promise, resolve, reject } = Promise.withResolvers<JudgedLine>()
      queue.push({ job: { ...job, id: nextId++ }, done: resolve, fail: reject })
      deal()
      return promise
    },
    ready: () => started.promise,
    async close() {
      closed = true
      const workers = [...seats].map(own => own.worker)
      for (const own of seats) settle(own)?.fail(failure('the inspector was closed', ''))
      seats.clear()
      for (const waiting of queue.splice(0)) waiting.fail(failure('the inspector was closed', waiting.job.name))
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}

function failure(detail: string, place: string): ProblemError {
  return new ProblemError({ code: 'MW-1026', place, values: { detail } })
}
