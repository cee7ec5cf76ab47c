/** `mw-edge browse URL | CONFIG SOURCE [--json]`: the variables of an OPC UA server, as the agent's file would name them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CommandIo, ProblemError, parseArguments, systemClock, UsageError } from '@millwright/contract'
import { loadConfig } from '../config/load.ts'
import type { OpcuaConfig } from '../config/sources/opcua.ts'
import { showProblems } from './show-problems.ts'

interface Target {
  readonly config: OpcuaConfig
  readonly pki: string
  readonly applicationName: string
}

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, flags } = parseArguments(argv, { flags: ['json'] })
  const [first, source, ...rest] = positionals
  if (first === undefined || rest.length > 0) throw new UsageError('name one address, or a file and one of its sources')
  if (source !== undefined) {
    const loaded = loadConfig(first, process.env)
    if (!loaded.ok) return showProblems(loaded.fault, io)
    const config = loaded.value.sources.find(({ id }) => id === source)
    if (config?.kind !== 'opcua') throw new UsageError(`${first} has no OPC UA source "${source}"`)
    const { data, agent } = loaded.value
    // As the agent connects: with its certificate, which the server may have to trust first.
    return show({ config, pki: join(data, 'pki'), applicationName: `Millwright-${agent}` }, flags.has('json'), io)
  }
  if (!/^opc\.tcp:\/\/.+/.test(first)) throw new UsageError('name one address, like opc.tcp://10.0.0.7:4840')
  const pki = mkdtempSync(join(tmpdir(), 'mw-browse-'))
  try {
    const config = { id: 'browse', kind: 'opcua', endpoint: first } as OpcuaConfig
    return await show({ config, pki, applicationName: 'Millwright-browse' }, flags.has('json'), io)
  } finally {
    rmSync(pki, { recursive: true, force: true })
  }
}

async function show({ config, pki, applicationName }: Target, json: boolean, io: CommandIo): Promise<number> {
  const { openConnection } = await import('../sources/opcua/connection.ts')
  const { connectionOptions } = await import('../sources/opcua/options.ts')
  const { browseVariables } = await import('../sources/opcua/browse.ts')
  const readPassword = (file: string) => readFileSync(file, 'utf8').trim()
  try {
    const options = { ...connectionOptions(config, readPassword), pki, applicationName, clock: systemClock }
    const connection = await openConnection(options, () => {}, new AbortController().signal)
    try {
      const variables = await browseVariables(connection.session, connection.namespaces)
      if (json) io.out(`${JSON.stringify(variables)}\n`)
      else
        for (const { path, address, type, value, unit } of variables)
          io.out(`${path.join(' / ')}\t${address}\t${type}\t${JSON.stringify(value)}${unit === '' ? '' : ` ${unit}`}\n`)
      return 0
    } finally {
      await connection.close()
    }
  } catch (error) {
    if (error instanceof ProblemError) return showProblems([error.problem], io) || 1
    const detail = error instanceof Error ? error.message : String(error)
    return showProblems([{ code: 'MW-1001', place: config.endpoint, values: { detail } }], io) || 1
  }
}
