/**
 * The plant server as one list: stores ← ingest ← broker, then what people use, then HTTP.
 *
 *   agents ─MQTT─▶ broker ─▶ ingest ─▶ historian · records · images
 *                    ▲          └────▶ live values ─▶ hub ─WebSocket─▶ browsers
 *                    └── commander ◀── handlers ◀─HTTP── browsers, command line
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Clock, ProblemError } from '@millwright/contract'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import manifest from '../package.json' with { type: 'json' }
import { createApp } from './app.ts'
import { type Broker, startEmbeddedBroker } from './broker/embedded-broker.ts'
import { createSendAudited } from './commands/audited.ts'
import { createCommander } from './commands/commander.ts'
import type { Config } from './config/schema.ts'
import { retentionOf } from './domain/history/retention.ts'
import { DEFAULT_IMAGE_RULES } from './domain/image-keeping.ts'
import { joinHandlers } from './http/join-handlers.ts'
import { createAuthenticator, isLoopback } from './http/plugins/auth.ts'
import { defaultLimits, type Limits } from './http/plugins/limits.ts'
import { createWriteTag } from './http/routes/commands.ts'
import { createDeadLetters } from './ingest/dead-letters.ts'
import { type Ingest, startIngest } from './ingest/ingest.ts'
import type { AssignLot, Push } from './ingest/store-event.ts'
import { createPlanningPart } from './mes/wire.ts'
import { createMetrics } from './metrics/metrics.ts'
import type { Parts } from './parts.ts'
import { createActionProposals } from './proposals/action-proposals.ts'
import { MODELS, readModelCards } from './registry/model-cards.ts'
import { createDemoUsers } from './security/demo-users.ts'
import { createEnrolments } from './security/enrolment.ts'
import { passwords as argon2, type Passwords } from './security/passwords.ts'
import { createSessions } from './security/sessions.ts'
import { keepHistory } from './stores/history-keeper.ts'
import { keepImages } from './stores/image-retention.ts'
import { openStores } from './stores/open-stores.ts'
import { createHub } from './stream/hub.ts'
import { createLiveValues } from './stream/live-values.ts'
import { createAgents } from './tags/agents.ts'
import { createTagRegistry } from './tags/registry.ts'

export interface PlantDeps {
  readonly config: Config
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** Folder for the server's files: it is ours alone. */
  readonly folder: string
  /** Password for the demo sign-ins of a first start; drawn where absent. */
  readonly demoPassword?: string | undefined
  readonly limits?: Limits
  readonly passwords?: Passwords
  /** Refuse replies that do not fit the contract: for tests. */
  readonly checkReplies?: boolean
  /** The lot of a capture; by default the day's. */
  readonly assignLot?: AssignLot
  /** Knowledge documents by file name; none where absent. */
  readonly knowledge?: ReadonlyMap<string, string>
}

export interface Plant {
  readonly app: FastifyInstance
  readonly parts: Parts
  /** Of the local administrator. */
  readonly localToken: string
  readonly mqttUrl: string
  /** Listens. `demo`: only on the start that created the demo sign-ins, to be printed once. */
  listen(): Promise<{
    url: string
    demo: { names: string[]; password: string } | undefined
    /** Endpoint of the OPC UA server, where it is on. */
    opcua: string | undefined
  }>
  close(): Promise<void>
}

const DAY = 86_400_000
const CHECKPOINT_MS = 300_000
const SERVER_USER = 'plant-server'
const HMI = fileURLToPath(new URL('../../hmi/dist', import.meta.url))

export async function createPlant(deps: PlantDeps): Promise<Plant> {
  const { config, clock, log, folder } = deps
  const passwords = deps.passwords ?? argon2
  const loopbackOnly = config.http.host === 'localhost' || isLoopback(config.http.host)

  const metrics = createMetrics()
  const stores = await openStores(folder, clock, error => log.warn({ code: 'MW-2016', err: error }, 'no compaction'))
  const { db, readings, images, people, audit } = stores
  const enrolments = await createEnrolments({
    records: stores.agentRecords,
    configured: config.agents,
    group: config.group,
    hostId: config.hostId,
    clock,
    onRevoked(agent) {
      broker?.disconnect(agent)
      ingest.drop(agent)
      onNodeChange(agent)
    },
  })
  const tags = await createTagRegistry({ records: stores.tagRecords, clock })

  const live = createLiveValues()
  for (const [tag, [t, value, quality]] of await readings.latest(clock.now() - DAY))
    if (tags.get(tag) !== undefined) live.seed([{ tag, t, value, quality, stale: true }])
  const hub = createHub({ clock, live, definition: tags.get })

  const identity = { user: SERVER_USER, password: randomBytes(32).toString('base64url') }
  let broker: Broker | undefined
  if (config.broker.kind === 'embedded')
    broker = await startEmbeddedBroker({
      ...config.broker,
      ...(config.broker.persistence === true ? { file: join(folder, 'broker', 'kept.bin') } : {}),
      clock,
      group: config.group,
      server: identity,
      isAgent: enrolments.isAgent,
      onFault: error => log.warn({ code: 'MW-2016', err: error }, 'broker keeps nothing'),
      onRefused: (client, what) => {
        metrics.brokerRefused()
        log.warn({ client, what }, 'refused by the broker')
      },
    })
  const mqttUrl = broker?.url ?? (config.broker.kind === 'outside' ? config.broker.url : '')

  const newId = (prefix: string) => `${prefix}-${randomUUID()}`
  const agents = createAgents({
    nodes: () => ingest.nodes(),
    node: agent => ingest.node(agent),
    enrolment: enrolments.of,
    enrolled: () => enrolments.list().map(each => each.agent),
    tags,
    live,
    clock,
  })
  const onNodeChange = (agent: string) => {
    const status = agents.get(agent)
    if (status !== undefined) hub.publish({ type: 'agent', agent: status })
  }
  const commander = createCommander({
    records: stores.commands,
    clock,
    newId,
    group: config.group,
    publish: (topic, payload) => ingest.publish(topic, payload),
    isOnline: agents.isOnline,
    isEnrolled: agent => ['configured', 'enrolled'].includes(enrolments.of(agent)),
  })
  const proposals = createActionProposals({ records: stores.actionProposals, audit, hub, clock, newId })
  const planning = createPlanningPart({ db, proposals, audit, hub, clock, newId, timeZone: config.timeZone })
  const onPush = (message: Push) => {
    if (message.type === 'command_result') commander.answered(message.result)
    hub.publish(message)
  }
  const deadLetters = createDeadLetters({ records: stores.deadLetters, clock, metrics })
  const ingest: Ingest = await startIngest({
    broker: config.broker.kind === 'outside' ? config.broker : { url: broker?.ownUrl ?? '', ...identity },
    group: config.group,
    hostId: config.hostId,
    reorderMs: config.reorderMs ?? 2000,
    refusal: agent => (enrolments.isRevoked(agent) ? 'MW-2060' : undefined),
    clock,
    readings,
    db,
    images,
    tags,
    live,
    hub,
    metrics,
    deadLetters,
    assignLot: deps.assignLot ?? ((station, t) => planning.assignLot(station, t)),
    onPush,
    onNodeChange,
    log,
  })

  const sessions = createSessions({ people, passwords, clock, loopbackOnly })
  const send = createSendAudited({ commander, audit })
  const writeTag = createWriteTag({ tags, live, send })
  proposals.registerExecutor('write_tag', async (payload, caller, reason) => {
    const { tag, value } = payload as { tag: string; value: number | boolean }
    const result = await writeTag({ tag, value, reason }, caller)
    if (result.status === 'done')
      return { zh: `已写入 ${tag}，回读 ${result.readBack}`, en: `${tag} written, read back ${result.readBack}` }
    throw new ProblemError({ code: 'MW-1008', place: tag, values: { detail: result.text?.en ?? result.status } })
  })

  const parts: Parts = {
    ...stores,
    config,
    version: manifest.version,
    timeZone: config.timeZone,
    clock,
    newId,
    sessions,
    passwords,
    tags,
    live,
    agents,
    enrolments,
    commander,
    send,
    writeTag,
    hub,
    proposals,
    planning,
    knowledge: deps.knowledge ?? new Map(),
    models: () =>
      readModelCards(MODELS, (place, detail) => log.warn({ code: 'MW-1028', place, detail }, 'model left out')),
    imageStored: sha256 => ingest.imageStored(sha256),
  }
  const handlers = joinHandlers(parts, problem => log.warn({ code: problem.code, problem }, 'assistant'))

  const localToken = randomBytes(32).toString('base64url')
  const app = await createApp({
    handlers,
    auth: createAuthenticator({ sessions, people, localToken, isAgent: enrolments.isAgent }),
    sessions,
    hub,
    metrics,
    clock,
    limits: deps.limits ?? defaultLimits,
    version: manifest.version,
    log,
    pages: HMI,
    checkReplies: deps.checkReplies ?? false,
  })
  metrics.gauge('millwright_stream_connections', 'Browsers on the live stream', () => hub.connections)
  metrics.gauge(
    'millwright_agents_online',
    'Agents that are connected',
    () => agents.all().filter(a => a.online).length,
  )

  const stopCheckpoints = clock.every(CHECKPOINT_MS, () => {
    readings.checkpoint().catch(error => log.warn({ code: 'MW-2016', err: error }, 'no checkpoint'))
  })

  const stopRetention = keepHistory({
    readings,
    keep: retentionOf(config.retention ?? []),
    clock,
    onRetained: rows => log.info({ rows }, 'retention'),
    onFault: error => log.warn({ code: 'MW-2016', err: error }, 'no retention'),
  })

  const stopImages = keepImages({
    images,
    db,
    rules: config.images ?? DEFAULT_IMAGE_RULES,
    clock,
    onRemoved: (count, bytes) => log.info({ count, bytes }, 'images past their time'),
    onFault: error => log.warn({ code: 'MW-2016', err: error }, 'images not looked through'),
  })

  let opcua: { readonly endpoint: string; stop(): Promise<void> } | undefined

  return {
    app,
    parts,
    localToken,
    mqttUrl,
    async listen() {
      const { host, port } = config.http
      try {
        const url = await app.listen({ host, port })
        // Only now: a password that nobody is told would be lost.
        const wanted = config.demo && loopbackOnly
        const people = wanted ? await createDemoUsers({ ...parts, now: clock.now() }, deps.demoPassword) : undefined
        if (config.opcuaServer !== undefined) {
          // Loaded only where it is wanted: its library is the largest of all.
          const { startFromParts } = await import('./opcua-server/from-parts.ts')
          opcua = await startFromParts(parts, config.opcuaServer, folder, log)
        }
        return { url, demo: people, opcua: opcua?.endpoint }
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error
        throw new ProblemError({ code: 'MW-2014', place: 'http', values: { port, detail: message } })
      }
    },
    async close() {
      stopCheckpoints()
      stopRetention()
      stopImages()
      await opcua?.stop()
      hub.stop()
      await app.close()
      await ingest.close()
      await broker?.close()
      await planning.close()
      await stores.close()
    },
  }
}
