/** Every row of the contract's route table becomes an HTTP operation: parse, policy, handler, reply. */
import {
  type Problem,
  ProblemError,
  ProblemReply,
  parser,
  type Route,
  type RouteName,
  routes,
} from '@millwright/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { decide } from '../security/policy.ts'
import type { Caller, FileReply, Handlers } from './handlers.ts'
import { type Authenticator, type Identified, isLoopback, sameOrigin } from './plugins/auth.ts'
import { BODY_LIMITS, type Limits, rateLimitOf } from './plugins/limits.ts'

export interface RegisterDeps {
  readonly handlers: Handlers
  readonly auth: Authenticator
  readonly limits: Limits
  /** After a handler: cookies of signing in and out. */
  readonly afterwards: (
    name: RouteName,
    result: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    who: Identified | undefined,
  ) => Promise<void>
  readonly onDone: (route: string, status: number, seconds: number) => void
  /** Refuse replies that do not fit their schema: for tests. */
  readonly checkReplies: boolean
}

type AnyHandler = (input: object, caller: Caller) => Promise<unknown>
const NOBODY: Caller = { name: '', role: 'operator', lang: 'zh' }

export function registerRoutes(app: FastifyInstance, deps: RegisterDeps): void {
  for (const name of Object.keys(routes) as RouteName[]) {
    const row: Route = routes[name]
    const input = inputParser(row)
    const reply = row.reply === undefined || !deps.checkReplies ? undefined : parser(row.reply)
    app.route({
      method: row.method,
      url: row.path,
      schema: openApiOf(row),
      ...(BODY_LIMITS[name] === undefined ? {} : { bodyLimit: BODY_LIMITS[name] }),
      config: { rateLimit: rateLimitOf(name, deps.limits) },
      onResponse: async (_request, answer) =>
        deps.onDone(`${row.method} ${row.path}`, answer.statusCode, answer.elapsedTime / 1000),
      handler: async (request, answer) => {
        const who = await identify(name, row, request)
        const handler = deps.handlers[name] as AnyHandler
        const result = await handler(input(request), who?.caller ?? NOBODY)
        await deps.afterwards(name, result, request, answer, who)
        if (row.reply === undefined) return sendFile(answer, result as FileReply)
        const fits = reply?.parse(result, 'reply')
        if (fits?.ok === false) throw new ProblemError(joined(fits.fault, 'MW-0103'))
        return answer.send(result)
      },
    })
  }

  async function identify(name: RouteName, row: Route, request: FastifyRequest): Promise<Identified | undefined> {
    const who = await deps.auth.identify(request)
    // Signing in sets a cookie: another site must not sign a browser in as somebody else.
    if (name === 'signIn' && request.headers.origin !== undefined && !sameOrigin(request))
      throw new ProblemError({ code: 'MW-2015' })
    const access = name === 'health' && !isLoopback(request.ip) ? 'any' : row.access
    switch (decide(access, who?.caller)) {
      case 'allowed':
        return who
      case 'nobody':
        throw new ProblemError({ code: 'MW-2001' })
      case 'role':
        throw new ProblemError({ code: 'MW-2002', values: { role: who?.caller.role ?? '' } })
    }
  }
}

/** All faults of params, query and body in one refusal. */
function inputParser(row: Route): (request: FastifyRequest) => object {
  const parts = (['params', 'query', 'body'] as const).flatMap(part => {
    const schema = row[part]
    return schema === undefined ? [] : [{ part, schema, parse: parser(schema).parse }]
  })
  return request => {
    const input: Record<string, unknown> = row.body === undefined ? { body: request.body } : {}
    const faults: Problem[] = []
    for (const { part, schema, parse } of parts) {
      const parsed = parse(part === 'body' ? request.body : fromText(schema, request[part]), part)
      if (parsed.ok) input[part] = parsed.value
      else faults.push(...parsed.fault)
    }
    if (faults.length > 0) throw new ProblemError(joined(faults, 'MW-0101'))
    return input
  }
}

/** Path and query come as text: numbers and booleans where the schema wants them. */
function fromText(schema: TSchema, value: unknown): unknown {
  return Value.Convert(schema, { ...(value as object) })
}

function joined(faults: readonly Problem[], code: 'MW-0101' | 'MW-0103'): Problem {
  const detail = faults.map(fault => `${fault.place ?? ''} ${fault.values?.detail ?? ''}`.trim()).join('; ')
  return faults.length === 1 && faults[0] !== undefined && code === 'MW-0101' ? faults[0] : { code, values: { detail } }
}

function sendFile(reply: FastifyReply, file: FileReply) {
  if (file.fileName !== undefined)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
  reply.header('cache-control', file.immutable === true ? 'private, max-age=31536000, immutable' : 'no-store')
  return reply.type(file.mediaType).send(file.body)
}

const BINARY = { type: 'string', format: 'binary' }

function openApiOf(row: Route) {
  const access = typeof row.access === 'string' ? row.access : row.access.join(', ')
  const security = row.access === 'open' ? [] : row.access === 'agent' ? [{ agent: [] }] : [{ session: [] }]
  const success =
    row.reply === undefined
      ? { description: 'File', content: { [row.produces ?? 'application/octet-stream']: { schema: BINARY } } }
      : { description: 'Done', ...row.reply }
  return {
    summary: row.summary,
    description: `Access: ${access}`,
    tags: [row.path.split('/')[2] ?? 'server'],
    security,
    ...(row.params === undefined ? {} : { params: row.params }),
    ...(row.query === undefined ? {} : { querystring: row.query }),
    ...(row.body === undefined ? {} : { body: row.body }),
    response: { 200: success, default: { description: 'Problem', ...ProblemReply } },
  }
}
