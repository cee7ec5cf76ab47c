/** Command line of the plant server. Each command loads only what it needs. */
import { type CliCommand, dispatch } from '@millwright/contract'

const commands: readonly CliCommand[] = [
  {
    name: 'run',
    usage: 'run [--config FILE] [--data DIR] [--port N]',
    run: async (argv, io) => (await import('./cli/run.ts')).run(argv, io),
  },
  {
    name: 'tags',
    usage: 'tags [--json] [--data DIR | --url URL]',
    run: async (argv, io) => (await import('./cli/tags.ts')).run(argv, io),
  },
  {
    name: 'agents',
    usage:
      'agents add NAME [--minutes N] [--reason R] | list | revoke NAME [--reason R] [--json] [--data DIR | --url URL]',
    run: async (argv, io) => (await import('./cli/agents.ts')).run(argv, io),
  },
  {
    name: 'history',
    usage:
      'history [export] TAG... --from TIME [--to TIME] [--points N | --interval minute] [--json] [--format csv|parquet --out FILE] [--data DIR | --url URL]',
    run: async (argv, io) => (await import('./cli/history.ts')).run(argv, io),
  },
  {
    name: 'schedule',
    usage: 'schedule FILE --format jssp|fjsp|plant --seconds N [--seed S] [--json]',
    run: async (argv, io) => (await import('./cli/schedule.ts')).run(argv, io),
  },
  {
    name: 'report',
    usage: 'report inspection --lot L --lang zh|en --format pdf|html --out FILE [--data DIR | --url URL]',
    run: async (argv, io) => (await import('./cli/report.ts')).run(argv, io),
  },
  {
    name: 'ask',
    usage: 'ask "QUESTION" [--user U] [--lang zh|en] [--demo] [--json] [--data DIR | --url URL]',
    run: async (argv, io) => (await import('./cli/ask.ts')).run(argv, io),
  },
]

process.exitCode = await dispatch('mw-plant', commands, process.argv.slice(2), {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
})
