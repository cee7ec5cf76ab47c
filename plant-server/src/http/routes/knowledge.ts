/** Documents of the plant. */
import type { Library } from '../../knowledge/library.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createKnowledgeHandlers = (library: Library): SomeHandlers<'listKnowledge' | 'getKnowledge'> => ({
  listKnowledge: async () => [...library.list()],
  getKnowledge: async ({ params }) => library.get(params.id),
})
