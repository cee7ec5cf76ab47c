/** One error handler: all of it into the log, outside only what carries a code. */
import { describe, type Problem, ProblemError, problems } from '@millwright/contract'
import type { FastifyError, FastifyInstance } from 'fastify'

const STATUS: Partial<Record<Problem['code'], number>> = {
  'MW-2001': 401,
  'MW-2002': 403,
  'MW-2003': 401,
  'MW-2004': 404,
  'MW-2005': 429,
  'MW-2007': 403,
  'MW-2015': 403,
  'MW-2018': 413,
  'MW-2019': 501,
}

export function statusOf(problem: Problem): number {
  const known = STATUS[problem.code]
  if (known !== undefined) return known
  switch (problems[problem.code].kind) {
    case 'input':
      return 400
    case 'refused':
      return 409
    case 'passing':
      return 503
    case 'ours':
      return 500
  }
}

/** What the web framework itself refuses, in our codes. */
function problemOf(error: FastifyError, requestId: string): Problem {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { code: 'MW-2018', values: { limit: 'the allowed number of' } }
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return { code: 'MW-0104', place: 'body', values: { detail: error.message } }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { code: 'MW-0101', place: 'content-type', values: { detail: error.message } }
  }
  if (error.statusCode === 429) return { code: 'MW-2005' }
  if (error.statusCode !== undefined && error.statusCode < 500)
    return { code: 'MW-0101', values: { detail: error.message } }
  return { code: 'MW-0103', values: { detail: `request ${requestId}` } }
}

export function replyOf(problem: Problem) {
  return {
    code: problem.code,
    message: describe(problem),
    ...(problem.place === undefined ? {} : { place: problem.place }),
  }
}

export function installProblemReplies(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = error instanceof ProblemError ? error.problem : problemOf(error, request.id)
    const status = statusOf(problem)
    if (status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed')
    else request.log.debug({ code: problem.code, detail: error.message }, 'request refused')
    // What is our fault says nothing of our inside.
    const outside = status === 500 ? { code: problem.code, values: { detail: `request ${request.id}` } } : problem
    return reply.status(status).send(replyOf(outside))
  })
}
