/** `/metrics` in Prometheus' format, for administrators and the local token. */
import { ProblemError } from '@millwright/contract'
import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../../metrics/metrics.ts'
import { decide } from '../../security/policy.ts'
import type { Authenticator } from './auth.ts'

export function installMetrics(app: FastifyInstance, deps: { metrics: Metrics; auth: Authenticator }): void {
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const who = await deps.auth.identify(request)
    const decision = decide(['administrator'], who?.caller)
    if (decision === 'nobody') throw new ProblemError({ code: 'MW-2001' })
    if (decision === 'role') throw new ProblemError({ code: 'MW-2002', values: { role: who?.caller.role ?? '' } })
    return reply.type('text/plain; version=0.0.4').send(await deps.metrics.text())
  })
}
