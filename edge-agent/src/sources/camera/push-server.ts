/**
 * HTTP, or HTTPS where a certificate is named, for cameras that send their pictures: POST /captures/NAME with the image as body and a bearer token. Answers when the
 * picture is on our disk: 201, or a problem as {code, message}. Everything is bounded: bodies, connections, time, queue.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Clock, describe, type Problem } from '@millwright/contract'
import { completeness, kindOf } from './image-complete.ts'
import type { Spool, Spooled } from './spool.ts'

export interface PushServerDeps {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  /** PEM; without it plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Read at each request: a token may be replaced while the agent runs. */
  readonly token: () => string
  readonly maxBytes: number
  readonly queueMb: number
  readonly spool: Spool
  readonly clock: Clock
  readonly onSpooled: () => void
  /** The queue has become full, or has room again. */
  readonly onFull: (full: boolean) => void
}

export interface PushServer {
  readonly port: number
  close(): Promise<void>
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,149}\.(png|jpe?g|webp|tiff?)$/i
const PATH = /^\/captures\/([^/?]*)(\?.*)?$/
/** A camera's clock may differ so far; beyond it our own time counts. */
const MOST_OFF_MS = 24 * 3_600_000
const MOST_CONNECTIONS = 32
const BODY_MS = 60_000

interface Refusal {
  readonly status: number
  readonly problem: Problem
}

const STATUS_OF_FULL = 503

export function openPushServer(deps: PushServerDeps): Promise<PushServer> {
  const { host, maxBytes, spool, clock } = deps
  const mb = Math.round(maxBytes / 2 ** 20)
  const refusal = (status: number, problem: Problem): Refusal => ({ status, problem })
  const tooLarge = refusal(413, { code: 'MW-1042', values: { mb } })
  const full = refusal(STATUS_OF_FULL, { code: 'MW-1043', values: { mb: deps.queueMb } })
  const brokenOff = refusal(400, { code: 'MW-1045' })

  /** What can be said before the body is read. */
  const beforeBody = (request: IncomingMessage): Refusal | string => {
    const name = PATH.exec(request.url ?? '')?.[1]
    if (name === undefined) return refusal(404, { code: 'MW-1040', values: { detail: 'another path' } })
    if (!isToken(request.headers.authorization, deps.token())) return refusal(401, { code: 'MW-1041' })
    if (request.method !== 'POST')
      return refusal(405, { code: 'MW-1040', values: { detail: `method ${request.method}` } })
    if (!NAME.test(name)) return refusal(400, { code: 'MW-1040', values: { detail: 'the name' } })
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge
    return name
  }

  const take = async (request: IncomingMessage, name: string, arrivedAt: number): Promise<Refusal | Spooled> => {
    const incoming = await spool.begin(arrivedAt)
    try {
      // Left early, the request must not be destroyed: its answer would go with it.
      for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        if (incoming.bytes + part.length > maxBytes) return await drop(incoming, tooLarge)
        if (!(await incoming.write(part))) {
          deps.onFull(true)
          return await drop(incoming, full)
        }
      }
      const ends = await incoming.ends()
      const unknown = incoming.bytes === 0 || kindOf(ends.head) === undefined
      if (unknown || completeness(ends) === 'incomplete') return await drop(incoming, refusal(415, { code: 'MW-1044' }))
      deps.onFull(false)
      const { entry, durable } = await incoming.commit(name, takenAt(request.headers['x-captured-at'], arrivedAt))
      deps.onSpooled()
      await durable
      return entry
    } catch (error) {
      if (request.readableAborted || !request.complete) return await drop(incoming, brokenOff)
      const detail = error instanceof Error ? error.message : String(error)
      return await drop(incoming, refusal(507, { code: 'MW-1010', values: { detail } }))
    }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const arrivedAt = clock.now()
    const named = beforeBody(request)
    const taken = typeof named === 'string' ? await take(request, named, arrivedAt) : named
    if ('problem' in taken) {
      const { code } = taken.problem
      // What was not read is not read: the connection ends.
      if (!request.complete) response.setHeader('connection', 'close')
      if (taken.status === STATUS_OF_FULL) response.setHeader('retry-after', '5')
      if (taken.status === 405) response.setHeader('allow', 'POST')
      return reply(response, taken.status, { code, message: describe(taken.problem) })
    }
    return reply(response, 201, { name: taken.name, bytes: taken.bytes, t: taken.t })
  }

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    request.on('error', () => {})
    response.on('error', () => {})
    serve(request, response).catch(() => response.destroy())
  }
  const limits = { requestTimeout: BODY_MS, headersTimeout: 10_000 }
  const listen = (): Server =>
    deps.tls === undefined
      ? createServer(limits, answer)
      : createSecureServer({ ...limits, ...deps.tls, handshakeTimeout: 10_000, minVersion: 'TLSv1.2' }, answer)
  let server: Server
  try {
    server = listen()
  } catch (error) {
    // No certificate, or a key that is not its own.
    return Promise.reject(error instanceof Error ? error : new Error(String(error)))
  }
  server.maxConnections = MOST_CONNECTIONS
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(deps.port, host, () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise(done => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      }),
    )
  })
}

async function drop(incoming: { discard(): Promise<void> }, refused: Refusal): Promise<Refusal> {
  await incoming.discard()
  return refused
}

function reply(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return
  const text = JSON.stringify(body)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text)
}

/** Compared by hash: neither length nor content shows in the time it takes. */
function isToken(header: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return token !== '' && timingSafeEqual(hash(header ?? ''), hash(`Bearer ${token}`))
}

/** From the header x-captured-at: ms since 1970, or an ISO time. */
function takenAt(header: string | string[] | undefined, now: number): number {
  const text = Array.isArray(header) ? header[0] : header
  if (text === undefined) return now
  const t = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  return Number.isFinite(t) && Math.abs(t - now) < MOST_OFF_MS ? Math.round(t) : now
}
