/** Few subscriptions with many items each; a node that is not there is named and holds up none of the others. */
import { AttributeIds, type ClientSession, MonitoringMode, TimestampsToReturn } from 'node-opcua'
import { SESSION_TIMEOUT_MS } from './connection.ts'
import type { ServerLimits } from './limits.ts'
import type { Subscribed } from './publishing.ts'
import { createMonitoredItemsIn, createSubscriptionIn, deleteSubscriptionsIn } from './services.ts'

/** A node to be watched; `handle` is what the server calls its values by. */
export interface WantedNode {
  readonly name: string
  readonly nodeId: string
  readonly handle: number
}

export interface SubscribeOptions {
  readonly publishingMs: number
  readonly samplingMs: number
  readonly queueSize: number
}

export interface Refusal {
  readonly node: WantedNode
  readonly detail: string
}

/** A sign of life so often, ms, where the publishing interval allows it. */
const KEEP_ALIVE_MS = 1000

export async function createSubscription(
  session: ClientSession,
  { publishingMs }: Pick<SubscribeOptions, 'publishingMs'>,
): Promise<Subscribed> {
  const keepAlives = Math.max(1, Math.round(KEEP_ALIVE_MS / publishingMs))
  const answer = await createSubscriptionIn(session, {
    requestedPublishingInterval: publishingMs,
    requestedMaxKeepAliveCount: keepAlives,
    // Kept as long as the session, at least the three keep-alives of 5.14.2.2.
    requestedLifetimeCount: Math.max(3 * keepAlives, Math.ceil(SESSION_TIMEOUT_MS / publishingMs)),
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 10,
  })
  return {
    id: answer.subscriptionId,
    keepAliveMs: answer.revisedPublishingInterval * answer.revisedMaxKeepAliveCount,
    items: new Set(),
    next: 1,
    heardAt: 0,
  }
}

export async function deleteSubscriptions(session: ClientSession, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await deleteSubscriptionsIn(session, [...ids])
}

/** Watches the nodes in a subscription, a batch at a time; gives those that the server refused. */
export async function monitor(
  session: ClientSession,
  subscription: Subscribed,
  nodes: readonly WantedNode[],
  options: SubscribeOptions,
  limits: ServerLimits,
): Promise<Refusal[]> {
  const refused: Refusal[] = []
  let size = limits.itemsPerCall
  for (let at = 0; at < nodes.length; ) {
    const some = nodes.slice(at, at + size)
    try {
      refused.push(...(await monitorSome(session, subscription, some, options)))
      at += some.length
    } catch (error) {
      // A server that is stricter than it says.
      if (size === 1 || !/BadTooManyOperations|TooLarge|BadEncodingLimitsExceeded/.test(String(error))) throw error
      size = Math.max(1, Math.floor(size / 2))
    }
  }
  return refused
}

async function monitorSome(
  session: ClientSession,
  subscription: Subscribed,
  nodes: readonly WantedNode[],
  { samplingMs, queueSize }: SubscribeOptions,
): Promise<Refusal[]> {
  const { results } = await createMonitoredItemsIn(session, {
    subscriptionId: subscription.id,
    timestampsToReturn: TimestampsToReturn.Source,
    itemsToCreate: nodes.map(({ nodeId, handle }) => ({
      itemToMonitor: { nodeId, attributeId: AttributeIds.Value },
      monitoringMode: MonitoringMode.Reporting,
      requestedParameters: { clientHandle: handle, samplingInterval: samplingMs, queueSize, discardOldest: true },
    })),
  })
  return nodes.flatMap((node, index): Refusal[] => {
    const statusCode = results?.[index]?.statusCode
    if (statusCode !== undefined && statusCode.value >>> 30 < 2) {
      subscription.items.add(node.handle)
      return []
    }
    return [{ node, detail: statusCode?.name ?? 'no answer' }]
  })
}
