/** What lives on in the server from the connection before: the session's own subscriptions, or transferred ones. */
import type { ClientSession } from 'node-opcua'
import type { Publishing, Subscribed } from './publishing.ts'
import { transferSubscriptionsIn } from './services.ts'

/** What the next connection may take up. */
export interface Kept {
  readonly session: ClientSession
  readonly subscriptions: readonly Subscribed[]
}

/** Subscriptions that go on, each caught up with what was sent and not received. The others are forgotten. */
export async function takeUpSubscriptions(
  session: ClientSession,
  resumed: boolean,
  kept: Kept,
  publishing: Publishing,
): Promise<Subscribed[]> {
  const candidates = resumed ? kept.subscriptions : await transferred(session, kept.subscriptions)
  const alive: Subscribed[] = []
  for (const subscription of candidates) if (await publishing.catchUp(subscription)) alive.push(subscription)
  return alive
}

/** OPC 10000-4, 5.14.7. A server may refuse the service or any one subscription: both mean to begin anew. */
async function transferred(session: ClientSession, subscriptions: readonly Subscribed[]): Promise<Subscribed[]> {
  if (subscriptions.length === 0) return []
  const options = { subscriptionIds: subscriptions.map(({ id }) => id), sendInitialValues: false }
  const results = await transferSubscriptionsIn(session, options).then(
    answer => answer.results ?? [],
    () => [],
  )
  return subscriptions.filter((_, index) => {
    const code = results[index]?.statusCode.value
    return code !== undefined && code >>> 30 === 0
  })
}
