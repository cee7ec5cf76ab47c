/** Command line of the edge agent. Each command loads only what it needs. */
import { type CliCommand, dispatch } from '@millwright/contract'

const commands: readonly CliCommand[] = [
  { name: 'run', usage: 'run CONFIG', run: async (argv, io) => (await import('./cli/run.ts')).run(argv, io) },
  {
    name: 'check',
    usage: 'check CONFIG [--json]',
    run: async (argv, io) => (await import('./cli/check.ts')).run(argv, io),
  },
  {
    name: 'enrol',
    usage: 'enrol CONFIG --code CODE',
    run: async (argv, io) => (await import('./cli/enrol.ts')).run(argv, io),
  },
  {
    name: 'browse',
    usage: 'browse URL [--json] | browse CONFIG SOURCE [--json]',
    run: async (argv, io) => (await import('./cli/browse.ts')).run(argv, io),
  },
  {
    name: 'trust',
    usage: 'trust CONFIG [--approve THUMBPRINT | --reject THUMBPRINT]',
    run: async (argv, io) => (await import('./cli/trust.ts')).run(argv, io),
  },
  {
    name: 'inspect',
    usage: 'inspect PATH... [--recipe FILE] [--panels] [--out FILE]',
    run: async (argv, io) => (await import('./cli/inspect.ts')).run(argv, io),
  },
  {
    name: 'teach',
    usage: 'teach DIR --recipe-out FILE [--recipe FILE] [--id ID] [--overkill SHARE]',
    run: async (argv, io) => (await import('./cli/teach.ts')).run(argv, io),
  },
  {
    name: 'synth',
    usage: 'synth --good DIR --class NAME,... --count N --out DIR [--per N] [--seed S]',
    run: async (argv, io) => (await import('./cli/synth.ts')).run(argv, io),
  },
  {
    name: 'refit',
    usage: 'refit REVIEWS.jsonl [--recipe FILE] --recipe-out FILE',
    run: async (argv, io) => (await import('./cli/refit.ts')).run(argv, io),
  },
  {
    name: 'golden',
    usage: 'golden PATH... --recipe FILE [--recipe-out FILE]',
    run: async (argv, io) => (await import('./cli/golden.ts')).run(argv, io),
  },
  {
    name: 'softsensor',
    usage:
      'softsensor fit CSV --target y --inputs a,b,c [--time t] [--horizon N] [--target-late N|never] --out DIR | predict CSV --model DIR [--out FILE]',
    run: async (argv, io) => (await import('./cli/softsensor.ts')).run(argv, io),
  },
]

// A reader that has enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3))

process.exitCode = await dispatch('mw-edge', commands, process.argv.slice(2), {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
})
