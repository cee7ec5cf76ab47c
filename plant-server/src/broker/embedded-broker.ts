/**
 * The broker inside the plant server (aedes): loopback unless configured otherwise, nobody anonymous, rights by the
 * contract's `agentMayPublish` / `agentMaySubscribe`. With TLS the server itself connects by a second, plain listener on
 * loopback that only its own identity may use.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { agentMayPublish, agentMaySubscribe, type Clock, ProblemError, systemClock } from '@millwright/contract'
import { Aedes, type AuthenticateError, type Client } from 'aedes'
import { openPersistence } from './persistence.ts'

/** Largest message that is passed on: a thousandfold of a usual batch. */
const MOST_BYTES = 8 * 1024 * 1024
const LOOPBACK = '127.0.0.1'

export interface EmbeddedBrokerOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** PEM texts; absent: without TLS. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** File of retained messages and sessions; absent: they end with the process. */
  readonly file?: string
  readonly clock?: Clock
  readonly group: string
  /** The server's own identity: the only one that may publish commands and confirmations. */
  readonly server: { readonly user: string; readonly password: string }
  /** Is this the agent's own secret, and may it connect? */
  readonly isAgent: (agent: string, secret: Buffer) => boolean
  /** Told of each refusal: who, what. */
  readonly onRefused: (client: string, what: string) => void
  readonly onFault?: (error: unknown) => void
}

export interface Broker {
  /** For agents. */
  readonly url: string
  readonly port: number
  /** For the server itself. */
  readonly ownUrl: string
  /** Cuts every connection of this agent; its right to come back is `isAgent`'s to say. */
  disconnect(agent: string): void
  close(): Promise<void>
}

export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<Broker> {
  const { group, server, onRefused, onFault = () => undefined } = options
  const identities = new WeakMap<Client, string>()
  const inside = new WeakSet<object>()
  const kept =
    options.file === undefined ? undefined : await openPersistence(options.file, options.clock ?? systemClock, onFault)
  const aedes = await Aedes.createBroker({
    heartbeatInterval: 30_000,
    connectTimeout: 10_000,
    ...(kept === undefined ? {} : { persistence: kept.persistence }),
    authenticate(client, user, password, done) {
      const right =
        user !== undefined &&
        password !== undefined &&
        (user === server.user
          ? same(password, server.password)
          : !inside.has(client.conn) && options.isAgent(user, password))
      if (right) {
        identities.set(client, user)
        return done(null, true)
      }
      onRefused(user ?? 'anonymous', 'connect')
      const error = new Error('not authorised') as AuthenticateError
      error.returnCode = 5
      done(error, false)
    },
    authorizePublish(client, packet, done) {
      const identity = client === null ? undefined : identities.get(client)
      const allowed =
        identity === server.user || (identity !== undefined && agentMayPublish(group, identity, packet.topic))
      if (allowed && packet.payload.length <= MOST_BYTES) return done(null)
      onRefused(identity ?? 'unknown', `publish ${packet.topic}`)
      done(new Error(allowed ? 'payload too large' : 'not authorised'))
    },
    authorizeSubscribe(client, subscription, done) {
      const identity = identities.get(client)
      if (
        identity === server.user ||
        (identity !== undefined && agentMaySubscribe(group, identity, subscription.topic))
      )
        return done(null, subscription)
      onRefused(identity ?? 'unknown', `subscribe ${subscription.topic}`)
      // A negated subscription: the SUBACK says 128, the connection lives on.
      done(null, null)
    },
  })
  // A client that breaks the protocol ends its own connection, nothing else.
  aedes.on('clientError', (client, error) => onRefused(identities.get(client) ?? 'unknown', error.message))
  aedes.on('connectionError', (_client, error) => onRefused('unknown', error.message))

  const sockets = new Set<Socket>()
  const take = (own: boolean) => (socket: Socket) => {
    sockets.add(socket)
    // Small packets go at once: else each waits for the answer to the one before it.
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    if (own) inside.add(socket)
    aedes.handle(socket)
  }
  const listen = async (listener: Server, host: string, port: number) => {
    await new Promise<void>((resolve, reject) => {
      listener.once('error', (error: Error) =>
        reject(new ProblemError({ code: 'MW-2014', place: 'broker', values: { port, detail: error.message } })),
      )
      listener.listen(port, host, resolve)
    })
    const address = listener.address()
    return typeof address === 'object' && address !== null ? address.port : port
  }

  const listeners: Server[] = []
  const { tls } = options
  const outside = tls === undefined ? createServer(take(false)) : tlsListener(tls, take(false), onRefused)
  const port = await listen(outside, options.host, options.port)
  listeners.push(outside)
  const url = `${tls === undefined ? 'mqtt' : 'mqtts'}://${bracketed(options.host)}:${port}`
  let ownUrl = url
  if (tls !== undefined) {
    const own = createServer(take(true))
    ownUrl = `mqtt://${LOOPBACK}:${await listen(own, LOOPBACK, 0)}`
    listeners.push(own)
  } else if (options.host === '0.0.0.0' || options.host === '::') ownUrl = `mqtt://${LOOPBACK}:${port}`

  return {
    url,
    port,
    ownUrl,
    disconnect(agent) {
      for (const client of Object.values((aedes as unknown as { clients: Record<string, Client> }).clients))
        if (identities.get(client) === agent) client.close()
    },
    async close() {
      const closed = listeners.map(listener => new Promise<void>(resolve => listener.close(() => resolve())))
      await kept?.close()
      aedes.close(() => {
        for (const socket of sockets) socket.destroy()
      })
      await Promise.all(closed)
    },
  }
}

function tlsListener(
  { cert, key }: NonNullable<EmbeddedBrokerOptions['tls']>,
  take: (socket: Socket) => void,
  onRefused: EmbeddedBrokerOptions['onRefused'],
): Server {
  try {
    const listener = createTlsServer({ cert, key, minVersion: 'TLSv1.2' }, take)
    listener.on('tlsClientError', error => onRefused('unknown', `TLS: ${error.message}`))
    return listener
  } catch (error) {
    throw new ProblemError({
      code: 'MW-0101',
      place: 'broker.embedded.tls',
      values: { detail: error instanceof Error ? error.message : String(error) },
    })
  }
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)
const digest = (text: string | Buffer) => createHash('sha256').update(text).digest()
/** In constant time, whatever the lengths. */
const same = (given: Buffer, wanted: string) => timingSafeEqual(digest(given), digest(wanted))
