/** Who the agent is towards broker and plant server: from the file that is named, or from where enrolment has put it. */
import { join } from 'node:path'
import type { AgentConfig } from '../config/schema.ts'

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** File of the agent's secret; 0600. */
export const secretFileOf = ({ data, server }: Pick<AgentConfig, 'data' | 'server'>): string =>
  server.passwordFile ?? join(data, 'agent.secret')

/** Undefined where no file is named and the agent is not enrolled: it connects without a name. */
export function credentialsOf(
  config: Pick<AgentConfig, 'agent' | 'data' | 'server'>,
  readText: (file: string) => string,
): Credentials | undefined {
  const user = config.server.user ?? config.agent
  try {
    return { user, password: readText(secretFileOf(config)) }
  } catch (error) {
    if (config.server.passwordFile !== undefined) throw error
    return undefined
  }
}
