import { format } from '../print/format.ts'
import { fileProblem } from './check.ts'
import { type Io, parseArguments, UsageError } from './command-line.ts'
import { readText } from './read-text.ts'

/** `mw-plc format FILE...`: the texts laid out anew, on standard output. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals } = parseArguments(argv, {})
  if (positionals.length === 0) throw new UsageError('name at least one file')
  let failed = 0
  for (const file of positionals) {
    try {
      io.out(format(readText(file)))
    } catch (error) {
      const { code, message } = fileProblem(file, error, 'en')
      io.err(`${file}: ${code} ${message}\n`)
      failed = 1
    }
  }
  return failed
}
