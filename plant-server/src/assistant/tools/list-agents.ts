import { Type } from 'typebox'
import { say } from '../words/say.ts'
import { signalWords } from '../words/signals.ts'
import { defineTool, everyone } from './tool.ts'

interface AgentsResult {
  total: number
  online: number
  agents: { agent: string; online: boolean; tags: number; pending: number; dropped: number; lastSeen: number }[]
}

/** The edge agents and whether they are connected. */
export const listAgents = defineTool({
  name: 'listAgents',
  description: 'Edge agents: online or not, tags, items waiting to be stored, items dropped.',
  schema: Type.Object({}),
  roles: everyone,
  effect: 'read',
  async run(_args, { plant }) {
    const agents = await plant.agents.agents()
    const result: AgentsResult = {
      total: agents.length,
      online: agents.filter(agent => agent.online).length,
      agents: agents.map(({ agent, online, tags, outboxPending, outboxDropped, lastSeen }) => ({
        agent,
        online,
        tags,
        pending: outboxPending,
        dropped: outboxDropped,
        lastSeen,
      })),
    }
    return { result }
  },
  say(result: AgentsResult, { lang }) {
    if (result.total === 0) return [say(signalWords.noAgents, lang)]
    const rows = result.agents.map(({ agent, online, tags, pending, dropped }) =>
      say(signalWords.agentRow, lang, {
        agent,
        state: online ? signalWords.online : signalWords.offline,
        tags,
        pending,
        dropped,
      }),
    )
    return [say(signalWords.agents, lang, { total: result.total, online: result.online }), ...rows]
  },
})
