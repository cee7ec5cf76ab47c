/**
 * The Sparkplug B host application: births to tags, data to readings, deaths to staleness, gaps to rebirth requests.
 * Data that can be used is used whatever the node's state: the road to the historian never waits for a birth.
 */
import {
  type Clock,
  definitionOfMetric,
  type ProblemCode,
  parser,
  parseSparkplugTopic,
  type Reading,
  readingsOfMetrics,
  SEQUENCE_PROPERTY,
  type SparkplugMetric,
  type SparkplugTopic,
  TagDefinition,
  TagName,
} from '@millwright/contract'
import { type NodeState, stepNode, unknownNode } from '../domain/sparkplug-node.ts'
import type { ReadingItem } from '../stores/readings.ts'
import type { TagRegistry } from '../tags/registry.ts'
import { type DecodedPayload, decodePayload } from './decode-payload.ts'

export interface SparkplugHost {
  message(topic: string, payload: Buffer): void
  /** The link to the broker is gone: nothing is known of any node until it is heard again. */
  linkDown(): void
  /** Nodes with what is known of them. */
  nodes(): ReadonlyMap<string, NodeState & { readonly since: number; readonly lastSeen: number }>
  /** Resolves when births that came are in the tag registry. */
  idle(): Promise<void>
}

export interface SparkplugHostDeps {
  readonly clock: Clock
  readonly tags: TagRegistry
  readonly onItem: (item: ReadingItem) => void
  readonly onRejected: (agent: string, sequence: number, code: ProblemCode, detail: string) => void
  /** Values for the live picture only. */
  readonly onLive: (readings: readonly Reading[]) => void
  readonly onStale: (tags: readonly string[]) => void
  readonly onNodeChange: (agent: string) => void
  readonly askRebirth: (agent: string, why: string) => void
  readonly onDeadLetter: (topic: string, code: ProblemCode, detail: string) => void
}

/** A node is asked at most this often: the answer needs a moment, and a node that gaps for ever must not be hammered. */
const REBIRTH_PAUSE_MS = 5000
const NODE_METRICS = /^(bdSeq$|Node Control\/|Device Control\/|Properties\/)/
/** Values of the node itself stand under this device. */
const NODE_DEVICE = 'agent'

const tagName = parser(TagName)
const tagDefinition = parser(TagDefinition)

interface Known {
  state: NodeState
  since: number
  lastSeen: number
  askedAt: number
  /** Of another vendor's node: data may name metrics by number only. */
  readonly aliases: Map<number, string>
}

export function createSparkplugHost(deps: SparkplugHostDeps): SparkplugHost {
  const nodes = new Map<string, Known>()
  let learning: Promise<unknown> = Promise.resolve()
  const names = new Set<string>()
  /** Names seen once need no second look; a flood of new ones must not grow without bound. */
  const isName = (tag: string): boolean => {
    if (names.has(tag)) return true
    if (!tagName.parse(tag).ok) return false
    if (names.size < 100_000) names.add(tag)
    return true
  }
  const isStorable = (reading: Reading): boolean =>
    Number.isSafeInteger(reading.t) && reading.t > 0 && reading.t < 8.64e15 && isName(reading.tag)

  const known = (agent: string): Known => {
    const now = deps.clock.now()
    const node = nodes.get(agent) ?? {
      state: unknownNode,
      since: now,
      lastSeen: now,
      askedAt: Number.NEGATIVE_INFINITY,
      aliases: new Map(),
    }
    nodes.set(agent, node)
    return node
  }

  function decoded(topicText: string, bytes: Buffer): DecodedPayload | undefined {
    try {
      return decodePayload(bytes)
    } catch (error) {
      deps.onDeadLetter(topicText, 'MW-2006', error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  function message(topicText: string, bytes: Buffer): void {
    const topic = parseSparkplugTopic(topicText)
    if (topic === undefined) deps.onDeadLetter(topicText, 'MW-2006', 'no Sparkplug topic')
    if (topic === undefined || topic.type === 'NCMD' || topic.type === 'DCMD') return
    const payload = decoded(topicText, bytes)
    if (payload === undefined) return
    if (payload.unsupported > 0)
      deps.onDeadLetter(topicText, 'MW-2006', `${payload.unsupported} metrics of types that are not stored`)
    const node = known(topic.node)
    node.lastSeen = deps.clock.now()
    step(topic, payload, node)
    const metrics = named(payload, node, topicText)
    if (topic.type === 'NBIRTH' || topic.type === 'DBIRTH') birth(topic, metrics, payload.timestamp)
    if (topic.type === 'NDATA' || topic.type === 'DDATA') data(topic, topicText, metrics, payload.timestamp)
  }

  function step(topic: SparkplugTopic, payload: DecodedPayload, node: Known): void {
    const bdSeq = payload.metrics.find(metric => metric.name === 'bdSeq')?.value
    const before = node.state
    const result = stepNode(before, {
      type: topic.type,
      device: topic.device,
      seq: payload.seq,
      bdSeq: typeof bdSeq === 'number' ? bdSeq : undefined,
    })
    node.state = result.next
    if (before.online !== result.next.online) node.since = deps.clock.now()
    if (result.stale !== undefined) deps.onStale(deps.tags.of(topic.node, result.stale.device))
    if (before.online !== result.next.online || before.devices !== result.next.devices) deps.onNodeChange(topic.node)
    if (result.rebirth !== undefined && deps.clock.now() - node.askedAt >= REBIRTH_PAUSE_MS) {
      node.askedAt = deps.clock.now()
      deps.askRebirth(topic.node, result.rebirth)
    }
  }

  /** Metrics with names; those that name no tag are left out and counted. */
  function named(payload: DecodedPayload, node: Known, topicText: string): SparkplugMetric[] {
    const found: SparkplugMetric[] = []
    const unnamed: string[] = []
    for (const { alias, name, ...metric } of payload.metrics) {
      if (alias !== undefined && name !== undefined) node.aliases.set(alias, name)
      const full = name ?? (alias === undefined ? undefined : node.aliases.get(alias))
      if (full === undefined) unnamed.push(`alias ${alias}`)
      else if (!NODE_METRICS.test(full)) found.push({ ...metric, name: full })
    }
    if (unnamed.length > 0) deps.onDeadLetter(topicText, 'MW-2006', `metrics without a name: ${unnamed.join(', ')}`)
    return found
  }

  function birth(topic: SparkplugTopic, metrics: readonly SparkplugMetric[], time: number): void {
    const device = topic.device ?? NODE_DEVICE
    const definitions: TagDefinition[] = []
    const usable: SparkplugMetric[] = []
    for (const metric of metrics) {
      const definition = definitionOfMetric(topic.node, device, metric)
      const parsed = tagDefinition.parse(definition, definition.tag)
      if (parsed.ok) {
        definitions.push(parsed.value)
        usable.push(metric)
      } else {
        const detail = parsed.fault.map(fault => `${fault.place} ${fault.values?.detail}`).join('; ')
        deps.onDeadLetter(`${topic.type} ${topic.node}/${device}`, 'MW-2006', detail)
      }
    }
    learning = learning.then(() => deps.tags.learn(definitions)).catch(() => undefined)
    const readings = readingsOfMetrics(topic.node, usable, time)
    // "No value yet" is no news: what was known stays, stale until its source speaks.
    deps.onLive(readings.filter(reading => reading.value !== null))
    // Our agents send every reading as data too, numbered. Another vendor's node says a value in its birth only.
    const foreign = readings.filter((_, index) => usable[index]?.properties?.source === undefined)
    if (foreign.length > 0) deps.onItem({ agent: topic.node, readings: foreign })
    deps.onNodeChange(topic.node)
  }

  function data(topic: SparkplugTopic, topicText: string, metrics: readonly SparkplugMetric[], time: number): void {
    const sequence = metrics[0]?.properties?.[SEQUENCE_PROPERTY]?.value
    const readings: Reading[] = []
    const live: Reading[] = []
    const all = readingsOfMetrics(topic.node, metrics, time)
    for (const [index, reading] of all.entries()) {
      if (!isStorable(reading)) {
        deps.onDeadLetter(topicText, 'MW-2006', `${reading.tag} at ${reading.t} is no reading`)
        continue
      }
      readings.push(reading)
      if (metrics[index]?.isHistorical !== true) live.push(reading)
    }
    if (live.length > 0) deps.onLive(live)
    const numbered = typeof sequence === 'number' && Number.isSafeInteger(sequence)
    if (readings.length > 0) deps.onItem({ agent: topic.node, readings, ...(numbered ? { sequence } : {}) })
    else if (numbered) deps.onRejected(topic.node, sequence, 'MW-2006', 'no usable reading')
  }

  return {
    message,
    linkDown() {
      for (const [agent, node] of nodes) {
        node.state = { ...unknownNode, devices: new Map([...node.state.devices].map(([name]) => [name, false])) }
        node.since = deps.clock.now()
        deps.onStale(deps.tags.of(agent))
        deps.onNodeChange(agent)
      }
    },
    nodes: () =>
      new Map([...nodes].map(([agent, { state, since, lastSeen }]) => [agent, { ...state, since, lastSeen }])),
    idle: () => learning.then(() => undefined),
  }
}

/** Asks a node for its births (Sparkplug B 3.0, 6.4.18). */
export const rebirthMetric = (now: number): SparkplugMetric => ({
  name: 'Node Control/Rebirth',
  type: 'Boolean',
  value: true,
  timestamp: now,
})
