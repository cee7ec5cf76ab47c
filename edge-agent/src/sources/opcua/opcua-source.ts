/** OPC UA as a source: connects, resolves, subscribes, listens to alarms, writes; starts over when anything breaks. */
import { type Clock, ProblemError } from '@millwright/contract'
import type { DataValue } from 'node-opcua'
import { createSessionRunner } from '../../base/session-runner.ts'
import type { TagConfig } from '../../config/schema.ts'
import type { OpcuaConfig } from '../../config/sources/opcua.ts'
import type { Sample, Source, SourceEvents } from '../source.ts'
import { createConditions } from './conditions.ts'
import { type Connection, openConnection } from './connection.ts'
import { parseNodeAddress, resolveNodeAddress } from './node-address.ts'
import { createSubscription, monitor, type SubscribeOptions, type WantedNode } from './subscribe.ts'
import { toSample } from './to-sample.ts'
import { writeNode } from './write.ts'

export interface OpcuaSourceDeps {
  readonly config: OpcuaConfig
  readonly tags: readonly TagConfig[]
  /** Folder for certificates and keys. */
  readonly pki: string
  readonly applicationName: string
  readonly readPassword: (file: string) => string
  readonly clock: Clock
  readonly random: () => number
}

/** Nothing from the server for so long, though it promised a sign every two seconds: the connection is dead. */
const SILENT_MS = 6000
/** Nodes that were not there are asked for again so often. */
const ASK_AGAIN_MS = 30_000

export function createOpcuaSource(deps: OpcuaSourceDeps): Source {
  const { config, tags, clock } = deps
  let events: SourceEvents | undefined
  // Values of one turn of the event loop go on together.
  let collected: Sample[] = []
  const collect = (name: string, value: DataValue) => {
    if (collected.push(toSample(name, value)) === 1)
      queueMicrotask(() => {
        const samples = collected
        collected = []
        events?.samples(samples)
      })
  }
  const conditions = createConditions({
    rules: Array.isArray(config.alarms) ? config.alarms : [],
    onAlarm: alarm => events?.alarm(alarm),
    onComplete: standing => events?.standing(standing),
  })

  const runner = createSessionRunner<Connection>({
    clock,
    random: deps.random,
    open,
    online: () => events?.state({ kind: 'online' }),
    offline: detail => events?.state({ kind: 'offline', detail }),
  })

  async function open(lost: (detail: string) => void, signal: AbortSignal): Promise<Connection> {
    events?.state({ kind: 'connecting' })
    const { user, endpoint } = config
    const connection = await openConnection(
      {
        endpoint,
        policy: config.security?.policy ?? 'None',
        mode: config.security?.mode ?? 'None',
        trustAll: config.trust !== 'list',
        ...(user ? { user: { name: user.name, password: deps.readPassword(user.passwordFile) } } : {}),
        pki: deps.pki,
        applicationName: deps.applicationName,
      },
      lost,
      signal,
    )
    try {
      return await subscribe(connection, lost)
    } catch (error) {
      await connection.close()
      throw error
    }
  }

  async function subscribe(connection: Connection, lost: (detail: string) => void): Promise<Connection> {
    const { session, namespaces } = connection
    let sign = clock.now()
    const options: SubscribeOptions = {
      publishingMs: config.publishingMs ?? 250,
      samplingMs: config.samplingMs ?? 250,
      queueSize: config.queueSize ?? 20,
      onValue: collect,
      onFault: ({ name, nodeId }, detail) => events?.fault(name, `${nodeId}: ${detail}`),
      onSign: () => {
        sign = clock.now()
      },
      onLost: lost,
    }
    let missing = await monitor(session, resolved(namespaces), options)
    if (config.alarms !== undefined && config.alarms !== false)
      await conditions.listen(session, await createSubscription(session, options))
    const stopWatching = clock.every(1000, () => {
      if (clock.now() - sign > SILENT_MS) lost('the server is silent')
    })
    const stopAsking = clock.every(ASK_AGAIN_MS, () => {
      if (missing.length === 0) return
      const asked = missing
      missing = []
      monitor(session, asked, { ...options, onFault: () => {} }).then(
        still => {
          missing = still
        },
        () => {
          missing = asked
        },
      )
    })
    return {
      ...connection,
      close: () => {
        stopWatching()
        stopAsking()
        return connection.close()
      },
    }
  }

  const nodeOf = (tag: TagConfig, namespaces: readonly string[]) => {
    const address = parseNodeAddress(tag.address)
    return address.ok ? resolveNodeAddress(address.value, namespaces) : address
  }

  const resolved = (namespaces: readonly string[]): WantedNode[] =>
    tags.flatMap(tag => {
      const nodeId = nodeOf(tag, namespaces)
      if (nodeId.ok) return [{ name: tag.name, nodeId: nodeId.value }]
      events?.fault(tag.name, nodeId.fault)
      return []
    })

  const offline = { kind: 'failed', detail: `${config.endpoint} is not connected` } as const

  return {
    id: config.id,
    kind: 'opcua',
    start(given) {
      events = given
      runner.start()
    },
    async stop() {
      await runner.stop()
      events = undefined
    },
    async write(name, value) {
      const connection = runner.link()
      const tag = tags.find(candidate => candidate.name === name)
      if (connection === undefined || tag === undefined) return offline
      const nodeId = nodeOf(tag, connection.namespaces)
      if (!nodeId.ok) return { kind: 'refused', detail: nodeId.fault }
      try {
        return await writeNode(connection.session, nodeId.value, value, ms => clock.sleep(ms))
      } catch (error) {
        return { kind: 'failed', detail: detailOf(error) }
      }
    },
    async acknowledge(condition, person, comment) {
      const connection = runner.link()
      if (connection === undefined) return offline
      try {
        const text = comment === '' ? person : `${person}: ${comment}`
        return await conditions.acknowledge(connection.session, condition, text)
      } catch (error) {
        return { kind: 'failed', detail: detailOf(error) }
      }
    },
  }
}

const detailOf = (error: unknown): string =>
  error instanceof ProblemError ? error.problem.code : error instanceof Error ? error.message : String(error)
