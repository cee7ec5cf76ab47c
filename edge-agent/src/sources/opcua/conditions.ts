/** Alarms & Conditions (OPC 10000-9): events of the server as device alarms; refresh, acknowledge, confirm, shelve, unshelve. */
import {
  AttributeIds,
  type ClientSession,
  constructEventFilter,
  DataType,
  MonitoringMode,
  makeBrowsePath,
  type NodeId,
  type StatusCode,
  StatusCodes,
  TimestampsToReturn,
  type Variant,
  VariantArrayType,
  type VariantLike,
} from 'node-opcua'
import type { OpcuaAlarm } from '../../config/sources/opcua.ts'
import { alarmIsOver } from '../../domain/alarm-machine.ts'
import type { DeviceAlarm, WriteAnswer } from '../source.ts'
import { type ConditionTarget, conditionEvent, FIELDS } from './condition-event.ts'
import { createMonitoredItemsIn } from './services.ts'

const SERVER = 'i=2253'
const CONDITION_TYPE = 'i=2782'
const CONDITION_REFRESH = 'i=3875'
const ACKNOWLEDGE = 'i=9111'
const CONFIRM = 'i=9113'
/** Methods of ShelvedStateMachineType (5.8.17). */
const SHELVING = { Unshelve: 'i=2947', OneShotShelve: 'i=2948', TimedShelve: 'i=2949' } as const
const MOST_QUEUED = 10_000

export interface ConditionsDeps {
  /** What the agent's file says of the alarms; empty: all are carried as the server words them. */
  readonly rules: readonly OpcuaAlarm[]
  readonly onAlarm: (alarm: DeviceAlarm) => void
  /** All conditions that stand have been said: any other of this source is over. */
  readonly onComplete: (standing: ReadonlySet<string>) => void
}

export interface Conditions {
  /** Begins to listen on a subscription; events come under `handle`. Rejects where the server has none. */
  monitor(session: ClientSession, subscriptionId: number, handle: number): Promise<void>
  /** Asks for what stands: at the beginning and after each reconnect (5.5.7). */
  refresh(session: ClientSession, subscriptionId: number): Promise<void>
  /** Fields of one event. */
  take(fields: readonly Variant[]): void
  acknowledge(session: ClientSession, condition: string, comment: string): Promise<WriteAnswer>
  confirm(session: ClientSession, condition: string, comment: string): Promise<WriteAnswer>
  /** For `ms`, or without it until the alarm returns to normal. */
  shelve(session: ClientSession, condition: string, ms: number | undefined): Promise<WriteAnswer>
  unshelve(session: ClientSession, condition: string): Promise<WriteAnswer>
}

export function createConditions({ rules, onAlarm, onComplete }: ConditionsDeps): Conditions {
  const known = new Map<string, ConditionTarget>()
  let standing: Set<string> | undefined

  const onTarget = async (
    condition: string,
    act: (target: ConditionTarget) => Promise<StatusCode>,
    ...asWished: StatusCode[]
  ): Promise<WriteAnswer> => {
    const target = known.get(condition)
    if (target === undefined) return { kind: 'refused', detail: `no event of ${condition} is known` }
    let status = await act(target)
    // The condition said something newer while we asked (5.7.3): that is what is meant.
    const newer = known.get(condition)
    if (status.equals(StatusCodes.BadEventIdUnknown) && newer && newer !== target) status = await act(newer)
    // Done by someone else meanwhile is as wished.
    return status.isGood() || asWished.some(code => status.equals(code))
      ? { kind: 'written', readBack: true }
      : { kind: 'refused', detail: status.name }
  }

  const withComment = (session: ClientSession, methodId: string, comment: string) => (target: ConditionTarget) =>
    call(session, target.conditionId, methodId, [
      { dataType: DataType.ByteString, arrayType: VariantArrayType.Scalar, value: target.eventId },
      { dataType: DataType.LocalizedText, arrayType: VariantArrayType.Scalar, value: { text: comment } },
    ])

  return {
    async monitor(session, subscriptionId, handle) {
      const { results } = await createMonitoredItemsIn(session, {
        subscriptionId,
        timestampsToReturn: TimestampsToReturn.Neither,
        itemsToCreate: [
          {
            itemToMonitor: { nodeId: SERVER, attributeId: AttributeIds.EventNotifier },
            monitoringMode: MonitoringMode.Reporting,
            requestedParameters: {
              clientHandle: handle,
              samplingInterval: 0,
              queueSize: MOST_QUEUED,
              discardOldest: true,
              filter: constructEventFilter([...FIELDS]),
            },
          },
        ],
      })
      const status = results?.[0]?.statusCode
      if (status === undefined || status.value >>> 30 > 1) throw new Error(`alarms: ${status?.name}`)
    },
    async refresh(session, subscriptionId) {
      const status = await call(session, CONDITION_TYPE, CONDITION_REFRESH, [
        { dataType: DataType.UInt32, arrayType: VariantArrayType.Scalar, value: subscriptionId },
      ])
      // One that runs already says the same.
      if (status.isNotGood() && !status.equals(StatusCodes.BadRefreshInProgress) && !isUnknown(status))
        throw new Error(`alarms: ${status.name}`)
    },
    take(fields) {
      const event = conditionEvent(fields, rules)
      switch (event.kind) {
        case 'refresh_start':
          standing = new Set()
          break
        case 'refresh_end':
          if (standing) onComplete(standing)
          standing = undefined
          break
        case 'condition': {
          const { alarm } = event
          known.set(alarm.condition, event.target)
          if (!alarmIsOver(alarm)) standing?.add(alarm.condition)
          onAlarm(alarm)
          break
        }
        case 'other':
          break
      }
    },
    acknowledge: (session, condition, comment) =>
      onTarget(condition, withComment(session, ACKNOWLEDGE, comment), StatusCodes.BadConditionBranchAlreadyAcked),
    confirm: (session, condition, comment) =>
      onTarget(condition, withComment(session, CONFIRM, comment), StatusCodes.BadConditionBranchAlreadyConfirmed),
    shelve: (session, condition, ms) =>
      onTarget(
        condition,
        ({ conditionId }) =>
          ms === undefined
            ? shelving(session, conditionId, 'OneShotShelve', [])
            : shelving(session, conditionId, 'TimedShelve', [
                { dataType: DataType.Double, arrayType: VariantArrayType.Scalar, value: ms },
              ]),
        StatusCodes.BadConditionAlreadyShelved,
      ),
    unshelve: (session, condition) =>
      onTarget(
        condition,
        ({ conditionId }) => shelving(session, conditionId, 'Unshelve', []),
        StatusCodes.BadConditionNotShelved,
      ),
  }
}

/** A server without conditions has nothing to refresh. */
const isUnknown = (status: StatusCode): boolean =>
  [StatusCodes.BadNodeIdUnknown, StatusCodes.BadMethodInvalid, StatusCodes.BadNotImplemented].some(code =>
    status.equals(code),
  )

async function call(
  session: ClientSession,
  objectId: NodeId | string,
  methodId: NodeId | string,
  inputArguments: VariantLike[],
): Promise<StatusCode> {
  return (await session.call({ objectId, methodId, inputArguments })).statusCode
}

/** On the instance's own state machine where the server shows it, else on the condition with the type's method. */
async function shelving(
  session: ClientSession,
  conditionId: NodeId,
  method: keyof typeof SHELVING,
  inputArguments: VariantLike[],
): Promise<StatusCode> {
  const [machine, own] = await session.translateBrowsePath([
    makeBrowsePath(conditionId, '.ShelvingState'),
    makeBrowsePath(conditionId, `.ShelvingState.${method}`),
  ])
  const objectId = machine?.targets?.[0]?.targetId
  const methodId = own?.targets?.[0]?.targetId
  return objectId && methodId
    ? call(session, objectId, methodId, inputArguments)
    : call(session, conditionId, SHELVING[method], inputArguments)
}
