/** One thread that searches. Loads nothing but the domain, so that it is up in some ten milliseconds. */
import { parentPort } from 'node:worker_threads'
import { isClassicShop } from '../domain/schedule/model.ts'
import { createSearch } from '../domain/schedule/solve.ts'
import { type SearchReply, type SearchRequest, sharedNow } from './messages.ts'

const REPLY_EVERY_MS = 50
const SLICE_MS = 5

if (parentPort === null) throw new Error('worker.ts runs in a worker thread')
const port = parentPort
port.on('message', (request: SearchRequest) => search(request))

function search({ id, problem, seed, from, bound, until, maxMoves }: SearchRequest): void {
  const state = createSearch(problem, seed, from)
  const classic = isClassicShop(problem)
  const reply = (done: boolean) => {
    port.postMessage({ id, plan: state.plan(), cost: state.cost(), done } satisfies SearchReply)
  }
  const isOptimal = () => {
    const { makespan, weightedTardiness } = state.cost()
    return classic && makespan <= bound ? true : !classic && weightedTardiness + makespan <= bound
  }
  let slice = 16
  let left = maxMoves
  let now = sharedNow()
  let replied = now
  let better = true
  while (left > 0 && now < until && !isOptimal()) {
    if (better && now - replied >= REPLY_EVERY_MS) {
      reply(false)
      replied = now
      better = false
    }
    if (state.step(Math.min(slice, left))) better = true
    left -= slice
    const after = sharedNow()
    if (after - now < SLICE_MS / 2) slice *= 2
    else if (after - now > SLICE_MS * 2 && slice > 1) slice = Math.ceil(slice / 2)
    now = after
  }
  reply(true)
}
