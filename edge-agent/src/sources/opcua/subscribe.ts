/** Few subscriptions with many items each; a node that is not there is named and holds up none of the others. */
import {
  AttributeIds,
  ClientMonitoredItemGroup,
  type ClientSession,
  type ClientSubscription,
  type DataValue,
  TimestampsToReturn,
} from 'node-opcua'

export interface WantedNode {
  readonly name: string
  readonly nodeId: string
}

export interface SubscribeOptions {
  readonly publishingMs: number
  readonly samplingMs: number
  readonly queueSize: number
  readonly onValue: (name: string, value: DataValue) => void
  readonly onFault: (node: WantedNode, detail: string) => void
  /** Anything at all came from the server. */
  readonly onSign: () => void
  readonly onLost: (detail: string) => void
}

/** Some servers refuse more items in one subscription (Siemens S7-1500: 1000). */
const MOST_ITEMS = 1000
const ITEMS_IN_REQUEST = 200

export async function createSubscription(
  session: ClientSession,
  options: SubscribeOptions,
): Promise<ClientSubscription> {
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: options.publishingMs,
    // The server speaks at least every two seconds, values or not.
    requestedMaxKeepAliveCount: Math.max(3, Math.ceil(2000 / options.publishingMs)),
    requestedLifetimeCount: Math.max(60, Math.ceil(60_000 / options.publishingMs)),
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 10,
  })
  subscription.on('raw_notification', options.onSign)
  subscription.on('keepalive', options.onSign)
  subscription.on('terminated', () => options.onLost('subscription ended'))
  subscription.on('status_changed', status => options.onLost(`subscription: ${status.name}`))
  subscription.on('internal_error', error => options.onLost(error.message))
  return subscription
}

/** Monitors the nodes; resolves with those that the server refused. */
export async function monitor(
  session: ClientSession,
  nodes: readonly WantedNode[],
  options: SubscribeOptions,
): Promise<WantedNode[]> {
  const refused: WantedNode[] = []
  for (let from = 0; from < nodes.length; from += MOST_ITEMS) {
    const subscription = await createSubscription(session, options)
    const mine = nodes.slice(from, from + MOST_ITEMS)
    for (let at = 0; at < mine.length; at += ITEMS_IN_REQUEST)
      refused.push(...(await monitorSome(subscription, mine.slice(at, at + ITEMS_IN_REQUEST), options)))
  }
  return refused
}

async function monitorSome(
  subscription: ClientSubscription,
  nodes: readonly WantedNode[],
  options: SubscribeOptions,
): Promise<WantedNode[]> {
  // Listeners are there before the first value can be.
  const group = ClientMonitoredItemGroup.create(
    subscription,
    nodes.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })),
    { samplingInterval: options.samplingMs, queueSize: options.queueSize, discardOldest: true },
    TimestampsToReturn.Both,
  )
  group.on('changed', (_item, value, index) => {
    const node = nodes[index]
    if (node) options.onValue(node.name, value)
  })
  await new Promise<void>((resolve, reject) => {
    group.on('initialized', () => resolve())
    group.on('terminated', error => reject(error ?? new Error('not monitored')))
    group.on('err', message => reject(new Error(message)))
  })
  return nodes.filter((node, index) => {
    const { statusCode } = group.monitoredItems[index] as unknown as { statusCode: { name: string; value: number } }
    const bad = statusCode.value >>> 30 > 1
    if (bad) options.onFault(node, statusCode.name)
    return bad
  })
}
