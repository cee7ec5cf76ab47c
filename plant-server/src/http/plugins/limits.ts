/** How often one caller may ask, and how much may be sent at once. */
import { createHash } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import { ProblemError, type RouteName } from '@millwright/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { SESSION_COOKIE } from './auth.ts'

export interface Limits {
  /** Requests a minute of one caller. */
  readonly requests: number
  /** Attempts to sign in a minute from one address. */
  readonly signIns: number
  /** Images a minute of one agent: an outbox that drains after an outage. */
  readonly images: number
}

export const defaultLimits: Limits = { requests: 3000, signIns: 30, images: 6000 }

const MB = 1024 * 1024
/** Largest bodies; 1 MB where none is named. */
export const BODY_LIMITS: Partial<Record<RouteName, number>> = {
  importOrders: 20 * MB,
  savePlcProgram: 5 * MB,
  putImage: 64 * MB,
  putImagePart: 8 * MB,
}

/** By session or agent where there is one, so that people behind one address do not slow each other. */
function callerKey(request: FastifyRequest): string {
  const credentials = request.headers.authorization ?? request.cookies[SESSION_COOKIE]
  return credentials === undefined ? request.ip : createHash('sha256').update(credentials).digest('base64')
}

export async function installLimits(app: FastifyInstance, limits: Limits): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    max: limits.requests,
    timeWindow: '1 minute',
    cache: 10_000,
    keyGenerator: callerKey,
    errorResponseBuilder: () => new ProblemError({ code: 'MW-2005' }),
  })
}

export function rateLimitOf(name: RouteName, limits: Limits) {
  switch (name) {
    case 'signIn':
    case 'enrolAgent':
      return { max: limits.signIns, timeWindow: '1 minute', keyGenerator: (request: FastifyRequest) => request.ip }
    case 'putImage':
    case 'putImagePart':
    case 'imageUpload':
      return { max: limits.images, timeWindow: '1 minute' }
    default:
      return { max: limits.requests, timeWindow: '1 minute' }
  }
}
