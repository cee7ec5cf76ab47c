/** Calls to a running server, typed by the contract's route table. For `tags`, `history`, `report`, `ask`. */
import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  type CommandIo,
  describe,
  type ProblemCode,
  ProblemError,
  problems,
  type RouteInput,
  type RouteName,
  type RouteReply,
  type Routes,
  routes,
  UsageError,
} from '@millwright/contract'
import { DEFAULT_DATA } from '../config/load.ts'
import { findRunning } from '../security/data-folder.ts'

type Reply<N extends RouteName> = [RouteReply<Routes[N]>] extends [never] ? Buffer : RouteReply<Routes[N]>
/** `params`, `query` and `body`, where the route has them. */
type Input<N extends RouteName> = {
  [P in keyof RouteInput<Routes[N]> as undefined extends RouteInput<Routes[N]>[P] ? never : P]: RouteInput<Routes[N]>[P]
}

export interface Client {
  readonly url: string
  /** Throws ProblemError with the server's code. */
  call<N extends RouteName>(name: N, input: Input<N>): Promise<Reply<N>>
  /** A reply that is a file, of any size, into `path`; its bytes. */
  save<N extends RouteName>(name: N, input: Input<N>, path: string): Promise<number>
}

export interface ConnectOptions {
  /** `--data`; by default that of `npm start`. */
  readonly data?: string | undefined
  /** `--url`, with the token from MILLWRIGHT_TOKEN. */
  readonly url?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>>
  /** With the rights of this user; the local administrator only. */
  readonly as?: string | undefined
}

/** Finds the running server; refuses with MW-0106 where there is none. */
export function connect({ data, url, env = process.env, as }: ConnectOptions): Client {
  if (url !== undefined) {
    const token = env.MILLWRIGHT_TOKEN
    if (token === undefined) throw new UsageError('--url needs a token in the environment: MILLWRIGHT_TOKEN')
    return client(url.replace(/\/$/, ''), token, as)
  }
  const folder = resolve(data ?? DEFAULT_DATA)
  const running = findRunning(folder)
  if (running === undefined) throw new ProblemError({ code: 'MW-0106', place: folder, values: { url: folder } })
  return client(running.url, running.token, as)
}

function client(url: string, token: string, as: string | undefined): Client {
  async function ask(name: RouteName, input: object): Promise<Response> {
    const row = routes[name]
    const { params, query, body } = input as { params?: object; query?: object; body?: unknown }
    const response = await fetch(url + address(row.path, params, query), {
      method: row.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(as === undefined ? {} : { 'x-millwright-user': as }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(error => {
      throw new ProblemError({ code: 'MW-0106', values: { url } }, { cause: error })
    })
    if (!response.ok) throw await refusal(response)
    return response
  }
  return {
    url,
    async call(name, input) {
      const response = await ask(name, input)
      const isJson = 'reply' in routes[name]
      return (isJson ? await response.json() : Buffer.from(await response.arrayBuffer())) as Reply<typeof name>
    },
    async save(name, input, path) {
      const { body } = await ask(name, input)
      const file = createWriteStream(path)
      await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), file).catch(error => {
        throw new ProblemError({ code: 'MW-0102', place: path, values: { detail: error.message } }, { cause: error })
      })
      return file.bytesWritten
    },
  }
}

function address(path: string, params: object | undefined, query: object | undefined): string {
  const filled = path.replaceAll(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name] ?? '')),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? filled : `${filled}?${search}`
}

/** The server's words stand: its text is filled in already. */
async function refusal(response: Response): Promise<Error> {
  const reply = (await response.json().catch(() => ({}))) as { code?: string; message?: { en: string } }
  if (reply.code !== undefined && reply.code in problems && reply.message !== undefined)
    return new RefusedError(reply.code as ProblemCode, reply.message.en)
  return new ProblemError({ code: 'MW-0103', values: { detail: `HTTP ${response.status}` } })
}

/** A refusal by the server, in its own words. */
export class RefusedError extends ProblemError {
  constructor(code: ProblemCode, text: string) {
    super({ code })
    this.message = `${code} ${text}`
  }
}

/** Runs a command's work; problems become one line on stderr and the exit status of their kind. */
export async function reportProblems(io: CommandIo, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { problem } = error
    io.err(`${error instanceof RefusedError ? error.message : `${problem.code} ${describe(problem).en}`}\n`)
    return problems[problem.code].kind === 'ours' ? 3 : 1
  }
}
