/** What lives on in the server from the connection before: the session's own subscriptions, or transferred ones. */
import type { ClientSession } from 'node-opcua'
import type { Subscribed } from './publishing.ts'
import { transferSubscriptionsIn } from './services.ts'

/** What the next connection may take up. */
export interface Kept {
  readonly session: ClientSession
  readonly subscriptions: readonly Subscribed[]
  /** Subscriptions that the server may still have and that must not speak again. */
  readonly abandoned: readonly number[]
}

/** The subscriptions that this session owns now: its own still, or by transfer. What was sent meanwhile is yet to be fetched. */
export async function ownSubscriptions(
  session: ClientSession,
  resumed: boolean,
  { subscriptions }: Kept,
): Promise<readonly Subscribed[]> {
  if (resumed || subscriptions.length === 0) return subscriptions
  // OPC 10000-4, 5.14.7. A server may refuse the service or any one subscription: both mean to begin anew.
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
