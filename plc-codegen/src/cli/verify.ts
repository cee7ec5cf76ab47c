import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { Language } from '../problems.ts'
import type { PropertySpec } from '../prove/property.ts'
import { verify } from '../prove/verify.ts'
import { fileProblem } from './check.ts'
import { type Io, oneOf, parseArguments, UsageError } from './command-line.ts'
import { readText } from './read-text.ts'
import { refuse, traceProblem } from './run.ts'

/** `mw-plc verify FILE --pou NAME --properties FILE`: exit 0 when all are proved, 1 when not, 1 where it does not compile. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, options } = parseArguments(argv, {
    options: ['pou', 'properties', 'dialect', 'lang', 'limit', 'total'],
    flags: ['json'],
  })
  const [file] = positionals
  const { pou, properties } = options
  if (file === undefined || positionals.length > 1 || pou === undefined || properties === undefined)
    throw new UsageError('needs one file, --pou and --properties')
  const dialect = oneOf(options, 'dialect', ['iec', 'codesys', 'scl'])
  const lang: Language = oneOf(options, 'lang', ['zh', 'en']) ?? 'en'
  const seconds = (name: string): number | undefined => {
    const value = options[name] === undefined ? undefined : Number(options[name])
    if (value !== undefined && !(value > 0)) throw new UsageError(`--${name} is a number of seconds`)
    return value === undefined ? undefined : value * 1000
  }
  const limitMs = seconds('limit')
  const totalMs = seconds('total')
  let text: string
  try {
    text = readText(file)
  } catch (error) {
    return refuse([fileProblem(file, error, lang)], io)
  }
  const specs = readSpecs(properties)
  if (typeof specs === 'string') return refuse([traceProblem(properties, '$', specs, lang)], io)
  const result = verify(text, pou, specs, {
    file,
    lang,
    now: cpuMs,
    wall: () => performance.now(),
    ...(dialect === undefined ? {} : { dialect }),
    ...(limitMs === undefined ? {} : { limitMs }),
    ...(totalMs === undefined ? {} : { totalMs }),
  })
  if (!result.ok)
    return refuse(
      result.diagnostics.filter(each => each.severity === 'error'),
      io,
    )
  io.out(`${JSON.stringify(result.answers)}\n`)
  return result.answers.every(each => each.verdict === 'proved') ? 0 : 1
}

/** Milliseconds of work: on a busy machine a property gets the same chance. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The properties, or what is wrong with the file. A task whole is taken too. */
function readSpecs(path: string): PropertySpec[] | string {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const list = Array.isArray(json)
    ? json
    : ((json as { properties_to_be_validated?: unknown } | null)?.properties_to_be_validated ?? json)
  if (!Array.isArray(list)) return 'is no list of properties'
  const bad = list.findIndex(each => typeof each !== 'object' || each === null || Array.isArray(each))
  return bad < 0 ? (list as PropertySpec[]) : `[${bad}] is no object`
}
