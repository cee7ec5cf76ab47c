import type { Audit } from '../../ports.ts'
import type { Enrolments } from '../../security/enrolment.ts'
import type { Agents } from '../../tags/agents.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createAgentHandlers = ({
  agents,
  enrolments,
  audit,
}: {
  agents: Agents
  enrolments: Enrolments
  audit: Audit
}): SomeHandlers<'listAgents' | 'listEnrolments' | 'addAgent' | 'enrolAgent' | 'revokeAgent'> => ({
  listAgents: async () => agents.all(),
  listEnrolments: async () => enrolments.list(),
  async addAgent({ body: { agent, minutes, reason } }, caller) {
    const before = enrolments.of(agent)
    const code = await enrolments.add(agent, minutes)
    // The code itself stays out of the record.
    const after = { code: 'drawn', expiresAt: code.expiresAt }
    await audit.record({ action: 'agent.add', subject: agent, before, after, reason }, caller)
    return code
  },
  async enrolAgent({ body: { agent, code } }) {
    const before = enrolments.of(agent)
    const credentials = await enrolments.exchange(agent, code)
    await audit.record(
      { action: 'agent.enrol', subject: agent, before, after: 'enrolled', reason: '' },
      { name: agent, role: 'agent' },
    )
    return credentials
  },
  async revokeAgent({ params: { id }, body: { reason } }, caller) {
    const before = enrolments.of(id)
    const after = await enrolments.revoke(id)
    await audit.record({ action: 'agent.revoke', subject: id, before, after: after.enrolment, reason }, caller)
    return after
  },
})
