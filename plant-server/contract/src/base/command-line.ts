/**
 * The thin command lines: a table of commands, each loaded only when called.
 * Exit status: 0 fine, 1 the input has problems, 2 wrong usage, 3 our fault.
 */
export interface CommandIo {
  /** Machine-readable output: one JSON value or JSON Lines. */
  out(text: string): void
  /** Messages for people. */
  err(text: string): void
}

export interface CliCommand {
  readonly name: string
  readonly usage: string
  /** Loads and runs the command; resolves with the exit status. */
  readonly run: (argv: readonly string[], io: CommandIo) => Promise<number>
}

/** Thrown by a command for arguments it cannot use; ends with the usage line and status 2. */
export class UsageError extends Error {}

/** Runs the command that `argv[0]` names. Never throws. */
export async function dispatch(
  program: string,
  commands: readonly CliCommand[],
  argv: readonly string[],
  io: CommandIo,
): Promise<number> {
  const [name, ...rest] = argv
  const usage = commands.map(command => `  ${program} ${command.usage}\n`).join('')
  if (name === undefined || name === '--help' || name === 'help') {
    io.err(`Usage:\n${usage}`)
    return name === undefined ? 2 : 0
  }
  const command = commands.find(candidate => candidate.name === name)
  if (command === undefined) {
    io.err(`${program}: there is no command "${name}".\nUsage:\n${usage}`)
    return 2
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${program} ${name}: ${error.message}\nUsage: ${program} ${command.usage}\n`)
      return 2
    }
    io.err(`${program} ${name}: MW-0004 unexpected: ${error instanceof Error ? error.message : String(error)}\n`)
    return 3
  }
}

export interface Arguments {
  readonly positionals: readonly string[]
  readonly options: Readonly<Record<string, string>>
  readonly flags: ReadonlySet<string>
}

/** Splits arguments into positionals, `--name value` (or `--name=value`) options and `--flag`s; unknown names are usage errors. */
export function parseArguments(
  argv: readonly string[],
  known: { options?: readonly string[]; flags?: readonly string[] },
): Arguments {
  const positionals: string[] = []
  const options: Record<string, string> = {}
  const flags = new Set<string>()
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i]!
    if (word === '--') {
      positionals.push(...argv.slice(i + 1))
      break
    }
    if (!word.startsWith('--')) {
      positionals.push(word)
      continue
    }
    const equals = word.indexOf('=')
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
    if (known.flags?.includes(name) && equals < 0) {
      flags.add(name)
    } else if (known.options?.includes(name)) {
      if (equals < 0) i += 1
      const value = equals < 0 ? argv[i] : word.slice(equals + 1)
      if (value === undefined) throw new UsageError(`--${name} needs a value`)
      options[name] = value
    } else {
      throw new UsageError(`unknown option --${name}`)
    }
  }
  return { positionals, options, flags }
}
