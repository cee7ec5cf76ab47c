/**
 * The Sparkplug B host application: births to tags, data to readings, deaths to staleness, gaps to rebirth requests.
 * Messages of a node are dealt with in the order of their numbers, as far as the reorder timeout allows. Data that can be
 * read is used whatever the node's state: the road to the historian never waits for a birth.
 */
import {
  BDSEQ_METRIC,
  type Clock,
  type DecodedPayload,
  decodeSparkplug,
  definitionOfMetric,
  LEFT_PROPERTY,
  type ProblemCode,
  parser,
  parseSparkplugTopic,
  REBIRTH_METRIC,
  type Reading,
  readingOf,
  SEQUENCE_PROPERTY,
  type SparkplugMetric,
  type SparkplugTopic,
  TagDefinition,
  TagName,
  VENDOR,
  VENDOR_METRIC,
} from '@millwright/contract'
import { createNodeMetrics, type NodeMetrics } from '../domain/node-metrics.ts'
import { arrive, expire, newWindow, type Released, type ReorderWindow, restart } from '../domain/reorder.ts'
import { type NodeState, stepNode, unheard, unknownNode } from '../domain/sparkplug-node.ts'
import type { ReadingItem } from '../stores/readings.ts'
import type { TagRegistry } from '../tags/registry.ts'

export interface NodeInfo extends NodeState {
  readonly lastSeen: number
  /** Numbers what it sends, so that everything is stored once; undefined until it has said so. */
  readonly numbers: boolean | undefined
}

export interface SparkplugHost {
  message(topic: string, payload: Uint8Array): void
  /** The link to the broker is gone: nothing is known of any node until it is heard again. */
  linkDown(): void
  /** The node has no right to be here any more. */
  drop(agent: string): void
  /** Nodes with what is known of them. */
  nodes(): ReadonlyMap<string, NodeInfo>
  node(agent: string): NodeInfo | undefined
  /** Resolves when births that came are in the tag registry. */
  idle(): Promise<void>
  /** Deals with what is held, and stops. */
  close(): void
}

export interface SparkplugHostDeps {
  readonly clock: Clock
  readonly tags: Pick<TagRegistry, 'learn' | 'of' | 'get'>
  /** How long a missing number is waited for, ms; 0: not at all. */
  readonly reorderMs: number
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
const LOOK_MS = 100
/** Device of a node's own values. */
const NODE_DEVICE = 'agent'
/** Nodes kept: a flood of made-up names must not grow without bound. */
const MOST_NODES = 10_000

const tagName = parser(TagName)
const tagDefinition = parser(TagDefinition)

interface Message {
  readonly topic: SparkplugTopic
  readonly text: string
  readonly payload: DecodedPayload
}

interface Known {
  state: NodeState
  lastSeen: number
  askedAt: number
  numbers: boolean | undefined
  readonly metrics: NodeMetrics
  readonly window: ReorderWindow<Message>
}

export function createSparkplugHost(deps: SparkplugHostDeps): SparkplugHost {
  const { clock, reorderMs } = deps
  const nodes = new Map<string, Known>()
  let learning: Promise<unknown> = Promise.resolve()
  const isTagName = (name: string) => tagName.parse(name).ok

  const known = (agent: string): Known | undefined => {
    const node = nodes.get(agent)
    if (node !== undefined || nodes.size >= MOST_NODES) return node
    const now = clock.now()
    const made: Known = {
      state: unknownNode(now),
      lastSeen: now,
      askedAt: Number.NEGATIVE_INFINITY,
      numbers: undefined,
      metrics: createNodeMetrics(agent, isTagName),
      window: newWindow(),
    }
    nodes.set(agent, made)
    return made
  }

  function decoded(topicText: string, bytes: Uint8Array): DecodedPayload | undefined {
    try {
      return decodeSparkplug(bytes)
    } catch (error) {
      deps.onDeadLetter(topicText, 'MW-2006', error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  function message(text: string, bytes: Uint8Array): void {
    const topic = parseSparkplugTopic(text)
    if (topic?.type === 'NCMD' || topic?.type === 'DCMD') return
    const payload = topic === undefined ? undefined : decoded(text, bytes)
    const node = topic === undefined || payload === undefined ? undefined : known(topic.node)
    if (topic === undefined) deps.onDeadLetter(text, 'MW-2006', 'no Sparkplug topic')
    else if (payload !== undefined && node === undefined)
      deps.onDeadLetter(text, 'MW-2006', `more than ${MOST_NODES} nodes`)
    if (topic === undefined || payload === undefined || node === undefined) return
    node.lastSeen = clock.now()
    const message = { topic, text, payload }
    if (topic.type === 'NBIRTH') {
      // What is held is of the session before, whose aliases end here.
      begin(node, payload.seq)
      take(node, message, false)
    } else if (topic.type === 'NDEATH') {
      // A death has no number: it comes behind everything of its session.
      if (bdSeqOf(payload) === node.state.bdSeq) begin(node, undefined)
      take(node, message, false)
    } else released(node, arrive(node.window, payload.seq, message, node.lastSeen, reorderMs))
  }

  /** A new count; what was held of the old one is dealt with. */
  function begin(node: Known, seq: number | undefined): void {
    for (const held of restart(node.window, seq).ready) take(node, held, false)
  }

  function released(node: Known, { ready, gap }: Released<Message>): void {
    for (const [index, message] of ready.entries()) take(node, message, gap && index === 0)
  }

  function take(node: Known, message: Message, gap: boolean): void {
    const { topic, payload } = message
    step(topic, payload, node, gap)
    if (topic.type === 'NBIRTH' || topic.type === 'DBIRTH') birth(node, message)
    if (topic.type === 'NDATA' || topic.type === 'DDATA') data(node, message)
  }

  function step(topic: SparkplugTopic, payload: DecodedPayload, node: Known, gap: boolean): void {
    const before = node.state
    const { device } = topic
    const result = stepNode(
      before,
      { type: topic.type, device, bdSeq: bdSeqOf(payload), timestamp: payload.timestamp, gap },
      clock.now(),
    )
    node.state = result.next
    if (topic.type === 'NBIRTH') node.metrics.forget()
    if (result.stale !== undefined) deps.onStale(deps.tags.of(topic.node, result.stale.device))
    if (before !== result.next) deps.onNodeChange(topic.node)
    if (result.rebirth !== undefined) ask(topic.node, node, result.rebirth)
  }

  function ask(agent: string, node: Known, why: string): void {
    if (clock.now() - node.askedAt < REBIRTH_PAUSE_MS) return
    node.askedAt = clock.now()
    deps.askRebirth(agent, why)
  }

  function birth(node: Known, { topic, text, payload }: Message): void {
    const device = topic.device ?? NODE_DEVICE
    if (topic.type === 'NBIRTH')
      node.numbers = payload.metrics.some(m => m.name === VENDOR_METRIC && m.value === VENDOR)
    const own = node.numbers === true
    const unusable = (what: string) => deps.onDeadLetter(text, 'MW-2006', what)
    const definitions: TagDefinition[] = []
    const readings: Reading[] = []
    for (const { tag, metric } of node.metrics.birth(topic.device, payload.metrics, own, unusable)) {
      const definition = definitionOfMetric(tag, topic.node, device, metric)
      const parsed = tagDefinition.parse(definition, definition.tag)
      if (!parsed.ok) {
        unusable(parsed.fault.map(fault => `${fault.place} ${fault.values?.detail}`).join('; '))
        continue
      }
      // What only still waits to be sent says nothing new of a tag that is known.
      const left = metric.properties?.[LEFT_PROPERTY]?.value === true
      if (!left || deps.tags.get(tag) === undefined) definitions.push(parsed.value)
      const reading = readingOf(tag, metric, payload.timestamp)
      if (isStorable(reading)) readings.push(reading)
    }
    if (definitions.length > 0) learning = learning.then(() => deps.tags.learn(definitions)).catch(() => undefined)
    // "No value yet" is no news: what was known stays, stale until its source speaks.
    deps.onLive(readings.filter(reading => reading.value !== null))
    // Our agents send every reading as data too, numbered. Another vendor's node says a value in its birth only.
    if (!own && readings.length > 0) deps.onItem({ agent: topic.node, readings })
    deps.onNodeChange(topic.node)
  }

  function data(node: Known, { topic, text, payload }: Message): void {
    const sequence = payload.metrics[0]?.properties?.[SEQUENCE_PROPERTY]?.value
    const numbered = typeof sequence === 'number' && Number.isSafeInteger(sequence) && sequence >= 0
    if (numbered) node.numbers = true
    const own = node.numbers === true
    const unusable: string[] = []
    const readings: Reading[] = []
    let live: Reading[] | undefined
    let unborn = false
    const metrics = node.metrics.data(topic.device, payload.metrics, own, (what, why) => {
      unusable.push(what)
      unborn ||= why === 'unborn'
    })
    for (const { tag, metric } of metrics) {
      const reading = readingOf(tag, metric, payload.timestamp)
      if (!isStorable(reading)) {
        unusable.push(`${tag} at ${reading.t}`)
        continue
      }
      readings.push(reading)
      if (metric.isHistorical !== true) {
        live ??= []
        live.push(reading)
      }
    }
    if (unusable.length > 0)
      deps.onDeadLetter(text, 'MW-2006', `no readings: ${unusable.slice(0, 20).join(', ')} (${unusable.length})`)
    if (live !== undefined) deps.onLive(live)
    if (unborn) {
      ask(topic.node, node, 'no_birth')
      // Taken in part, the rest of the item would be marked as stored: it comes again behind the births.
      if (numbered) return
    }
    if (readings.length > 0) deps.onItem({ agent: topic.node, readings, ...(numbered ? { sequence } : {}) })
    else if (numbered) deps.onRejected(topic.node, sequence, 'MW-2006', 'no usable reading')
  }

  const stopLooking = clock.every(LOOK_MS, () => {
    for (const node of nodes.values())
      if (node.window.heldSince !== undefined) released(node, expire(node.window, clock.now(), reorderMs))
  })

  const infoOf = ({ state, lastSeen, numbers }: Known): NodeInfo => ({ ...state, lastSeen, numbers })
  const silence = (agent: string, node: Known) => {
    begin(node, undefined)
    node.state = unheard(node.state, clock.now())
    deps.onStale(deps.tags.of(agent))
    deps.onNodeChange(agent)
  }

  return {
    message,
    linkDown() {
      for (const [agent, node] of nodes) silence(agent, node)
    },
    drop(agent) {
      const node = nodes.get(agent)
      if (node !== undefined) silence(agent, node)
    },
    nodes: () => new Map([...nodes].map(([agent, node]) => [agent, infoOf(node)])),
    node: agent => {
      const node = nodes.get(agent)
      return node === undefined ? undefined : infoOf(node)
    },
    idle: () => learning.then(() => undefined),
    close() {
      stopLooking()
      for (const node of nodes.values()) begin(node, undefined)
    },
  }
}

const bdSeqOf = (payload: DecodedPayload): number | undefined => {
  const value = payload.metrics.find(metric => metric.name === BDSEQ_METRIC)?.value
  return typeof value === 'number' ? value : undefined
}

const isStorable = ({ t }: Reading): boolean => Number.isSafeInteger(t) && t > 0 && t < 8.64e15

/** Asks a node for its births (Sparkplug 3.0.0, 5.16). */
export const rebirthMetric = (now: number): SparkplugMetric => ({
  name: REBIRTH_METRIC,
  type: 'Boolean',
  value: true,
  timestamp: now,
})
