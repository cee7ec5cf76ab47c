/** WebSocket `/api/stream`: live values and events, for people signed in. */
import websocket from '@fastify/websocket'
import { ClientMessage, type Clock, ProblemError, parser } from '@millwright/contract'
import type { FastifyInstance } from 'fastify'
import { decide } from '../../security/policy.ts'
import type { Sessions } from '../../security/sessions.ts'
import type { LiveHub } from '../../stream/hub.ts'
import type { Authenticator, Identified } from '../plugins/auth.ts'

const clientMessage = parser(ClientMessage)
/** A session that has ended gets nothing for longer than this. */
const RECHECK_MS = 30_000
const NOT_SIGNED_IN = 4401

export async function registerStream(
  app: FastifyInstance,
  deps: { hub: LiveHub; auth: Authenticator; sessions: Pick<Sessions, 'userOf'>; clock: Clock },
): Promise<void> {
  await app.register(websocket, { options: { maxPayload: 1024 * 1024 } })
  app.route({
    method: 'GET',
    url: '/api/stream',
    schema: { hide: true },
    preValidation: async request => {
      const who = await deps.auth.identify(request)
      const decision = decide('any', who?.caller)
      if (decision === 'nobody') throw new ProblemError({ code: 'MW-2001' })
      if (decision === 'role') throw new ProblemError({ code: 'MW-2002', values: { role: who?.caller.role ?? '' } })
      request.who = who
    },
    wsHandler: (socket, request) => {
      const connection = deps.hub.attach({
        send: text => socket.send(text),
        get bufferedAmount() {
          return socket.bufferedAmount
        },
        close: (code, reason) => socket.close(code, reason),
      })
      const token = request.who?.token
      const stop = deps.clock.every(RECHECK_MS, async () => {
        if (token !== undefined && (await deps.sessions.userOf(token)) === undefined)
          socket.close(NOT_SIGNED_IN, 'not signed in')
      })
      socket.on('message', (data: Buffer) => {
        const parsed = readMessage(data)
        if (parsed === undefined) socket.close(1007, 'MW-0101')
        else connection.receive(parsed)
      })
      socket.on('close', () => {
        stop()
        connection.closed()
      })
      socket.on('error', () => socket.terminate())
    },
    handler: async () => {
      throw new ProblemError({ code: 'MW-0101', place: 'upgrade', values: { detail: 'only as a WebSocket' } })
    },
  })
}

function readMessage(data: Buffer): ClientMessage | undefined {
  try {
    const parsed = clientMessage.parse(JSON.parse(data.toString('utf8')))
    return parsed.ok ? parsed.value : undefined
  } catch {
    return undefined
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set where a route identifies before its handler. */
    who: Identified | undefined
  }
}
