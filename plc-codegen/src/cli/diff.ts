import { compareBehaviour } from '../compare/behaviour.ts'
import { compareTexts, type ItemChange } from '../compare/compare.ts'
import type { Language } from '../problems.ts'
import { fileProblem } from './check.ts'
import { type Io, oneOf, parseArguments, UsageError } from './command-line.ts'
import { readText } from './read-text.ts'

/**
 * `mw-plc diff OLD NEW [--pou NAME] [--json]`: what changed in meaning; with `--pou` also whether that unit behaves the same. Exit 0
 * where nothing changed (or the same behaviour is proved), else 1.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, options, flags } = parseArguments(argv, { options: ['pou', 'limit', 'lang'], flags: ['json'] })
  const [before, after] = positionals
  if (before === undefined || after === undefined || positionals.length > 2) throw new UsageError('needs two files')
  const lang: Language = oneOf(options, 'lang', ['zh', 'en']) ?? 'en'
  const limitMs = Number(options.limit ?? 10) * 1000
  if (!(limitMs > 0)) throw new UsageError('--limit is a number of seconds')
  const texts: string[] = []
  for (const file of [before, after]) {
    try {
      texts.push(readText(file))
    } catch (error) {
      const { code, message } = fileProblem(file, error, lang)
      io.err(`${file}: ${code} ${message}\n`)
      return 1
    }
  }
  const changes = compareTexts(texts[0]!, texts[1]!)
  const now = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
  const behaviour =
    options.pou === undefined ? undefined : compareBehaviour(texts[0]!, texts[1]!, options.pou, { now, limitMs, lang })
  if (flags.has('json')) io.out(`${JSON.stringify({ changes, ...(behaviour === undefined ? {} : { behaviour }) })}\n`)
  else {
    for (const each of changes) io.out(`${shown(each).join('\n')}\n`)
    if (behaviour !== undefined)
      io.out(
        behaviour.compared
          ? `behaviour of ${options.pou} (${behaviour.outputs.join(', ')}): ${behaviour.answer.verdict}: ${behaviour.answer.message}\n`
          : `behaviour of ${options.pou} not compared: ${behaviour.why}\n`,
      )
  }
  if (behaviour !== undefined) return behaviour.compared && behaviour.answer.verdict === 'proved' ? 0 : 1
  return changes.length === 0 ? 0 : 1
}

const signs = { added: '+', removed: '-', changed: '~', renamed: '>' } as const

function shown(each: ItemChange): string[] {
  return [
    `${signs[each.change]} ${each.item}`,
    ...(each.head ? ['    ~ declaration'] : []),
    ...each.variables.map(one => `    ${signs[one.change]} ${one.name}${one.to === undefined ? '' : ` > ${one.to}`}`),
    ...each.body.map(one => `    ${one.sign} ${one.text}`),
  ]
}
