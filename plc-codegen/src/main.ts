import { type Command, dispatch, type Io } from './cli/command-line.ts'

const commands: readonly Command[] = [
  {
    name: 'check',
    usage: 'check FILE... [--rules plcopen|FILE.json] [--dialect iec|codesys|scl] [--lang zh|en] [--json]',
    load: async () => (await import('./cli/check.ts')).run,
  },
  {
    name: 'run',
    usage: 'run FILE --pou NAME --trace FILE [--dialect iec|codesys|scl] [--lang zh|en]',
    load: async () => (await import('./cli/run.ts')).run,
  },
  {
    name: 'verify',
    usage:
      'verify FILE --pou NAME --properties FILE [--limit SECONDS] [--total SECONDS] [--dialect iec|codesys|scl] [--lang zh|en]',
    load: async () => (await import('./cli/verify.ts')).run,
  },
  {
    name: 'scenarios',
    usage: 'scenarios FILE --scenarios FILE.yaml [--dialect iec|codesys|scl] [--lang zh|en]',
    load: async () => (await import('./cli/scenarios.ts')).run,
  },
  {
    name: 'draft',
    usage: 'draft --text "…" | --request FILE [--st] [--lang zh|en]',
    load: async () => (await import('./cli/draft.ts')).run,
  },
  {
    name: 'export',
    usage:
      'export FILE... --to plcopen|twincat|scl|st [--out FOLDER] [--name PROJECT] [--dialect iec|codesys|scl] [--lang zh|en]',
    load: async () => (await import('./cli/export.ts')).run,
  },
  {
    name: 'import',
    usage: 'import FILE... [--out FOLDER] [--lang zh|en]',
    load: async () => (await import('./cli/export.ts')).runImport,
  },
  {
    name: 'diff',
    usage: 'diff OLD NEW [--pou NAME] [--limit SECONDS] [--json] [--lang zh|en]',
    load: async () => (await import('./cli/diff.ts')).run,
  },
  { name: 'format', usage: 'format FILE...', load: async () => (await import('./cli/format.ts')).run },
  { name: 'problems', usage: 'problems', load: async () => (await import('./cli/problems.ts')).run },
]

const io: Io = {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
}

process.exitCode = await dispatch('mw-plc', commands, process.argv.slice(2), io)
