/** What runs on one connection: subscriptions taken up or made, their messages, the watch, and asking again for missing nodes. */
import type { Clock } from '@millwright/contract'
import {
  DataChangeNotification,
  EventNotificationList,
  type NotificationMessage,
  StatusChangeNotification,
} from 'node-opcua'
import type { OpcuaConfig } from '../../config/sources/opcua.ts'
import type { Collector, Item } from './collector.ts'
import type { Conditions } from './conditions.ts'
import type { Connection } from './connection.ts'
import { readEnumTexts } from './enum-texts.ts'
import type { Items } from './items.ts'
import { readLimits, type ServerLimits } from './limits.ts'
import { createPublishing, type Subscribed } from './publishing.ts'
import { type Kept, ownSubscriptions } from './resume.ts'
import {
  createSubscription,
  deleteSubscriptions,
  monitor,
  type SubscribeOptions,
  type WantedNode,
} from './subscribe.ts'
import { watchServer } from './watch.ts'
import { within } from './within.ts'

export interface LiveDeps {
  readonly connection: Connection
  readonly config: OpcuaConfig
  readonly items: Items
  readonly collector: Collector
  readonly conditions: Conditions
  readonly clock: Clock
  readonly onLost: (detail: string) => void
}

export interface Live {
  /** Resolves when all tags are watched. Rejects where the server stops answering. */
  begin(kept: Kept | undefined): Promise<void>
  lastSign(): number
  /** Ends the dialogue; gives what the next connection may take up, unless this one had not taken up its own yet. */
  end(): Kept | undefined
}

/** The item that listens to alarms. */
const EVENTS = 0xffff_fff0
/** Nodes that were not there are asked for again so often, ms. */
const ASK_AGAIN_MS = 30_000
/** Making items may take a PLC a while, ms. */
const MAKE_MS = 15_000

export function createLive(deps: LiveDeps): Live {
  const { connection, config, items, collector, conditions, clock, onLost } = deps
  const { session } = connection
  const subscriptions = new Set<Subscribed>()
  const options: SubscribeOptions = {
    publishingMs: config.publishingMs ?? 250,
    samplingMs: config.samplingMs ?? 250,
    queueSize: config.queueSize ?? 20,
  }
  const alarms = config.alarms !== undefined && config.alarms !== false
  let limits: ServerLimits | undefined
  let wanted: WantedNode[] = []
  let stopAsking = () => {}
  let takenUp = false
  /** Owned, and not yet caught up. */
  let behind = new Set<Subscribed>()
  let unsure: Subscribed | undefined
  const abandoned: number[] = []

  const watch = watchServer({
    session,
    clock,
    subscriptions: () => subscriptions,
    onLost,
    onDead(subscription) {
      abandon(subscription)
      onLost(`subscription ${subscription.id} is silent`)
    },
  })
  const publishing = createPublishing({
    session,
    clock,
    onMessage: message,
    onMissing: collector.missed,
    onUnsound(subscription) {
      abandon(subscription)
      onLost(`subscription ${subscription.id} numbers its messages anew`)
    },
    onSign: watch.sign,
    onLost(detail) {
      if (/BadNoSubscription|BadSubscriptionIdInvalid/.test(detail)) subscriptions.clear()
      onLost(detail)
    },
  })

  function message(subscription: Subscribed, { notificationData }: NotificationMessage, more: boolean) {
    for (const data of notificationData ?? []) {
      if (data instanceof DataChangeNotification)
        collector.take(subscription, (data.monitoredItems ?? []) as unknown as Item[])
      else if (data instanceof EventNotificationList)
        for (const { eventFields } of data.events ?? []) conditions.take(eventFields ?? [])
      else if (data instanceof StatusChangeNotification) {
        // Where it moved from here to another session it falls silent; where it moved to here all is well.
        if (data.status?.name === 'GoodSubscriptionTransferred') continue
        subscriptions.delete(subscription)
        onLost(`subscription ${subscription.id}: ${data.status?.name}`)
      }
    }
    if (!more) collector.caughtUp(subscription)
  }

  const add = (subscription: Subscribed) => {
    subscriptions.add(subscription)
    publishing.add(subscription)
  }

  const abandon = (subscription: Subscribed) => {
    subscriptions.delete(subscription)
    abandoned.push(subscription.id)
  }

  const withRoom = (most: number) => [...subscriptions].find(({ items: held }) => held.size < most && !held.has(EVENTS))

  /** Few subscriptions with many items: the present ones are filled before another is made. */
  const watchNodes = async (nodes: readonly WantedNode[]) => {
    const { itemsPerSubscription: most } = limits!
    for (let at = 0; at < nodes.length; ) {
      const known = withRoom(most)
      const subscription = known ?? (await createSubscription(session, options))
      if (known === undefined) add(subscription)
      const some = nodes.slice(at, at + most - subscription.items.size)
      at += some.length
      // Until the server has answered nobody knows what it watches.
      unsure = subscription
      items.refused(await monitor(session, subscription, some, options, limits!))
      unsure = undefined
    }
  }

  const listen = async () => {
    const known = [...subscriptions].find(({ items: held }) => held.has(EVENTS))
    const subscription = known ?? (await createSubscription(session, options))
    if (known === undefined) {
      await conditions.monitor(session, subscription.id, EVENTS)
      subscription.items.add(EVENTS)
      add(subscription)
    }
    await conditions.refresh(session, subscription.id)
  }

  const askAgain = () => {
    const handles = new Set(items.takeMissing())
    const nodes = wanted.filter(({ handle }) => handles.has(handle))
    for (const { items: held } of subscriptions) for (const handle of handles) held.delete(handle)
    // A connection that breaks here asks for everything anyway.
    watchNodes(nodes).catch(() => {})
  }

  const readTexts = async () => {
    const nodes = wanted.filter(({ handle }) => items.wantTexts.includes(handle))
    const ids = nodes.map(({ nodeId }) => nodeId)
    // A server that cannot say keeps its numbers; one that is gone is found out by what comes next.
    const texts = await readEnumTexts(session, ids, limits!).catch(() => [])
    for (const [index, { handle }] of nodes.entries()) items.setTexts(handle, texts[index])
  }

  const make = async (kept: Kept | undefined) => {
    limits = await readLimits(session)
    wanted = items.resolve(connection.namespaces)
    await readTexts()
    if (kept) await takeUp(kept)
    takenUp = true
    const held = new Set([...subscriptions].flatMap(({ items: of }) => [...of]))
    await watchNodes(wanted.filter(({ handle }) => !held.has(handle)))
    if (alarms) await listen()
    stopAsking = clock.every(ASK_AGAIN_MS, askAgain)
  }

  const takeUp = async (kept: Kept): Promise<void> => {
    collector.begin(session, kept.subscriptions)
    const own = await ownSubscriptions(session, connection.resumed, kept)
    behind = new Set(own)
    takenUp = true
    for (const subscription of own) {
      const alive = await publishing.catchUp(subscription)
      behind.delete(subscription)
      if (alive) add(subscription)
    }
    // What could not be taken up must not speak beside its successor.
    const dead = own.filter(subscription => !subscriptions.has(subscription)).map(({ id }) => id)
    await deleteSubscriptions(session, [...dead, ...(connection.resumed ? kept.abandoned : [])]).catch(() => {})
  }

  return {
    async begin(kept) {
      collector.begin(session, [])
      await within(clock, MAKE_MS, 'subscribe', make(kept))
    },
    lastSign: watch.lastSign,
    end() {
      watch.stop()
      stopAsking()
      publishing.stop()
      if (!takenUp) return undefined
      if (unsure) abandon(unsure)
      return { session, subscriptions: [...subscriptions, ...behind], abandoned }
    },
  }
}
