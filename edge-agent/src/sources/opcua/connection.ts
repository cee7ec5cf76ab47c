/** One connection to an OPC UA server: client, session, namespaces. No reconnecting inside: the session machine does that. */
import { join } from 'node:path'
import { ProblemError } from '@millwright/contract'
import {
  type ClientSession,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  setDebugLogger,
  setErrorLogger,
  setWarningLogger,
  type UserIdentityInfo,
  UserTokenType,
} from 'node-opcua'

export interface ConnectionOptions {
  readonly endpoint: string
  readonly policy: string
  readonly mode: string
  /** Accept any server certificate; otherwise only those in `pki/trusted/certs`. */
  readonly trustAll: boolean
  readonly user?: { readonly name: string; readonly password: string }
  /** Folder for certificates and keys. */
  readonly pki: string
  readonly applicationName: string
}

export interface Connection {
  readonly session: ClientSession
  readonly namespaces: readonly string[]
  close(): Promise<void>
}

/** The library writes to stdout, which is for machines; what matters comes as errors and events. */
function quieten(): void {
  for (const set of [setDebugLogger, setErrorLogger, setWarningLogger]) set(() => {})
}

const CLOSE_MS = 1500
/** A session that the server has not heard of for so long is gone there, ms. */
const SESSION_TIMEOUT_MS = 60_000

/** Certificates are made once and shared by all connections of the process. */
const managers = new Map<string, Promise<OPCUACertificateManager>>()
function certificates(rootFolder: string, trustAll: boolean): Promise<OPCUACertificateManager> {
  const key = `${rootFolder}|${trustAll}`
  const known = managers.get(key)
  if (known) return known
  const made = (async () => {
    const manager = new OPCUACertificateManager({ rootFolder, automaticallyAcceptUnknownCertificate: trustAll })
    await manager.initialize()
    // Held for the life of the process: a client that closes must not dispose of it.
    manager.referenceCounter += 1
    return manager
  })()
  managers.set(key, made)
  return made
}

export async function openConnection(
  options: ConnectionOptions,
  lost: (detail: string) => void,
  signal: AbortSignal,
): Promise<Connection> {
  quieten()
  const { endpoint, trustAll } = options
  const client = OPCUAClient.create({
    applicationName: options.applicationName,
    clientName: options.applicationName,
    clientCertificateManager: await certificates(join(options.pki), trustAll),
    securityMode: MessageSecurityMode[options.mode as keyof typeof MessageSecurityMode],
    securityPolicy: SecurityPolicy[options.policy as keyof typeof SecurityPolicy],
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 },
    endpointMustExist: false,
    keepSessionAlive: true,
    keepAliveInterval: 2000,
    transportTimeout: 5000,
    requestedSessionTimeout: SESSION_TIMEOUT_MS,
  })
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    const gone = async () => {
      await session?.close(true).catch(() => {})
      await client.disconnect().catch(() => {})
    }
    await Promise.race([gone(), new Promise(done => setTimeout(done, CLOSE_MS).unref())])
  }
  const gone = (detail: string) => {
    if (!closed) lost(detail)
  }
  let session: ClientSession | undefined
  const stopped = () => void close()
  signal.addEventListener('abort', stopped, { once: true })
  client.on('close', error => gone(error?.message ?? 'connection closed'))
  client.on('connection_lost', () => gone('connection lost'))
  client.on('abort', () => gone('connection aborted'))
  try {
    await client.connect(endpoint)
    session = await client.createSession(identity(options.user))
    session.on('session_closed', () => gone('session closed'))
    session.on('keepalive_failure', () => gone('the server is silent'))
    const namespaces = await session.readNamespaceArray()
    if (signal.aborted) throw new Error('stopped')
    return { session, namespaces, close }
  } catch (error) {
    await close()
    const detail = error instanceof Error ? error.message : String(error)
    if (/BadCertificateUntrusted|certificate/i.test(detail) && !trustAll)
      throw new ProblemError({ code: 'MW-1012', values: { endpoint, detail } })
    throw new Error(detail.split('\n')[0], { cause: error })
  } finally {
    signal.removeEventListener('abort', stopped)
  }
}

const identity = (user: ConnectionOptions['user']): UserIdentityInfo =>
  user === undefined
    ? { type: UserTokenType.Anonymous }
    : { type: UserTokenType.UserName, userName: user.name, password: user.password }
