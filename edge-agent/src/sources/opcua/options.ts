/** How the agent's file wants a server to be met. */
import type { OpcuaConfig } from '../../config/sources/opcua.ts'
import type { ConnectionOptions, Identity } from './connection.ts'

export function connectionOptions(
  { endpoint, security, trust, user }: OpcuaConfig,
  readPassword: (file: string) => string,
): Pick<ConnectionOptions, 'endpoint' | 'policy' | 'mode' | 'trustAll' | 'user'> {
  const identity = identityOf(user, readPassword)
  return {
    endpoint,
    policy: security?.policy ?? 'None',
    mode: security?.mode ?? 'None',
    // Whoever asks for security asks for a known server, unless the file says otherwise.
    trustAll: trust === 'demo' || (trust === undefined && (security?.policy ?? 'None') === 'None'),
    ...(identity === undefined ? {} : { user: identity }),
  }
}

function identityOf(user: OpcuaConfig['user'], readPassword: (file: string) => string): Identity | undefined {
  if (user?.certificateFile !== undefined && user.privateKeyFile !== undefined)
    return { certificateFile: user.certificateFile, privateKeyFile: user.privateKeyFile }
  if (user?.name === undefined) return undefined
  return { name: user.name, password: user.passwordFile === undefined ? '' : readPassword(user.passwordFile) }
}
