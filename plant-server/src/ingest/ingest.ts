/**
 * From the broker into the stores:
 *
 *   broker ─▶ spBv1.0/…  ─▶ sparkplug host ─▶ batcher ─▶ historian ─┐
 *          ─▶ …/event/…  ─▶ event queue    ─▶ records ──────────────┴─▶ confirmations ─▶ broker
 *                             both ─▶ live values ─▶ hub
 */
import {
  type Clock,
  type Confirmation,
  encodeSparkplug,
  type ProblemCode,
  parseOwnTopic,
  parseSparkplugTopic,
  topics,
} from '@millwright/contract'
import type { Metrics } from '../metrics/metrics.ts'
import { createEventMarks } from '../stores/event-marks.ts'
import type { ImageStore } from '../stores/images.ts'
import type { ReadingItem, ReadingStore, StoredElsewhere } from '../stores/readings.ts'
import type { RecordsDb } from '../stores/records.ts'
import type { LiveHub } from '../stream/hub.ts'
import type { LiveValues } from '../stream/live-values.ts'
import type { TagRegistry } from '../tags/registry.ts'
import { createBatcher } from './batcher.ts'
import { createConfirmations } from './confirmations.ts'
import type { DeadLetters } from './dead-letters.ts'
import { createEventQueue, type EventQueue } from './event-queue.ts'
import { type MqttLink, openMqttLink } from './mqtt-link.ts'
import { createSparkplugHost, rebirthMetric, type SparkplugHost } from './sparkplug-host.ts'
import type { AssignLot, Push } from './store-event.ts'

const FAREWELL_MS = 1000

export interface IngestDeps {
  readonly broker: { readonly url: string; readonly user: string; readonly password: string; readonly ca?: string }
  readonly group: string
  readonly hostId: string
  /** Sparkplug's reorder timeout, ms. */
  readonly reorderMs: number
  /** Why nothing of this agent is taken; undefined: it may speak. */
  readonly refusal: (agent: string) => ProblemCode | undefined
  readonly clock: Clock
  readonly readings: ReadingStore
  readonly db: RecordsDb
  readonly images: Pick<ImageStore, 'has'>
  readonly tags: TagRegistry
  readonly live: LiveValues
  readonly hub: LiveHub
  readonly metrics: Metrics
  readonly deadLetters: DeadLetters
  readonly assignLot: AssignLot
  /** Each event that is newly stored, after the commit. */
  readonly onPush: (message: Push) => void
  readonly onNodeChange: (agent: string) => void
  readonly log: { warn(fields: object, text: string): void; info(fields: object, text: string): void }
}

export interface Ingest {
  /** Publishes under the server's identity. */
  publish: MqttLink['publish']
  nodes: SparkplugHost['nodes']
  node: SparkplugHost['node']
  /** The agent's rights are gone: it is offline from here, its values old. */
  drop: SparkplugHost['drop']
  imageStored: EventQueue['imageStored']
  readonly up: boolean
  close(): Promise<void>
}

export async function startIngest(deps: IngestDeps): Promise<Ingest> {
  const { clock, group, hostId, readings, metrics, live, hub, log } = deps
  const marks = createEventMarks(deps.db)
  const describe = (error: unknown) => (error instanceof Error ? error.message : String(error))
  const deadLetter = (topic: string, code: ProblemCode, detail: string) => deps.deadLetters.add(topic, code, detail)
  const publishQuietly = (topic: string, payload: string | Uint8Array, qos: 0 | 1 = 1) => {
    // The peer asks or sends again: a link that is down needs no second remedy.
    link.publish(topic, payload, { qos }).catch(error => log.warn({ topic, detail: describe(error) }, 'not published'))
  }

  const confirmations = createConfirmations({
    clock,
    send: (agent, confirmation: Confirmation) =>
      publishQuietly(topics.confirm(group, agent), JSON.stringify(confirmation)),
  })

  const batcher = createBatcher({
    store: readings,
    clock,
    onStored: (items: readonly ReadingItem[], elsewhere: readonly StoredElsewhere[]) => {
      metrics.readingsStored(items.reduce((sum, item) => sum + item.readings.length, 0))
      for (const item of items) if (item.sequence !== undefined) confirmations.stored(item.agent, item.sequence)
      forgetMarks(elsewhere)
    },
    onFault: (error, items) => log.warn({ code: 'MW-2016', detail: describe(error), items }, 'batch not stored'),
  })

  function forgetMarks(elsewhere: readonly StoredElsewhere[]): void {
    const byAgent = Map.groupBy(elsewhere, each => each.agent)
    for (const [agent, list] of byAgent) {
      marks
        .forget(
          agent,
          list.map(each => each.sequence),
        )
        .catch(error => log.warn({ detail: describe(error) }, 'event marks not tidied'))
    }
  }

  const events = createEventQueue({
    db: deps.db,
    images: deps.images,
    assignLot: deps.assignLot,
    isMarked: readings.isStored,
    onStored: (agent, item, repeated) => {
      confirmations.stored(agent, item.seq)
      if (repeated) return metrics.repeated(1)
      metrics.eventStored(item.kind)
      batcher.addElsewhere(agent, item.seq)
    },
    onRejected: confirmations.rejected,
    onDeadLetter: deadLetter,
    onFault: error => log.warn({ code: 'MW-2016', detail: describe(error) }, 'event not stored'),
    push: deps.onPush,
  })
  // A kill may have come between the records' commit and the historian's.
  for (const { agent, seq } of await marks.all()) batcher.addElsewhere(agent, seq)

  const host = createSparkplugHost({
    clock,
    tags: deps.tags,
    reorderMs: deps.reorderMs,
    onItem(item) {
      if (item.sequence !== undefined && readings.isStored(item.agent, item.sequence)) {
        metrics.repeated(1)
        confirmations.stored(item.agent, item.sequence)
      } else batcher.add(item)
    },
    onRejected: confirmations.rejected,
    onLive: values => hub.publishValues(live.update(values)),
    onStale: tags => hub.publishValues(live.markStale(tags)),
    onNodeChange: deps.onNodeChange,
    askRebirth(agent, why) {
      metrics.rebirthAsked(agent)
      log.info({ agent, why }, 'rebirth asked')
      const now = clock.now()
      const topic = topics.sparkplug({ group, type: 'NCMD', node: agent })
      // tck-id-payloads-ncmd-qos, -retain, -seq.
      publishQuietly(topic, encodeSparkplug({ timestamp: now, metrics: [rebirthMetric(now)] }), 0)
    },
    onDeadLetter: deadLetter,
  })

  const stateTopic = topics.state(hostId)
  /** Its own farewell comes back to it. */
  let leaving = false
  let bornAt = clock.now()
  const state = (online: boolean, timestamp = bornAt) => JSON.stringify({ online, timestamp })
  const sayOnline = () =>
    void link
      .publish(stateTopic, state(true), { retain: true })
      .catch(error => log.warn({ detail: describe(error) }, 'host state not published'))

  function onMessage(topic: string, payload: Buffer): void {
    if (topic === stateTopic) {
      onState(payload)
      return
    }
    const own = parseOwnTopic(topic)
    const agent = own?.agent ?? parseSparkplugTopic(topic)?.node
    const refused = agent === undefined ? undefined : deps.refusal(agent)
    if (refused !== undefined) deadLetter(topic, refused, `${agent} is not enrolled any more`)
    else if (own?.kind === 'event') events.add(own.agent, topic, payload.toString('utf8'))
    else if (own === undefined) host.message(topic, payload)
  }
  /** A will of an older connection that comes late must not leave the host offline in the agents' eyes. */
  function onState(payload: Buffer): void {
    try {
      const said: unknown = JSON.parse(payload.toString('utf8'))
      if (typeof said === 'object' && said !== null && 'online' in said && said.online === false && link.up && !leaving)
        sayOnline()
    } catch {
      deadLetter(stateTopic, 'MW-2006', 'host state is not JSON')
    }
  }

  const link: MqttLink = openMqttLink({
    ...deps.broker,
    clientId: `${hostId}-${bornAt}`,
    subscriptions: [stateTopic, ...topics.serverSubscriptions(group)],
    // Birth and will of one connect carry the same time (tck-id-host-topic-phid-birth-payload-timestamp).
    will: () => {
      bornAt = Math.max(bornAt + 1, clock.now())
      return { topic: stateTopic, payload: state(false) }
    },
    onUp: () => {
      log.info({ broker: deps.broker.url }, 'connected to the broker')
      sayOnline()
    },
    onDown: () => {
      log.warn({ broker: deps.broker.url }, 'broker lost')
      host.linkDown()
    },
    onMessage(topic, payload) {
      try {
        onMessage(topic, payload)
      } catch (error) {
        deadLetter(topic, 'MW-0103', describe(error))
        log.warn({ topic, detail: describe(error) }, 'message failed')
      }
    },
    onFault: detail => log.warn({ broker: deps.broker.url, detail }, 'broker fault'),
  })

  return {
    publish: (topic, payload, options) => link.publish(topic, payload, options),
    nodes: () => host.nodes(),
    node: agent => host.node(agent),
    drop: agent => host.drop(agent),
    imageStored: sha256 => events.imageStored(sha256),
    get up() {
      return link.up
    },
    async close() {
      leaving = true
      host.close()
      await events.idle()
      await batcher.close()
      await host.idle()
      confirmations.close()
      // tck-id-host-topic-phid-death-payload-timestamp-disconnect-clean: the time of the farewell itself.
      // A broker that is going too never says that it has the farewell: our will says the same.
      const farewell = link.up
        ? link.publish(stateTopic, state(false, Math.max(bornAt, clock.now())), { retain: true }).catch(() => undefined)
        : undefined
      await Promise.race([farewell, clock.sleep(FAREWELL_MS)])
      await Promise.race([link.close(), clock.sleep(FAREWELL_MS)])
    },
  }
}
