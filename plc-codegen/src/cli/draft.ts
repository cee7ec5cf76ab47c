import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { draft, evidenceText } from '../generate/draft.ts'
import { understandRequest } from '../generate/request/understand.ts'
import type { Language } from '../problems.ts'
import { fileProblem } from './check.ts'
import { type Io, oneOf, parseArguments, UsageError } from './command-line.ts'

/**
 * `mw-plc draft --text "…" | --request FILE`: the whole draft as JSON, or with `--st` its text alone. A request file holds
 * one request, and a change of it in every further paragraph. Exit 1 where it is not understood or not green.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, options, flags } = parseArguments(argv, {
    options: ['text', 'request', 'lang'],
    flags: ['st', 'json'],
  })
  const lang: Language = oneOf(options, 'lang', ['zh', 'en']) ?? 'en'
  if (positionals.length > 0 || (options.text === undefined) === (options.request === undefined))
    throw new UsageError('needs --text or --request')
  let text: string
  try {
    text = options.text ?? readFileSync(options.request!, 'utf8')
  } catch (error) {
    const { code, message } = fileProblem(options.request ?? '', error, lang)
    io.err(`${code} ${message}\n`)
    return 1
  }
  const requests = options.text === undefined ? text.split(/\n\s*\n/).filter(each => each.trim() !== '') : [text]
  let understood = understandRequest(requests[0] ?? '')
  for (const change of requests.slice(1))
    if (understood.specification !== undefined) understood = understandRequest(change, understood.specification)
  if (understood.specification === undefined) {
    for (const each of understood.problems) io.err(`${each.code} ${each.text[lang]}\n`)
    return 1
  }
  const result = draft(understood.specification, { lang })
  if (flags.has('st')) {
    io.out(result.st)
  } else {
    const sha256 = createHash('sha256').update(evidenceText(result)).digest('hex')
    io.out(`${JSON.stringify({ ...result, sha256 })}\n`)
  }
  for (const each of result.failures) io.err(`${each[lang]}\n`)
  return result.green ? 0 : 1
}
