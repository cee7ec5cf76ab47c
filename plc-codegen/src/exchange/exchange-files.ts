/** The one door to other tools' forms: Structured Text out to them, theirs in as Structured Text. Pure. */

import { problemTable } from '../problems.ts'
import { type Dialect, recogniseDialect } from '../syntax/dialect.ts'
import { parse } from '../syntax/parser.ts'
import { type Exchanged, ExchangeFault, type Loss, type NamedText } from './exchange.ts'
import { readPlcopen } from './plcopen/read-project.ts'
import { writePlcopen } from './plcopen/write-project.ts'
import { readScl } from './scl/read.ts'
import { writeScl } from './scl/write.ts'
import { readTwincat } from './twincat/read.ts'
import { writeTwincat } from './twincat/write.ts'

export const exchangeFormats = ['plcopen', 'twincat', 'scl', 'st'] as const
export type ExchangeFormat = (typeof exchangeFormats)[number]

export interface ExportOptions {
  /** Name of the project. */
  readonly name: string
  /** ISO 8601: a library has no clock. */
  readonly time: string
  readonly author?: string
  readonly dialect?: Dialect
}

/** Texts as another tool takes them. Throws `ExchangeFault` where a text has syntax errors. */
export function exportFiles(files: readonly NamedText[], format: ExchangeFormat, options: ExportOptions): Exchanged {
  if (format === 'st') return { files, losses: [] }
  const sources = files.map(({ name, text }) => {
    const parsed = parse(text, options.dialect ?? recogniseDialect(text))
    const wrong = parsed.problems.find(each => problemTable[each.code].severity === 'error')
    if (wrong !== undefined) throw new ExchangeFault('ST905', { file: name, what: wrong.code })
    return { name, text, parsed }
  })
  if (format === 'plcopen') return writePlcopen(sources, options)
  return format === 'twincat' ? writeTwincat(sources) : writeScl(sources)
}

/** Files of other tools, told apart by their names, as Structured Text. */
export function importFiles(files: readonly NamedText[]): Exchanged {
  const found: NamedText[] = []
  const losses: Loss[] = []
  for (const file of files) {
    const { files: made, losses: lost } = importFile(file)
    found.push(...made)
    losses.push(...lost)
  }
  return { files: found, losses }
}

function importFile(file: NamedText): Exchanged {
  if (/\.(?:TcPOU|TcGVL|TcDUT|TcIO)$/i.test(file.name)) return readTwincat(file)
  if (/\.xml$/i.test(file.name)) return readPlcopen(file.name, file.text)
  if (/\.(?:scl|udt|db)$/i.test(file.name) || recogniseDialect(file.text) === 'scl') return readScl(file)
  if (/\.(?:st|txt|iecst|exp)$/i.test(file.name)) return { files: [file], losses: [] }
  throw new ExchangeFault('ST906', { file: file.name })
}
