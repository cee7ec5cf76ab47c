/**
 * The publish dialogue (OPC 10000-4, 5.14.5): a few requests always wait in the server; messages are numbered, confirmed, and
 * fetched again where one is missing. It knows nothing of tags. What a subscription has taken is kept in `Subscribed`, so that
 * the next connection goes on where this one broke.
 */
import type { Clock } from '@millwright/contract'
import type { ClientSession, NotificationMessage } from 'node-opcua'
import { ahead, following } from '../../domain/sequence.ts'
import { textOf } from './faults.ts'
import { publishIn, republishIn } from './services.ts'

/** A subscription in the server. */
export interface Subscribed {
  readonly id: number
  /** The server promises a message so often, ms. */
  readonly keepAliveMs: number
  /** Clients' handles of its items. */
  readonly items: Set<number>
  /** Number of the next message. */
  next: number
  /** When its last message came. */
  heardAt: number
}

export interface PublishingDeps {
  readonly session: ClientSession
  readonly clock: Clock
  /** Messages of one subscription come in order, each once. `more`: the server has further ones ready. */
  readonly onMessage: (subscription: Subscribed, message: NotificationMessage, more: boolean) => void
  /** Messages that the server no longer has: their values are lost. */
  readonly onMissing: (subscription: Subscribed, count: number) => void
  /** Its messages are numbered so that none can be told from one that was taken: it brings nothing more. */
  readonly onUnsound: (subscription: Subscribed) => void
  /** Anything at all came from the server. */
  readonly onSign: () => void
  readonly onLost: (detail: string) => void
}

export interface Publishing {
  add(subscription: Subscribed): void
  /**
   * Fetches what was sent and not received before `subscription` is added. False where the server does not know it any more.
   * Rejects where it does not answer.
   */
  catchUp(subscription: Subscribed): Promise<boolean>
  stop(): void
}

/** Requests that wait in the server, at least and at most. */
const LEAST_WAITING = 3
const MOST_WAITING = 10
/** A server that honours it drops a request after so long: longer than any keep-alive, ms. */
const REQUEST_HINT_MS = 600_000
const MOST_REPUBLISHED = 10_000
/** Messages in a row that were taken before: a few come twice after a cut, so many are numbered anew. */
const MOST_REPEATED = 20

export function createPublishing(deps: PublishingDeps): Publishing {
  const { session, clock } = deps
  const subscriptions = new Map<number, Subscribed>()
  /** Messages that came while an earlier one is fetched. */
  const held = new Map<number, { message: NotificationMessage; more: boolean }[]>()
  const repeated = new Map<Subscribed, number>()
  let acknowledgements: { subscriptionId: number; sequenceNumber: number }[] = []
  let waiting = 0
  let most = MOST_WAITING
  let stopped = false

  const fill = () => {
    const wanted = Math.min(most, Math.max(LEAST_WAITING, 2 * subscriptions.size))
    while (!stopped && subscriptions.size > 0 && waiting < wanted) send()
  }

  const send = () => {
    waiting += 1
    const answer = publishIn(session, {
      requestHeader: { timeoutHint: REQUEST_HINT_MS },
      subscriptionAcknowledgements: acknowledgements,
    })
    acknowledgements = []
    answer
      .then(
        ({ subscriptionId, notificationMessage, moreNotifications }) => {
          waiting -= 1
          if (stopped) return
          deps.onSign()
          const subscription = subscriptions.get(subscriptionId)
          if (subscription) arrived(subscription, notificationMessage, moreNotifications)
          fill()
        },
        (error: unknown) => {
          waiting -= 1
          if (!stopped) failed(textOf(error))
        },
      )
      // What a message holds must not end the agent: it counts as taken, and the dialogue begins anew behind it.
      .catch((error: unknown) => {
        if (!stopped) deps.onLost(textOf(error))
      })
  }

  const failed = (detail: string) => {
    if (/BadTooManyPublishRequests/.test(detail)) {
      most = Math.max(1, waiting)
      return
    }
    // The server let a request go by its own rule: the dialogue goes on.
    if (/BadTimeout/.test(detail)) return fill()
    deps.onLost(detail)
  }

  const arrived = (subscription: Subscribed, message: NotificationMessage, more: boolean) => {
    subscription.heardAt = clock.now()
    const behind = held.get(subscription.id)
    if (behind) return void behind.push({ message, more })
    const missing = ahead(message.sequenceNumber, subscription.next)
    if (missing <= 0) return take(subscription, message, more)
    const queue = [{ message, more }]
    held.set(subscription.id, queue)
    fetchMissing(subscription, message.sequenceNumber)
      .then(() => {
        held.delete(subscription.id)
        for (const next of queue) if (!stopped) arrived(subscription, next.message, next.more)
      })
      .catch(error => {
        if (!stopped) deps.onLost(textOf(error))
      })
  }

  const take = (subscription: Subscribed, message: NotificationMessage, more: boolean) => {
    const { sequenceNumber, notificationData } = message
    // Without data it is a sign of life, which carries the number to come (5.14.1.1).
    const data = notificationData !== null && notificationData.length > 0
    if (data) {
      acknowledgements.push({ subscriptionId: subscription.id, sequenceNumber })
      if (ahead(sequenceNumber, subscription.next) < 0) {
        const inRow = (repeated.get(subscription) ?? 0) + 1
        repeated.set(subscription, inRow)
        if (inRow === MOST_REPEATED) deps.onUnsound(subscription)
        return
      }
      repeated.delete(subscription)
      subscription.next = following(sequenceNumber)
    }
    deps.onMessage(subscription, message, more)
  }

  /** The messages before `until`, as far as the server still has them. */
  const fetchMissing = async (subscription: Subscribed, until: number) => {
    let lost = 0
    const missing = ahead(until, subscription.next)
    if (missing > MOST_REPUBLISHED) {
      // No server keeps so many.
      subscription.next = until
      return deps.onMissing(subscription, missing)
    }
    while (ahead(until, subscription.next) > 0 && !stopped) {
      const answer = await republish(subscription, subscription.next)
      if (answer === 'unknown') throw new Error('subscription ended')
      if (answer === 'missing') {
        lost += 1
        subscription.next = following(subscription.next)
      }
    }
    if (lost > 0 && !stopped) deps.onMissing(subscription, lost)
  }

  const republish = async (subscription: Subscribed, sequence: number): Promise<'taken' | 'missing' | 'unknown'> => {
    const options = { subscriptionId: subscription.id, retransmitSequenceNumber: sequence }
    const answer = await republishIn(session, options).then(
      ({ notificationMessage }) => notificationMessage,
      (error: unknown) => textOf(error),
    )
    if (typeof answer !== 'string') {
      deps.onSign()
      // Some servers answer with an empty message instead of saying that they have none.
      if (answer.sequenceNumber !== sequence || !answer.notificationData?.length) return 'missing'
      take(subscription, answer, true)
      return 'taken'
    }
    if (/BadMessageNotAvailable/.test(answer)) return 'missing'
    if (/BadSubscriptionIdInvalid|BadSession|BadNoSubscription/.test(answer)) return 'unknown'
    throw new Error(answer)
  }

  return {
    add(subscription) {
      subscription.heardAt = clock.now()
      subscriptions.set(subscription.id, subscription)
      fill()
    },
    async catchUp(subscription) {
      for (let count = 0; count < MOST_REPUBLISHED; count += 1) {
        const answer = await republish(subscription, subscription.next)
        if (answer !== 'taken') return answer === 'missing'
      }
      return true
    },
    stop() {
      stopped = true
    },
  }
}
