/** OpenAPI of all routes at /docs, its JSON at /docs/json: open on loopback, elsewhere for people signed in. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { ProblemError } from '@millwright/contract'
import type { FastifyInstance } from 'fastify'
import { type Authenticator, isLoopback } from './auth.ts'

export async function installOpenApi(app: FastifyInstance, deps: { auth: Authenticator; version: string }) {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Millwright plant server', version: deps.version },
      components: {
        securitySchemes: {
          session: { type: 'http', scheme: 'bearer' },
          agent: { type: 'http', scheme: 'basic' },
        },
      },
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiHooks: {
      async onRequest(request) {
        if (!isLoopback(request.ip) && (await deps.auth.identify(request)) === undefined)
          throw new ProblemError({ code: 'MW-2001' })
      },
    },
  })
}
