/** Alarms & Conditions (OPC 10000-9): events of the server as device alarms, refresh, acknowledge. */
import type { AlarmPriority, LocalText } from '@millwright/contract'
import {
  AttributeIds,
  type ClientSession,
  type ClientSubscription,
  constructEventFilter,
  DataType,
  type LocalizedText,
  type NodeId,
  StatusCodes,
  TimestampsToReturn,
  type Variant,
  VariantArrayType,
} from 'node-opcua'
import type { OpcuaAlarm } from '../../config/sources/opcua.ts'
import type { DeviceAlarm, WriteAnswer } from '../source.ts'

const FIELDS = [
  'EventType',
  'EventId',
  'SourceName',
  'Time',
  'Message',
  'Severity',
  'ConditionName',
  'BranchId',
  'Retain',
  'ActiveState.Id',
  'AckedState.Id',
  'ConditionId',
] as const
type Field = (typeof FIELDS)[number]

const REFRESH_START = 'ns=0;i=2787'
const REFRESH_END = 'ns=0;i=2788'
const CONDITION_TYPE = 'i=2782'
const CONDITION_REFRESH = 'i=3875'
const ACKNOWLEDGE = 'i=9111'

export interface ConditionsDeps {
  /** What the agent's file says of the alarms; empty: all are carried as the server words them. */
  readonly rules: readonly OpcuaAlarm[]
  readonly onAlarm: (alarm: DeviceAlarm) => void
  /** All conditions that stand have been said: any other of this source is over. */
  readonly onComplete: (standing: ReadonlySet<string>) => void
}

export interface Conditions {
  /** Begins to listen on a subscription and asks for what stands. */
  listen(session: ClientSession, subscription: ClientSubscription): Promise<void>
  acknowledge(session: ClientSession, condition: string, comment: string): Promise<WriteAnswer>
}

export function createConditions({ rules, onAlarm, onComplete }: ConditionsDeps): Conditions {
  // The newest event of each condition: acknowledging names it (Part 9, 5.7.3).
  const known = new Map<string, { conditionId: NodeId; eventId: Buffer }>()
  let standing: Set<string> | undefined

  const take = (values: readonly Variant[]) => {
    const field = (name: Field) => values[FIELDS.indexOf(name)]?.value
    const type = String(field('EventType'))
    if (type === REFRESH_START) standing = new Set()
    else if (type === REFRESH_END) {
      if (standing) onComplete(standing)
      standing = undefined
    } else condition(field)
  }

  const condition = (field: (name: Field) => unknown) => {
    const conditionId = field('ConditionId') as NodeId | null
    const acked = field('AckedState.Id')
    const eventId = field('EventId')
    // Events that are no acknowledgeable conditions, and older branches of one, are not alarms of now.
    if (!conditionId || typeof acked !== 'boolean' || !Buffer.isBuffer(eventId)) return
    const branch = field('BranchId') as NodeId | null
    if (branch && !branch.isEmpty()) return
    const name = conditionName(String(field('SourceName') ?? ''), String(field('ConditionName') ?? conditionId))
    const rule = rules.find(candidate => name === candidate.condition || name.endsWith(`.${candidate.condition}`))
    known.set(name, { conditionId, eventId })
    const active = field('ActiveState.Id') === true
    if (active || !acked) standing?.add(name)
    const text = (field('Message') as LocalizedText | null)?.text ?? name
    onAlarm({
      condition: name,
      active,
      acknowledged: acked,
      t: (field('Time') as Date | null)?.getTime() ?? 0,
      priority: rule?.priority ?? priorityOf(Number(field('Severity') ?? 500)),
      message: rule?.message ?? sameText(text),
      ...(rule?.equipment === undefined ? {} : { equipment: rule.equipment }),
      ...(rule?.tag === undefined ? {} : { tag: rule.tag }),
    })
  }

  return {
    async listen(session, subscription) {
      const item = await subscription.monitor(
        { nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier },
        { samplingInterval: 0, queueSize: 1000, discardOldest: true, filter: constructEventFilter([...FIELDS]) },
        TimestampsToReturn.Both,
      )
      // The library types a value; an event item gives its fields.
      item.on('changed', values => take(values as unknown as Variant[]))
      await session.call({
        objectId: CONDITION_TYPE,
        methodId: CONDITION_REFRESH,
        inputArguments: [
          { dataType: DataType.UInt32, arrayType: VariantArrayType.Scalar, value: subscription.subscriptionId },
        ],
      })
    },
    async acknowledge(session, name, comment) {
      const target = known.get(name)
      if (target === undefined) return { kind: 'refused', detail: `no event of ${name} is known` }
      const { statusCode } = await session.call({
        objectId: target.conditionId,
        methodId: ACKNOWLEDGE,
        inputArguments: [
          { dataType: DataType.ByteString, arrayType: VariantArrayType.Scalar, value: target.eventId },
          { dataType: DataType.LocalizedText, arrayType: VariantArrayType.Scalar, value: { text: comment } },
        ],
      })
      // Acknowledged by someone else meanwhile is as wished.
      if (statusCode.isGood() || statusCode.equals(StatusCodes.BadConditionBranchAlreadyAcked))
        return { kind: 'written', readBack: true }
      return { kind: 'refused', detail: statusCode.name }
    },
  }
}

/** `Source.Condition`, unless the condition's name already says so. Some servers put a namespace index before the source. */
export function conditionName(qualified: string, condition: string): string {
  const source = qualified.replace(/^\d+:/, '')
  return source === '' || condition === source || condition.startsWith(`${source}.`)
    ? condition
    : `${source}.${condition}`
}

/** OPC 10000-5, 6.4.2: severity 1..1000; bands as Part 9 annex advises. */
export const priorityOf = (severity: number): AlarmPriority =>
  severity > 666 ? 'high' : severity > 333 ? 'medium' : 'low'

const sameText = (text: string): LocalText => ({ zh: text, en: text })
