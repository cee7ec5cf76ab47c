/** `mw-edge enrol CONFIG --code CODE`: exchanges a one-time code for this agent's own secret, kept with mode 0600. */
import { type CommandIo, parseArguments, UsageError } from '@millwright/contract'
import { loadConfig } from '../config/load.ts'
import { secretFileOf } from '../uplink/credentials.ts'
import { enrol } from '../uplink/enrol.ts'
import { showProblems } from './show-problems.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options } = parseArguments(argv, { options: ['code'] })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw new UsageError('name one file')
  if (options.code === undefined) throw new UsageError('--code CODE, as `mw-plant agents add` printed it')
  const loaded = loadConfig(file, process.env)
  if (!loaded.ok) return showProblems(loaded.fault, io)
  const { agent, server } = loaded.value
  const secretFile = secretFileOf(loaded.value)
  const done = await enrol({ http: server.http, agent: server.user ?? agent, code: options.code, secretFile, fetch })
  if (!done.ok) return showProblems([done.fault], io)
  const { group, hostId } = done.value
  io.out(`${JSON.stringify({ enrolled: done.value.agent, secretFile, group, hostId })}\n`)
  if (group !== loaded.value.group || (server.hostId !== 'none' && hostId !== server.hostId))
    io.err(
      `the plant server is in group ${group} as host ${hostId}; the file says ${loaded.value.group} and ${server.hostId}\n`,
    )
  return 0
}
