/** Watches that a server is alive: whoever says nothing is asked, whoever does not answer is given up. */
import type { Clock } from '@millwright/contract'
import { AttributeIds, type ClientSession } from 'node-opcua'
import { isSessionGone, textOf } from './faults.ts'
import type { Subscribed } from './publishing.ts'

export interface WatchDeps {
  readonly session: ClientSession
  readonly clock: Clock
  readonly subscriptions: () => Iterable<Subscribed>
  readonly onLost: (detail: string) => void
  /** The server lives, but this subscription is dead in it. */
  readonly onDead: (subscription: Subscribed) => void
}

export interface Watch {
  /** Anything at all came from the server. */
  sign(): void
  /** When the server was last heard, ms. */
  lastSign(): number
  stop(): void
}

const TICK_MS = 250
/** Without a sign for so long the server is asked, ms; asking also finds out a peer that forgot the connection. */
const ASK_MS = 1000
/** And after so long it is given up, ms: an endpoint that went and returned at once is found again within 5 s. */
const SILENT_MS = 3000
const SERVER_STATE = 'i=2259'

export function watchServer({ session, clock, subscriptions, onLost, onDead }: WatchDeps): Watch {
  let heard = clock.now()
  let ticked = heard
  let asked = false

  const ask = () => {
    asked = true
    session.read({ nodeId: SERVER_STATE, attributeId: AttributeIds.Value }).then(
      () => {
        asked = false
        heard = clock.now()
      },
      (error: unknown) => {
        asked = false
        if (isSessionGone(textOf(error))) onLost(textOf(error))
      },
    )
  }

  const stop = clock.every(TICK_MS, () => {
    const now = clock.now()
    // A tick that came late says that we were busy, and nothing of the server.
    const late = Math.max(0, now - ticked - 2 * TICK_MS)
    ticked = now
    heard = Math.min(now, heard + late)
    if (now - heard > SILENT_MS) return onLost('the server is silent')
    if (now - heard > ASK_MS && !asked) ask()
    for (const subscription of subscriptions()) {
      subscription.heardAt = Math.min(now, subscription.heardAt + late)
      if (now - subscription.heardAt > 2 * subscription.keepAliveMs + 1000) return onDead(subscription)
    }
  })

  return {
    sign: () => {
      heard = clock.now()
    },
    lastSign: () => heard,
    stop,
  }
}
