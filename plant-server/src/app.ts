/** The web application, in the order in which a request meets it; it does not listen. */
import cookie from '@fastify/cookie'
import type { Clock } from '@millwright/contract'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Handlers } from './http/handlers.ts'
import type { Authenticator } from './http/plugins/auth.ts'
import { installHeaders } from './http/plugins/headers.ts'
import { installLimits, type Limits } from './http/plugins/limits.ts'
import { installMetrics } from './http/plugins/metrics.ts'
import { installOpenApi } from './http/plugins/openapi.ts'
import { installPages } from './http/plugins/pages.ts'
import { installProblemReplies } from './http/plugins/problem-replies.ts'
import { sessionCookie } from './http/plugins/session-cookie.ts'
import { registerRoutes } from './http/register.ts'
import { registerStream } from './http/routes/stream.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Sessions } from './security/sessions.ts'
import type { LiveHub } from './stream/hub.ts'

export interface AppDeps {
  readonly handlers: Handlers
  readonly auth: Authenticator
  readonly sessions: Sessions
  readonly hub: LiveHub
  readonly metrics: Metrics
  readonly clock: Clock
  readonly limits: Limits
  readonly version: string
  readonly log: FastifyBaseLogger
  /** Folder of the built HMI. */
  readonly pages: string | undefined
  readonly checkReplies: boolean
}

export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log,
    // One line per request is the access log of `/metrics` and traces; the log keeps what needs a look.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 400 },
    requestTimeout: 60_000,
    forceCloseConnections: true,
    // Every border parses with the contract's own schemas (register.ts): the framework's pass would be a second truth.
    genReqId: () => crypto.randomUUID(),
  })
  app.setValidatorCompiler(() => value => ({ value }))
  app.setSerializerCompiler(() => value => JSON.stringify(value))
  for (const type of [/^image\/.+/, 'application/octet-stream'])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.decorateRequest('who', undefined)

  installProblemReplies(app)
  await installHeaders(app)
  await app.register(cookie)
  await installLimits(app, deps.limits)
  await installOpenApi(app, deps)
  await registerStream(app, deps)
  installMetrics(app, deps)
  registerRoutes(app, {
    handlers: deps.handlers,
    auth: deps.auth,
    limits: deps.limits,
    afterwards: sessionCookie(deps.sessions),
    onDone: deps.metrics.httpRequest,
    checkReplies: deps.checkReplies,
  })
  await installPages(app, deps.pages)
  return app
}
