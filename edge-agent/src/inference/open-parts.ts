import { availableParallelism } from 'node:os'
import type { InspectParts } from '../vision/inspect.ts'
import { openFeatures } from './features.ts'
import { openNetwork } from './session.ts'

/** What inspection needs, in this thread: nobody waits on it here. */
export async function openParts(model: string): Promise<InspectParts> {
  const threads = Math.min(2, availableParallelism())
  const network = await openNetwork(model)
  let features: ReturnType<typeof openFeatures> | undefined
  return {
    network,
    clock: () => performance.now(),
    features: (name: string) => {
      features ??= openFeatures(name, undefined, threads)
      return features
    },
  }
}
