/** The library types its callback form only; this is what we use of the other one. */
declare module 'aedes-persistence/asyncPersistence.js' {
  export interface KeptPacket {
    readonly topic: string
    readonly payload: Buffer
  }
  export interface KeptSubscription {
    readonly topic: string
  }
  interface ById {
    readonly id: string
  }
  export default class MemoryPersistence {
    storeRetained(packet: KeptPacket): Promise<void>
    addSubscriptions(client: ById, subscriptions: readonly KeptSubscription[]): Promise<void>
    removeSubscriptions(client: ById, topics: readonly string[]): Promise<void>
    cleanSubscriptions(client: ById): Promise<void>
    subscriptionsByClient(client: ById): Promise<KeptSubscription[]>
    outgoingEnqueue(subscription: { readonly clientId: string }, packet: KeptPacket): Promise<void>
    outgoingEnqueueCombi(subscriptions: readonly { readonly clientId: string }[], packet: KeptPacket): Promise<void>
    outgoingClearMessageId(client: ById, packet: unknown): Promise<unknown>
    outgoingStream(client: ById): AsyncIterable<KeptPacket>
  }
}
