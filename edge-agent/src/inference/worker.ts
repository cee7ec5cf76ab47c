/** Thread that inspects captures: ONNX Runtime lives here, never on the protocol thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { type Problem, ProblemError } from '@millwright/contract'
import { defaultRecipe } from '../vision/default-recipe.ts'
import { inspectImage } from '../vision/inspect.ts'
import { openFeatures } from './features.ts'
import { giveWay } from './give-way.ts'
import type { FromWorker, Job, WorkerSetup } from './messages.ts'
import { openNetwork } from './session.ts'

const port = parentPort
if (port !== null) await serve(port, workerData as WorkerSetup)

async function serve(port: NonNullable<typeof parentPort>, setup: WorkerSetup): Promise<void> {
  const say = (message: FromWorker) => port.postMessage(message)
  giveWay()
  try {
    const network = await openNetwork(setup.model, setup.home)
    const opened = new Map<string, ReturnType<typeof openFeatures>>()
    const features = (name: string) => {
      const known = opened.get(name) ?? openFeatures(name, setup.home)
      opened.set(name, known)
      return known
    }
    const parts = { network, features, clock: () => performance.now() }
    let recipe = defaultRecipe
    port.on('message', (job: Job) => {
      recipe = job.recipe ?? recipe
      inspectImage(parts, job.source, job.name, recipe).then(
        line => say({ kind: 'judged', id: job.id, line }),
        error => say({ kind: 'refused', id: job.id, problem: problemOf(error) }),
      )
    })
    say({ kind: 'ready', model: network.id })
  } catch (error) {
    say({ kind: 'broken', problem: problemOf(error) })
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  return { code: 'MW-1026', values: { detail: error instanceof Error ? error.message : String(error) } }
}
