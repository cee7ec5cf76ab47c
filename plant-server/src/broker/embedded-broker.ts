/**
 * The broker inside the plant server (aedes): loopback unless configured otherwise, nobody anonymous, rights by the
 * contract's `agentMayPublish` / `agentMaySubscribe`. It keeps nothing: persistence is the agents' outbox.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { agentMayPublish, agentMaySubscribe, ProblemError } from '@millwright/contract'
import { Aedes, type AuthenticateError, type Client } from 'aedes'

/** Largest message that is passed on: a thousandfold of a usual batch. */
const MOST_BYTES = 8 * 1024 * 1024

export interface EmbeddedBrokerOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly group: string
  /** The server's own identity: the only one that may publish commands and confirmations. */
  readonly server: { readonly user: string; readonly password: string }
  /** Secret of an agent, undefined for one that is not enrolled. */
  readonly agentSecret: (agent: string) => string | undefined
  /** Told of each refusal: who, what. */
  readonly onRefused: (client: string, what: string) => void
}

export interface Broker {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<Broker> {
  const { group, server, onRefused } = options
  const identities = new WeakMap<Client, string>()
  const aedes = await Aedes.createBroker({
    heartbeatInterval: 30_000,
    connectTimeout: 10_000,
    authenticate(client, user, password, done) {
      const secret = user === server.user ? server.password : options.agentSecret(user ?? '')
      if (user !== undefined && secret !== undefined && password !== undefined && same(password, secret)) {
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
  const sockets = new Set<Socket>()
  const listener = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    aedes.handle(socket)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', (error: Error) =>
      reject(
        new ProblemError({ code: 'MW-2014', place: 'broker', values: { port: options.port, detail: error.message } }),
      ),
    )
    listener.listen(options.port, options.host, resolve)
  })
  const address = listener.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    url: `mqtt://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    port,
    close: () =>
      new Promise(resolve => {
        listener.close(() => resolve())
        aedes.close(() => {
          for (const socket of sockets) socket.destroy()
        })
      }),
  }
}

const digest = (text: string | Buffer) => createHash('sha256').update(text).digest()
/** In constant time, whatever the lengths. */
const same = (given: Buffer, wanted: string) => timingSafeEqual(digest(given), digest(wanted))
