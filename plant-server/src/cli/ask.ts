/** `mw-plant ask "…"`: a question to the running server, or with `--demo` to a fresh sample plant in this process. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Answer,
  type CommandIo,
  type Lang,
  ProblemError,
  parseArguments,
  ROLES,
  UsageError,
} from '@millwright/contract'
import type { Caller } from '../http/handlers.ts'
import { connect, reportProblems } from './client.ts'

const MOST_QUESTION = 4000
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** People of the sample plant, one per role. */
const DEMO_PEOPLE: Readonly<Record<string, Caller['role']>> = {
  operator: 'operator',
  qa: 'qa_engineer',
  process: 'process_engineer',
  planner: 'planner',
  admin: 'administrator',
  ...Object.fromEntries(ROLES.map(role => [role, role])),
}

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options, flags } = parseArguments(argv, {
    options: ['user', 'lang', 'data', 'url'],
    flags: ['demo', 'json'],
  })
  const [question, ...more] = positionals
  if (question === undefined || question.trim() === '') throw new UsageError('a question is needed')
  if (more.length > 0) throw new UsageError('one question at a time, in quotes')
  if (question.length > MOST_QUESTION) throw new UsageError(`a question has at most ${MOST_QUESTION} characters`)
  const { lang } = options
  if (lang !== undefined && lang !== 'zh' && lang !== 'en') throw new UsageError('--lang is zh or en')
  return reportProblems(io, async () => {
    const answer = flags.has('demo')
      ? await askDemo(question, options.user, lang)
      : await connect({ data: options.data, url: options.url, as: options.user }).call('ask', {
          body: { question, ...(lang === undefined ? {} : { lang }) },
        })
    io.out(flags.has('json') ? `${JSON.stringify(shapeOf(answer))}\n` : `${textOf(answer)}\n`)
    return 0
  })
}

/** The promised shape: of the tools only name, arguments and whether they worked. */
const shapeOf = ({ answer, engine, tools, citations, proposals, struck, ms }: Answer) => ({
  answer,
  engine,
  tools: tools.map(({ name, arguments: args, ok }) => ({ name, arguments: args, ok })),
  citations,
  proposals,
  struck,
  ms,
})

function textOf({ answer, citations, proposals }: Answer): string {
  const sources = citations.map(({ doc, anchor, title, heading }) => `[${doc}#${anchor}] ${title}: ${heading}`)
  const cards = proposals.map(({ id, title }) => `[${id}] ${title.zh} / ${title.en}`)
  return [answer, ...sources, ...cards].join('\n')
}

async function askDemo(question: string, user: string | undefined, lang: Lang | undefined): Promise<Answer> {
  const role = DEMO_PEOPLE[user ?? 'admin']
  if (role === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'user', id: user ?? '' } })
  const [
    { createDemoPlant },
    { createAssistant },
    { createConversations },
    { codegenDrafter },
    { readKnowledgeFolder },
  ] = await Promise.all([
    import('../assistant/demo/demo-plant.ts'),
    import('../assistant/assistant.ts'),
    import('../assistant/conversations.ts'),
    import('../assistant/plc/codegen-drafter.ts'),
    import('../knowledge/read-folder.ts'),
  ])
  const stopwatch = () => performance.now()
  const agents = join(ROOT, 'edge-agent', 'config')
  const names = (await readdir(agents)).filter(name => /^demo-.*\.yaml$/.test(name)).sort()
  const demo = await createDemoPlant(
    {
      orders: await readFile(join(ROOT, 'fixtures', 'orders', 'sample-plant.json'), 'utf8'),
      agents: await Promise.all(names.map(name => readFile(join(agents, name), 'utf8'))),
      knowledge: await readKnowledgeFolder(join(ROOT, 'fixtures', 'knowledge')),
    },
    { plc: codegenDrafter(), stopwatch },
  )
  try {
    const assistant = createAssistant({ ...demo, conversations: createConversations(), stopwatch })
    return await assistant.ask(question, { name: user ?? 'admin', role, lang: lang ?? 'en' }, { lang })
  } finally {
    await demo.close()
  }
}
