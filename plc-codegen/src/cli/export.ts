import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Exchanged, NamedText } from '../exchange/exchange.ts'
import { ExchangeFault } from '../exchange/exchange.ts'
import { exchangeFormats, exportFiles, importFiles } from '../exchange/exchange-files.ts'
import { fill, type Language, problemTable } from '../problems.ts'
import { fileProblem } from './check.ts'
import { type Io, oneOf, parseArguments, UsageError } from './command-line.ts'
import { readText } from './read-text.ts'

/** `mw-plc export FILE... --to FORMAT [--out FOLDER]`: the files are one project. Exit 1 where one has syntax errors. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, options } = parseArguments(argv, { options: ['to', 'out', 'name', 'dialect', 'lang'] })
  const to = oneOf(options, 'to', exchangeFormats)
  if (positionals.length === 0 || to === undefined) throw new UsageError('needs files and --to')
  const dialect = oneOf(options, 'dialect', ['iec', 'codesys', 'scl'])
  const name = options.name ?? basename(positionals[0]!).replace(/\.\w+$/, '')
  const time = new Date().toISOString().slice(0, 19)
  return exchange(positionals, options, io, files =>
    exportFiles(files, to, { name, time, ...(dialect === undefined ? {} : { dialect }) }),
  )
}

/** `mw-plc import FILE... [--out FOLDER]`: PLCopen XML, TwinCAT objects and SCL as Structured Text. */
export async function runImport(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, options } = parseArguments(argv, { options: ['out', 'lang'] })
  if (positionals.length === 0) throw new UsageError('name at least one file')
  return exchange(positionals, options, io, importFiles)
}

function exchange(
  paths: readonly string[],
  options: Readonly<Record<string, string>>,
  io: Io,
  convert: (files: readonly NamedText[]) => Exchanged,
): number {
  const lang: Language = oneOf(options, 'lang', ['zh', 'en']) ?? 'en'
  const say = ({ code, values }: Exchanged['losses'][number]) => {
    const { message, remedy, severity } = problemTable[code]
    io.err(`${severity} ${code} ${fill(message[lang], values)}\n    ${fill(remedy[lang], values)}\n`)
  }
  const files: NamedText[] = []
  for (const path of paths) {
    try {
      files.push({ name: basename(path), text: readText(path) })
    } catch (error) {
      const { code, message } = fileProblem(path, error, lang)
      io.err(`${path}: ${code} ${message}\n`)
      return 1
    }
  }
  let made: Exchanged
  try {
    made = convert(files)
  } catch (error) {
    if (!(error instanceof ExchangeFault)) throw error
    say(error.loss)
    return 1
  }
  for (const each of made.losses) say(each)
  if (options.out === undefined) {
    for (const each of made.files) io.out(each.text)
    return 0
  }
  mkdirSync(options.out, { recursive: true })
  for (const each of made.files) {
    writeFileSync(join(options.out, each.name), each.text)
    io.out(`${join(options.out, each.name)}\n`)
  }
  return 0
}
