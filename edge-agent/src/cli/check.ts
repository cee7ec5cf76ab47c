/** `mw-edge check CONFIG [--json]`: names every fault of the file with place and remedy. */
import { accessSync, constants } from 'node:fs'
import { type CommandIo, describe, type Problem, parseArguments, UsageError } from '@millwright/contract'
import { loadConfig } from '../config/load.ts'
import type { AgentConfig } from '../config/schema.ts'
import { loopFaults } from '../wiring/control.ts'
import { showProblems } from './show-problems.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, flags } = parseArguments(argv, { flags: ['json'] })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw new UsageError('name one file')
  const loaded = loadConfig(file, process.env)
  const problems = loaded.ok ? [...unreadable(loaded.value), ...(await loopFaults(loaded.value, file))] : loaded.fault
  if (flags.has('json')) {
    const rows = problems.map(problem => ({ code: problem.code, place: problem.place, text: describe(problem) }))
    io.out(`${JSON.stringify({ ok: problems.length === 0, problems: rows })}\n`)
  } else if (problems.length === 0) io.err(`${file} is fine\n`)
  return flags.has('json') ? (problems.length === 0 ? 0 : 1) : showProblems(problems, io)
}

/** Files that the configuration names and that are not there. */
function unreadable({ server, sources }: AgentConfig): Problem[] {
  const files = [
    server.passwordFile,
    ...sources.flatMap(source =>
      source.kind === 'opcua'
        ? [source.user?.passwordFile, source.user?.certificateFile, source.user?.privateKeyFile]
        : [],
    ),
    ...sources.flatMap(source => (source.kind === 'camera' ? [source.recipe, source.push?.tokenFile] : [])),
  ]
  return files
    .filter(file => file !== undefined)
    .flatMap((file): Problem[] => {
      try {
        accessSync(file, constants.R_OK)
        return []
      } catch (error) {
        return [
          { code: 'MW-0102', place: file, values: { detail: (error as { code?: string }).code ?? String(error) } },
        ]
      }
    })
}
