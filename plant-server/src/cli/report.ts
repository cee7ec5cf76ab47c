/** `mw-plant report inspection --lot L --lang zh|en --format pdf|html --out FILE`: from the running server into a file. */
import { writeFile } from 'node:fs/promises'
import { type CommandIo, ProblemError, parseArguments, UsageError } from '@millwright/contract'
import { connect, reportProblems } from './client.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options } = parseArguments(argv, {
    options: ['lot', 'lang', 'format', 'out', 'data', 'url', 'user'],
  })
  if (positionals.length !== 1 || positionals[0] !== 'inspection') throw new UsageError('the report is "inspection"')
  const { lot, lang, format, out } = options
  if (lot === undefined) throw new UsageError('--lot is needed')
  if (lang !== 'zh' && lang !== 'en') throw new UsageError('--lang is zh or en')
  if (format !== 'pdf' && format !== 'html') throw new UsageError('--format is pdf or html')
  if (out === undefined) throw new UsageError('--out is needed')
  return reportProblems(io, async () => {
    const client = connect({ data: options.data, url: options.url, as: options.user })
    const body = await client.call('reportFile', { params: { id: lot }, query: { lang, format } })
    await writeFile(out, body).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error)
      throw new ProblemError({ code: 'MW-0102', place: out, values: { detail } }, { cause: error })
    })
    io.out(`${JSON.stringify({ lot, lang, format, file: out, bytes: body.length })}\n`)
    return 0
  })
}
