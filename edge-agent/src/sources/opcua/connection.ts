/**
 * One connection to an OPC UA server: wire, secure channel, session, namespaces. No reconnecting inside: the session machine
 * does that. A connection may take up the session of the one before, which the server keeps for a while (OPC 10000-4, 6.7).
 */
import { readFileSync } from 'node:fs'
import { type Clock, ProblemError } from '@millwright/contract'
import {
  type ClientSession,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  setDebugLogger,
  setErrorLogger,
  setWarningLogger,
  type UserIdentityInfo,
  UserTokenType,
} from 'node-opcua'
import { refusal } from '../../base/session-runner.ts'
import { certificateManager } from './certificates.ts'
import { isRefused, isSessionGone, isUntrusted, textOf } from './faults.ts'
import { syncPki } from './pki-on-disk.ts'
import { within } from './within.ts'

export type Identity =
  | { readonly name: string; readonly password: string }
  /** PEM files: certificate and its key. */
  | { readonly certificateFile: string; readonly privateKeyFile: string }

export interface ConnectionOptions {
  readonly endpoint: string
  readonly policy: string
  readonly mode: string
  /** Accept any server certificate; otherwise only those in `pki/trusted/certs`. */
  readonly trustAll: boolean
  readonly user?: Identity
  /** Folder for certificates and keys. */
  readonly pki: string
  readonly applicationName: string
  readonly clock: Clock
}

export interface Connection {
  readonly session: ClientSession
  readonly namespaces: readonly string[]
  /** The session of before was taken up. */
  readonly resumed: boolean
  /** Takes leave of the server: session and subscriptions end there. Never rejects. */
  close(): Promise<void>
  /** Lets go of the wire only: the server keeps the session until it times out. Never rejects. */
  leave(): Promise<void>
}

/** The library writes to stdout, which is for machines; what matters comes as errors and events. */
function quieten(): void {
  for (const set of [setDebugLogger, setErrorLogger, setWarningLogger]) set(() => {})
}

const CLOSE_MS = 1500
/**
 * A step of connecting that takes longer has failed, ms. With the longest back-off counted from the start of a try, a server
 * that returns at the worst moment is found within 5 s.
 */
const STEP_MS = 3000
/** First words of the wire, ms: what a dropped packet would leave open. */
const HELLO_MS = 1500
/** A session that the server has not heard of for so long is gone there: longer than a plug lies on the floor, ms. */
export const SESSION_TIMEOUT_MS = 300_000

export async function openConnection(
  options: ConnectionOptions,
  lost: (detail: string) => void,
  signal: AbortSignal,
  before?: ClientSession,
): Promise<Connection> {
  quieten()
  const { endpoint, trustAll, clock } = options
  const manager = await certificateManager(options.pki, trustAll)
  // What a person approved or withdrew counts at once, whether or not the file system tells.
  if (!trustAll) await manager.reloadCertificates()
  const client = OPCUAClient.create({
    applicationName: options.applicationName,
    clientName: options.applicationName,
    clientCertificateManager: manager,
    securityMode: MessageSecurityMode[options.mode as keyof typeof MessageSecurityMode],
    securityPolicy: SecurityPolicy[options.policy as keyof typeof SecurityPolicy],
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 },
    endpointMustExist: false,
    keepSessionAlive: false,
    keepPendingSessionsOnDisconnect: true,
    transportTimeout: HELLO_MS,
    requestedSessionTimeout: SESSION_TIMEOUT_MS,
  })
  let gone = false
  const end = async (farewell?: () => Promise<unknown>) => {
    if (gone) return
    gone = true
    const all = async () => {
      await farewell?.().catch(() => {})
      await client.disconnect().catch(() => {})
    }
    await Promise.race([all(), clock.sleep(CLOSE_MS)])
  }
  const say = (detail: string) => {
    if (!gone) lost(detail)
  }
  const stopped = () => void end()
  signal.addEventListener('abort', stopped, { once: true })
  client.on('close', error => say(error?.message ?? 'connection closed'))
  client.on('connection_lost', () => say('connection lost'))
  client.on('abort', () => say('connection aborted'))
  const step = <T>(what: string, promise: Promise<T>) => within(clock, STEP_MS, what, promise)
  try {
    await step('connect', client.connect(endpoint))
    // The first connection makes the client's certificate.
    if (before === undefined) syncPki(options.pki)
    const resumed = before !== undefined && (await takeUp(client, before, step))
    const session = resumed ? before : await step('create session', client.createSession(identity(options.user)))
    // The library would make another session behind our back, without its subscriptions.
    Object.assign(session, { recursive_repair_detector: 1 })
    const namespaces = await step('read namespaces', session.readNamespaceArray())
    if (signal.aborted) throw new Error('stopped')
    return { session, namespaces, resumed, close: () => end(() => session.close(true)), leave: () => end() }
  } catch (error) {
    void end()
    throw faultOf(error, options)
  } finally {
    signal.removeEventListener('abort', stopped)
  }
}

/** True where the server still knew the session; false where it did not; throws where it did not answer. */
async function takeUp(
  client: OPCUAClient,
  session: ClientSession,
  step: <T>(what: string, promise: Promise<T>) => Promise<T>,
): Promise<boolean> {
  try {
    await step('activate session', client.reactivateSession(session))
    return true
  } catch (error) {
    const text = textOf(error)
    // Whatever the server has against the old session, it may take a new one.
    if (isSessionGone(text) || isRefused(text)) return false
    throw error
  }
}

function faultOf(error: unknown, { endpoint, trustAll }: ConnectionOptions): Error {
  const detail = textOf(error)
  if (!trustAll && isUntrusted(detail)) {
    const problem = new ProblemError({ code: 'MW-1012', values: { endpoint, detail: reasonOf(detail) } })
    return Object.assign(problem, { refused: true })
  }
  return isRefused(detail) ? refusal(detail, error) : new Error(detail, { cause: error })
}

const reasonOf = (detail: string): string => /Bad\w+/.exec(detail)?.[0] ?? detail

function identity(user: Identity | undefined): UserIdentityInfo {
  if (user === undefined) return { type: UserTokenType.Anonymous }
  if ('name' in user) return { type: UserTokenType.UserName, userName: user.name, password: user.password }
  const pem = readFileSync(user.certificateFile, 'utf8')
  const base64 = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END/.exec(pem)?.[1] ?? ''
  return {
    type: UserTokenType.Certificate,
    certificateData: Buffer.from(base64, 'base64'),
    privateKey: readFileSync(user.privateKeyFile, 'utf8'),
  }
}
