import type { Agents } from '../../tags/agents.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createAgentHandlers = (agents: Agents): SomeHandlers<'listAgents'> => ({
  listAgents: async () => agents.all(),
})
