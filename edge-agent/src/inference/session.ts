import { type Problem, ProblemError } from '@millwright/contract'
import { loadModel } from '@millwright/models'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Network } from '../vision/segment.ts'

/**
 * Opens a shipped segmentation network for this thread. `run` blocks its thread: call it in a worker only.
 * One thread a session and no spinning: the line PC's other cores belong to its protocols.
 * @throws ProblemError MW-1028 (model does not match its card) or MW-1026 (runtime).
 */
export async function openNetwork(name: string, home?: string): Promise<Network> {
  const { path, card, id } = await loadModel(name, home)
  const session = await attempt(() =>
    InferenceSession.create(path, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      // Pictures of one size reuse little; without the arena a worker holds 100 MB less between them.
      enableCpuMemArena: false,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }),
  )
  return {
    id,
    classes: card.classes,
    thresholds: card.classes.map((name, k) => (k === 0 ? 2 : (card.thresholds[name] ?? 0.5))),
    stride: card.output.stride,
    multiple: card.input.multiple_of,
    async run(pixels, width, height) {
      const image = new Tensor('uint8', pixels, [1, height, width, 3])
      const out = (await attempt(() => session.run({ [card.input.name]: image })))[card.output.name]!
      return { values: out.data as Float32Array, rows: out.dims[2]!, columns: out.dims[3]! }
    },
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const fault: Problem = {
      code: 'MW-1026',
      values: { detail: error instanceof Error ? error.message : String(error) },
    }
    throw new ProblemError(fault)
  }
}
