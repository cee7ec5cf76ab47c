import type { ModelInfo } from '@millwright/contract'
import type { SomeHandlers } from '../handlers.ts'

export const createModelHandlers = (models: () => Promise<ModelInfo[]>): SomeHandlers<'listModels'> => ({
  listModels: models,
})
