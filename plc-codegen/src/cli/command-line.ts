/**
 * The commands of `mw-plc`, each loaded only when called. Exit status: 0 fine, 1 the input has problems, 2 wrong usage,
 * 3 our fault. (The library imports nothing of the suite, so it carries its own few lines of this.)
 */
export interface Io {
  /** Machine-readable output. */
  out(text: string): void
  /** Messages for people. */
  err(text: string): void
}

export type Run = (argv: readonly string[], io: Io) => Promise<number>

export interface Command {
  readonly name: string
  readonly usage: string
  readonly load: () => Promise<Run>
}

/** Thrown for arguments that make no sense: ends with the usage line and status 2. */
export class UsageError extends Error {}

export async function dispatch(
  program: string,
  commands: readonly Command[],
  argv: readonly string[],
  io: Io,
): Promise<number> {
  const [name, ...rest] = argv
  const usage = commands.map(command => `  ${program} ${command.usage}\n`).join('')
  if (name === undefined || name === '--help' || name === 'help') {
    io.err(`Usage:\n${usage}`)
    return name === undefined ? 2 : 0
  }
  const command = commands.find(each => each.name === name)
  if (command === undefined) {
    io.err(`${program}: there is no command "${name}".\nUsage:\n${usage}`)
    return 2
  }
  try {
    const run = await command.load()
    return await run(rest, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${program} ${name}: ${error.message}\nUsage: ${program} ${command.usage}\n`)
      return 2
    }
    io.err(`${program} ${name}: ST000 unexpected: ${error instanceof Error ? error.message : String(error)}\n`)
    return 3
  }
}

export interface Arguments {
  readonly positionals: readonly string[]
  readonly options: Readonly<Record<string, string>>
  readonly flags: ReadonlySet<string>
}

export function parseArguments(
  argv: readonly string[],
  known: { options?: readonly string[]; flags?: readonly string[] },
): Arguments {
  const positionals: string[] = []
  const options: Record<string, string> = {}
  const flags = new Set<string>()
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i]!
    if (!word.startsWith('--') || word === '--') {
      if (word !== '--') positionals.push(word)
      continue
    }
    const [name, inline] = word.slice(2).split(/=(.*)/s, 2)
    if (known.flags?.includes(name!) && inline === undefined) {
      flags.add(name!)
    } else if (known.options?.includes(name!)) {
      if (inline === undefined) i += 1
      const value = inline ?? argv[i]
      if (value === undefined) throw new UsageError(`--${name} needs a value`)
      options[name!] = value
    } else {
      throw new UsageError(`unknown option --${name}`)
    }
  }
  return { positionals, options, flags }
}

/** One of a few words, or a usage error. */
export function oneOf<T extends string>(
  options: Readonly<Record<string, string>>,
  name: string,
  words: readonly T[],
): T | undefined {
  const given = options[name]
  if (given === undefined) return undefined
  const found = words.find(each => each === given)
  if (found === undefined) throw new UsageError(`--${name} is one of ${words.join(', ')}`)
  return found
}
