/** `mw-plant history TAG --from ISO --to ISO [--points N] [--json]`. */
import { type CommandIo, parseArguments, UsageError } from '@millwright/contract'
import { connect, reportProblems } from './client.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options, flags } = parseArguments(argv, {
    options: ['from', 'to', 'points', 'data', 'url'],
    flags: ['json'],
  })
  const [tag, ...rest] = positionals
  const { from, to } = options
  if (tag === undefined || rest.length > 0) throw new UsageError('name one tag')
  if (from === undefined || to === undefined) throw new UsageError('--from and --to are needed')
  const points = options.points === undefined ? undefined : Number(options.points)
  if (points !== undefined && !(Number.isInteger(points) && points >= 2)) throw new UsageError('--points is 2 or more')
  return reportProblems(io, async () => {
    const query = { tag, from, to, ...(points === undefined ? {} : { points }) }
    const history = await connect({ data: options.data, url: options.url }).call('history', { query })
    if (flags.has('json')) io.out(`${JSON.stringify(history)}\n`)
    else
      for (const [t, value, quality] of history.points) io.out(`${new Date(t).toISOString()}\t${value}\t${quality}\n`)
    return 0
  })
}
