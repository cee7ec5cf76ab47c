/** `mw-plant tags [--json]`: every tag with unit, source and description. */
import { type CommandIo, parseArguments } from '@millwright/contract'
import { connect, reportProblems } from './client.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { options, flags } = parseArguments(argv, { options: ['data', 'url', 'lang'], flags: ['json'] })
  return reportProblems(io, async () => {
    const tags = await connect({ data: options.data, url: options.url }).call('listTags', {})
    const lang = options.lang === 'zh' ? 'zh' : 'en'
    const rows = tags.map(({ tag, unit, source, description }) => ({
      tag,
      unit,
      source,
      description: description[lang],
    }))
    if (flags.has('json')) io.out(`${JSON.stringify(rows)}\n`)
    else for (const row of rows) io.out(`${row.tag}\t${row.unit}\t${row.source}\t${row.description}\n`)
    return 0
  })
}
