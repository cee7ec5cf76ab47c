/** Servers that number their messages in a way that no client expects. */
import { manualClock } from '@millwright/contract'
import type { ClientSession } from 'node-opcua'
import { expect, it } from 'vitest'
import { createPublishing, type Subscribed } from './publishing.ts'

const settle = () => new Promise(resolve => setImmediate(resolve))
const subscribed = (): Subscribed => ({ id: 7, keepAliveMs: 1000, items: new Set(), next: 1, heardAt: 0 })

/** A server that answers each request to publish with the next of `numbers`, and keeps no message. */
function rig(numbers: number[], onMessage: () => void = () => {}) {
  const seen = { missing: 0, unsound: 0, lost: [] as string[], republished: 0 }
  const session = {
    publish(_: object, done: (error: Error | null, response?: object) => void) {
      const sequenceNumber = numbers.shift()
      if (sequenceNumber === undefined) return
      const notificationMessage = { sequenceNumber, notificationData: [{}] }
      setImmediate(() => done(null, { subscriptionId: 7, notificationMessage, moreNotifications: false }))
    },
    republish(_: object, done: (error: Error | null, response?: object) => void) {
      seen.republished += 1
      done(new Error('BadMessageNotAvailable'))
    },
  } as unknown as ClientSession
  const publishing = createPublishing({
    session,
    clock: manualClock(),
    onMessage,
    onMissing: (_, count) => {
      seen.missing += count
    },
    onUnsound: () => {
      seen.unsound += 1
    },
    onSign: () => {},
    onLost: detail => void seen.lost.push(detail),
  })
  const subscription = subscribed()
  publishing.add(subscription)
  return { seen, subscription }
}
const after = async (turns: number) => {
  for (let turn = 0; turn < turns; turn += 1) await settle()
}

it('a number far ahead is a loss of that many, not a search for each of them', async () => {
  const { seen, subscription } = rig([1, 2_000_000_000, 2_000_000_001])
  await after(20)
  expect(seen).toMatchObject({ missing: 1_999_999_998, republished: 0, unsound: 0, lost: [] })
  expect(subscription.next).toBe(2_000_000_002)
})

it('messages that all seem to be taken already are numbered anew: the subscription is given up', async () => {
  const { seen } = rig([500, ...Array.from({ length: 25 }, (_, index) => index + 1)])
  await after(600)
  expect(seen.unsound).toBe(1)
})

it('a few that come twice are no reason', async () => {
  const { seen } = rig([1, 1, 1, 2, 2, 3, 4])
  await after(30)
  expect(seen).toMatchObject({ unsound: 0, missing: 0, lost: [] })
})

it('a message that cannot be taken ends the dialogue, not the agent', async () => {
  const { seen } = rig([1], () => {
    throw new RangeError('Invalid time value')
  })
  await after(10)
  expect(seen.lost).toEqual(['Invalid time value'])
})
