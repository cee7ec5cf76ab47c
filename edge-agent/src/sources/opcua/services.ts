/**
 * The subscription services (OPC 10000-4, 5.13 and 5.14) as plain calls. The library has them, but types only its own
 * subscription objects, whose repairs we do without (docs/adr/0040).
 */
import {
  type ClientSession,
  CreateMonitoredItemsRequest,
  type CreateMonitoredItemsRequestOptions,
  type CreateMonitoredItemsResponse,
  CreateSubscriptionRequest,
  type CreateSubscriptionRequestOptions,
  type CreateSubscriptionResponse,
  DeleteSubscriptionsRequest,
  PublishRequest,
  type PublishRequestOptions,
  type PublishResponse,
  RepublishRequest,
  type RepublishRequestOptions,
  type RepublishResponse,
  TransferSubscriptionsRequest,
  type TransferSubscriptionsRequestOptions,
  type TransferSubscriptionsResponse,
} from 'node-opcua'

type Done = (error: Error | null, response?: unknown) => void

function ask<Response>(session: ClientSession, service: string, request: object): Promise<Response> {
  const services = session as unknown as Record<string, (request: object, done: Done) => void>
  return new Promise((resolve, reject) => {
    const done: Done = (error, response) =>
      error || response === undefined
        ? reject(error ?? new Error(`${service}: no answer`))
        : resolve(response as Response)
    try {
      services[service]!(request, done)
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

export const createSubscriptionIn = (session: ClientSession, options: CreateSubscriptionRequestOptions) =>
  ask<CreateSubscriptionResponse>(session, 'createSubscription', new CreateSubscriptionRequest(options))

export const deleteSubscriptionsIn = (session: ClientSession, subscriptionIds: number[]) =>
  ask<unknown>(session, 'deleteSubscriptions', new DeleteSubscriptionsRequest({ subscriptionIds }))

export const createMonitoredItemsIn = (session: ClientSession, options: CreateMonitoredItemsRequestOptions) =>
  ask<CreateMonitoredItemsResponse>(session, 'createMonitoredItems', new CreateMonitoredItemsRequest(options))

export const publishIn = (session: ClientSession, options: PublishRequestOptions) =>
  ask<PublishResponse>(session, 'publish', new PublishRequest(options))

export const republishIn = (session: ClientSession, options: RepublishRequestOptions) =>
  ask<RepublishResponse>(session, 'republish', new RepublishRequest(options))

export const transferSubscriptionsIn = (session: ClientSession, options: TransferSubscriptionsRequestOptions) =>
  ask<TransferSubscriptionsResponse>(session, 'transferSubscriptions', new TransferSubscriptionsRequest(options))
