/** The OPC UA server of a running plant server. */
import { join } from 'node:path'
import { isLoopback } from '../http/plugins/auth.ts'
import type { Parts } from '../parts.ts'
import { type OpcuaServerDeps, type PlantOpcuaServer, startOpcuaServer } from './opcua-server.ts'

/** @param folder the server's own: certificates go below it */
export function startFromParts(
  parts: Parts,
  config: OpcuaServerDeps['config'],
  folder: string,
  log: OpcuaServerDeps['log'],
): Promise<PlantOpcuaServer> {
  const { sessions } = parts
  return startOpcuaServer({
    config,
    pki: join(folder, 'opcua', 'pki'),
    version: parts.version,
    tags: parts.tags,
    live: parts.live,
    hub: parts.hub,
    equipment: () => parts.planning.orders.equipment(),
    inspections: parts.inspections,
    async verify(name, password) {
      const { user, token } = await sessions.signIn(name, password)
      await sessions.signOut(token)
      // Passwords of the demo are printed on start: for this machine alone.
      return user.demo && !isLoopback(config.host) ? undefined : user
    },
    clock: parts.clock,
    log,
  })
}
