import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { Diagnostic } from '../check/diagnostics.ts'
import { fill, type Language, problemTable } from '../problems.ts'
import { runTrace, type Trace, traceFaults } from '../run/trace.ts'
import { fileProblem } from './check.ts'
import { type Io, oneOf, parseArguments, UsageError } from './command-line.ts'
import { readText } from './read-text.ts'

/** `mw-plc run FILE --pou NAME --trace FILE`: exit 0 also with traps, 1 where the file does not compile. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, options } = parseArguments(argv, {
    options: ['pou', 'trace', 'dialect', 'lang'],
    flags: ['json'],
  })
  const [file] = positionals
  const { pou } = options
  if (file === undefined || positionals.length > 1 || pou === undefined || options.trace === undefined)
    throw new UsageError('needs one file, --pou and --trace')
  const dialect = oneOf(options, 'dialect', ['iec', 'codesys', 'scl'])
  const lang: Language = oneOf(options, 'lang', ['zh', 'en']) ?? 'en'
  let text: string
  let trace: Trace
  try {
    text = readText(file)
  } catch (error) {
    return refuse([fileProblem(file, error, lang)], io)
  }
  try {
    trace = JSON.parse(readFileSync(options.trace, 'utf8')) as Trace
  } catch (error) {
    return refuse([traceProblem(options.trace, '$', error instanceof Error ? error.message : String(error), lang)], io)
  }
  const faults = traceFaults(trace)
  if (faults.length > 0)
    return refuse(
      faults.map(each => traceProblem(options.trace!, each.place, each.what, lang)),
      io,
    )
  const began = performance.now()
  const result = runTrace(text, pou, trace, { file, lang, ...(dialect === undefined ? {} : { dialect }) })
  if (!result.ok)
    return refuse(
      result.diagnostics.filter(each => each.severity === 'error'),
      io,
    )
  const { ok: _, ...answer } = result
  io.out(`${JSON.stringify({ ...answer, ms: Math.round((performance.now() - began) * 1000) / 1000 })}\n`)
  return 0
}

export function refuse(diagnostics: readonly Diagnostic[], io: Io): number {
  for (const d of diagnostics)
    io.err(`${d.file}:${d.line}:${d.column}: ${d.severity} ${d.code} ${d.message}; ${d.remedy}\n`)
  return 1
}

export function traceProblem(file: string, place: string, what: string, lang: Language): Diagnostic {
  const row = problemTable.ST707
  return {
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    code: 'ST707',
    severity: row.severity,
    message: fill(row.message[lang], { place, what }),
    remedy: row.remedy[lang],
  }
}
