import { Worker } from 'node:worker_threads'
import { type Cost, compareCosts, type Plan, type Problem } from '../domain/schedule/model.ts'
import { createSearch } from '../domain/schedule/solve.ts'
import { type SearchReply, type SearchRequest, sharedNow } from './messages.ts'

/** How long after its time a worker may still answer before it is ended. */
const GRACE_MS = 400

export interface SearchOptions {
  readonly milliseconds: number
  readonly seed: number
  readonly from: Plan | null
  readonly bound: number
  readonly maxMoves: number
  onProgress?(cost: Cost): void
}

export interface SearchPool {
  /** The best plan of all workers when the time is over; with equal cost that of the first worker. */
  search(problem: Problem, options: SearchOptions): Promise<Plan>
  close(): Promise<void>
}

interface Seat {
  worker: Worker | null
}

/** Threads that search the same problem from different seeds; started when first needed, and kept. */
export function createSearchPool(size: number): SearchPool {
  const seats: Seat[] = Array.from({ length: size }, () => ({ worker: null }))
  let nextId = 1
  let queue: Promise<unknown> = Promise.resolve()

  function ask(seat: Seat, request: SearchRequest, onReply: (reply: SearchReply) => void): Promise<SearchReply | null> {
    seat.worker ??= new Worker(new URL('./worker.ts', import.meta.url))
    const worker = seat.worker
    worker.ref()
    return new Promise((resolve, reject) => {
      let latest: SearchReply | null = null
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        worker.off('message', onMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
        worker.unref()
        settle()
      }
      const end = () => {
        seat.worker = null
        void worker.terminate()
      }
      const onMessage = (reply: SearchReply) => {
        if (reply.id !== request.id) return
        latest = reply
        onReply(reply)
        if (reply.done) finish(() => resolve(reply))
      }
      const onError = (error: Error) => {
        seat.worker = null
        finish(() => reject(error))
      }
      const onExit = () => {
        seat.worker = null
        finish(() => resolve(latest))
      }
      const timer = setTimeout(
        () => {
          end()
          finish(() => resolve(latest))
        },
        Math.max(0, request.until - sharedNow()) + GRACE_MS,
      )
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      worker.postMessage(request)
    })
  }

  async function searchNow(problem: Problem, options: SearchOptions): Promise<Plan> {
    const id = nextId++
    const until = sharedNow() + options.milliseconds
    let best: Cost | null = null
    const note = ({ cost }: SearchReply) => {
      if (best !== null && compareCosts(cost, best) >= 0) return
      best = cost
      options.onProgress?.(cost)
    }
    const { from, bound, maxMoves } = options
    const replies = await Promise.all(
      seats.map((seat, index) => {
        // Seeds of the workers of two neighbouring seeds must not meet.
        const seed = options.seed * 1009 + index
        return ask(seat, { id, problem, seed, from, bound, until, maxMoves }, note)
      }),
    )
    const plans = replies.filter(reply => reply !== null)
    const chosen = plans.reduce<SearchReply | null>(
      (winner, reply) => (winner === null || compareCosts(reply.cost, winner.cost) < 0 ? reply : winner),
      null,
    )
    // No thread was up in time: a first plan takes milliseconds, and a plan is owed.
    return chosen?.plan ?? createSearch(problem, options.seed, from).plan()
  }

  return {
    search(problem, options) {
      // One search at a time: two would share the cores and neither keep its promise of quality.
      const result = queue.then(() => searchNow(problem, options))
      queue = result.catch(() => undefined)
      return result
    },
    async close() {
      const workers = seats.map(seat => seat.worker).filter(worker => worker !== null)
      for (const seat of seats) seat.worker = null
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}
