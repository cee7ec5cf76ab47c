/** `mw-edge browse URL [--json]`: the variables of an OPC UA server, as the agent's file would name them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CommandIo, parseArguments, systemClock, UsageError } from '@millwright/contract'
import { showProblems } from './show-problems.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, flags } = parseArguments(argv, { flags: ['json'] })
  const [url, ...rest] = positionals
  if (url === undefined || rest.length > 0 || !/^opc\.tcp:\/\/.+/.test(url))
    throw new UsageError('name one address, like opc.tcp://10.0.0.7:4840')
  const { openConnection } = await import('../sources/opcua/connection.ts')
  const { browseVariables } = await import('../sources/opcua/browse.ts')
  const pki = mkdtempSync(join(tmpdir(), 'mw-browse-'))
  try {
    const connection = await openConnection(
      {
        endpoint: url,
        policy: 'None',
        mode: 'None',
        trustAll: true,
        pki,
        applicationName: 'Millwright-browse',
        clock: systemClock,
      },
      () => {},
      new AbortController().signal,
    )
    const variables = await browseVariables(connection.session, connection.namespaces)
    await connection.close()
    if (flags.has('json')) io.out(`${JSON.stringify(variables)}\n`)
    else
      for (const { path, address, type, value, unit } of variables)
        io.out(`${path.join(' / ')}\t${address}\t${type}\t${JSON.stringify(value)}${unit === '' ? '' : ` ${unit}`}\n`)
    return 0
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return showProblems([{ code: 'MW-1001', place: url, values: { detail } }], io) || 1
  } finally {
    rmSync(pki, { recursive: true, force: true })
  }
}
