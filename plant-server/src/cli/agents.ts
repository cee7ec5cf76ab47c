/**
 * `mw-plant agents add NAME [--minutes N]`: prints a code that the agent exchanges once (`mw-edge enrol CONFIG --code CODE`).
 * `mw-plant agents list [--json]`, `mw-plant agents revoke NAME [--reason R]`.
 */
import { type AgentEnrolment, type CommandIo, parseArguments, UsageError } from '@millwright/contract'
import { type Client, connect, reportProblems } from './client.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options, flags } = parseArguments(argv, {
    options: ['data', 'url', 'minutes', 'reason'],
    flags: ['json'],
  })
  const [action, agent, ...rest] = positionals
  if (rest.length > 0) throw new UsageError(`what is "${rest[0]}"?`)
  const named = (): string => {
    if (agent === undefined) throw new UsageError(`${action} which agent?`)
    return agent
  }
  const client = () => connect({ data: options.data, url: options.url })
  const reason = options.reason ?? ''
  switch (action) {
    case 'add': {
      const minutes = options.minutes === undefined ? undefined : Number(options.minutes)
      if (minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 10_080))
        throw new UsageError('--minutes is 1..10080')
      const name = named()
      return reportProblems(io, () => add(client(), name, minutes, reason, flags.has('json'), io))
    }
    case 'list':
      if (agent !== undefined) throw new UsageError(`what is "${agent}"?`)
      return reportProblems(io, () => list(client(), flags.has('json'), io))
    case 'revoke': {
      const name = named()
      return reportProblems(io, async () => {
        const { enrolment } = await client().call('revokeAgent', { params: { id: name }, body: { reason } })
        io.out(`${flags.has('json') ? JSON.stringify({ agent: name, enrolment }) : `${name}\t${enrolment}`}\n`)
        return 0
      })
    }
    default:
      throw new UsageError('agents add NAME | list | revoke NAME')
  }
}

async function add(
  client: Client,
  agent: string,
  minutes: number | undefined,
  reason: string,
  json: boolean,
  io: CommandIo,
): Promise<number> {
  const code = await client.call('addAgent', {
    body: { agent, reason, ...(minutes === undefined ? {} : { minutes }) },
  })
  io.out(`${json ? JSON.stringify(code) : code.code}\n`)
  // For people; what is on stdout is the code alone.
  io.err(`good once, until ${new Date(code.expiresAt).toISOString()}: npx mw-edge enrol CONFIG --code ${code.code}\n`)
  return 0
}

async function list(client: Client, json: boolean, io: CommandIo): Promise<number> {
  const agents = await client.call('listEnrolments', {})
  if (json) io.out(`${JSON.stringify(agents)}\n`)
  else for (const each of agents) io.out(`${line(each)}\n`)
  return 0
}

const line = ({ agent, enrolment, since, expiresAt }: AgentEnrolment): string =>
  [
    agent,
    enrolment,
    since === 0 ? '' : new Date(since).toISOString(),
    expiresAt === undefined ? '' : `code until ${new Date(expiresAt).toISOString()}`,
  ].join('\t')
