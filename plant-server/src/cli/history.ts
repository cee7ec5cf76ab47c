/**
 * `mw-plant history TAG --from T [--to T] [--points N | --interval second|minute|hour] [--json]`
 * `mw-plant history export TAG... --from T [--to T] --format parquet|csv --out FILE`
 */
import { resolve } from 'node:path'
import {
  type Arguments,
  type CommandIo,
  type HistoryInterval,
  parseArguments,
  systemClock,
  UsageError,
} from '@millwright/contract'
import { MOMENT_FORMS, momentOf } from '../domain/moment.ts'
import { type Client, connect, reportProblems } from './client.ts'

const INTERVALS: readonly string[] = ['second', 'minute', 'hour'] satisfies HistoryInterval[]

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const parsed = parseArguments(argv, {
    options: ['from', 'to', 'points', 'interval', 'format', 'out', 'data', 'url'],
    flags: ['json'],
  })
  const span = spanOf(parsed)
  const client = () => connect({ data: parsed.options.data, url: parsed.options.url })
  return parsed.positionals[0] === 'export' ? save(parsed, span, client, io) : show(parsed, span, client, io)
}

interface Span {
  readonly from: number
  readonly to: number
}

function spanOf({ options }: Arguments): Span {
  const now = systemClock.now()
  const startOfDay = (days: number) => {
    const day = new Date(now)
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - days).getTime()
  }
  const time = (name: 'from' | 'to', text: string) => {
    const t = momentOf(text, now, startOfDay)
    if (t === undefined) throw new UsageError(`MW-0101 --${name}: "${text}" is no time. Write ${MOMENT_FORMS}`)
    return t
  }
  if (options.from === undefined) throw new UsageError(`--from is needed. Write ${MOMENT_FORMS}`)
  const span = { from: time('from', options.from), to: time('to', options.to ?? 'now') }
  if (span.from > span.to) throw new UsageError('MW-0101 --from is after --to')
  return span
}

async function show({ positionals, options, flags }: Arguments, span: Span, client: () => Client, io: CommandIo) {
  const [tag, ...rest] = positionals
  if (tag === undefined || rest.length > 0) throw new UsageError('name one tag')
  if (options.format !== undefined || options.out !== undefined)
    throw new UsageError('--format and --out are of history export')
  const points = options.points === undefined ? undefined : Number(options.points)
  if (points !== undefined && !(Number.isInteger(points) && points >= 2)) throw new UsageError('--points is 2 or more')
  const { interval } = options
  if (interval !== undefined && !INTERVALS.includes(interval))
    throw new UsageError(`--interval is ${INTERVALS.join(', ')}`)
  if (interval !== undefined && points !== undefined) throw new UsageError('either --points or --interval')
  const time = (t: number) => new Date(t).toISOString()
  return reportProblems(io, async () => {
    if (interval !== undefined) {
      const query = { tag, ...span, interval: interval as HistoryInterval }
      const reply = await client().call('historyAggregates', { query })
      if (flags.has('json')) io.out(`${JSON.stringify(reply)}\n`)
      else
        for (const { t, n, min, max, avg, last, timeWeighted, quality } of reply.buckets)
          io.out(`${[time(t), n, min, max, avg, last, timeWeighted, quality].join('\t')}\n`)
      return 0
    }
    const query = { tag, ...span, ...(points === undefined ? {} : { points }) }
    const history = await client().call('history', { query })
    if (flags.has('json')) io.out(`${JSON.stringify(history)}\n`)
    else for (const [t, value, quality] of history.points) io.out(`${time(t)}\t${value}\t${quality}\n`)
    return 0
  })
}

async function save({ positionals, options }: Arguments, span: Span, client: () => Client, io: CommandIo) {
  const tags = positionals.slice(1)
  const { format, out } = options
  if (tags.length === 0) throw new UsageError('name tags; * stands for any characters')
  if (format !== 'parquet' && format !== 'csv') throw new UsageError('--format is parquet or csv')
  if (out === undefined) throw new UsageError('--out FILE is needed')
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), out)
  return reportProblems(io, async () => {
    const bytes = await client().save('exportHistory', { query: { tags: tags.join(','), ...span, format } }, path)
    io.out(`${JSON.stringify({ file: path, bytes })}\n`)
    return 0
  })
}
