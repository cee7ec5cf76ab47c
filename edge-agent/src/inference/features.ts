import { ProblemError } from '@millwright/contract'
import { loadFeatureModel } from '@millwright/models'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Features } from '../vision/part/face.ts'

/**
 * Opens the features network of taught parts for this thread. `run` blocks its thread.
 * @throws ProblemError MW-1028 (model does not match its card) or MW-1026 (runtime).
 */
export async function openFeatures(name: string, home?: string, threads = 1): Promise<Features> {
  const { path, card, id } = await loadFeatureModel(name, home)
  const output = card.outputs.at(-1)!
  try {
    const session = await InferenceSession.create(path, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      enableCpuMemArena: false,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    })
    return {
      id,
      stride: output.stride,
      channels: output.channels,
      multiple: card.input.multiple_of,
      async run(pixels, width, height) {
        const image = new Tensor('uint8', pixels, [1, height, width, 3])
        const out = (await session.run({ [card.input.name]: image }))[output.name]!
        return { values: out.data as Float32Array, rows: out.dims[2]!, columns: out.dims[3]! }
      },
    }
  } catch (error) {
    throw new ProblemError({
      code: 'MW-1026',
      values: { detail: error instanceof Error ? error.message : String(error) },
    })
  }
}
