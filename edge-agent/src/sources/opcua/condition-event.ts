/** An event of a condition (OPC 10000-9, 5.5 to 5.8) as a device alarm, pure. */
import type { AlarmPriority, LocalText } from '@millwright/contract'
import type { LocalizedText, NodeId, Variant } from 'node-opcua'
import type { OpcuaAlarm } from '../../config/sources/opcua.ts'
import type { DeviceAlarm } from '../source.ts'

export const FIELDS = [
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
  'ConfirmedState.Id',
  'ShelvingState.CurrentState.Id',
  'ConditionId',
] as const
type Field = (typeof FIELDS)[number]

const REFRESH_START = 'ns=0;i=2787'
const REFRESH_END = 'ns=0;i=2788'
const UNSHELVED = 'ns=0;i=2930'

/** The condition and its newest event: acknowledging names both (5.7.3). */
export interface ConditionTarget {
  readonly conditionId: NodeId
  readonly eventId: Buffer
}

export type ConditionEvent =
  | { readonly kind: 'refresh_start' }
  | { readonly kind: 'refresh_end' }
  | { readonly kind: 'condition'; readonly target: ConditionTarget; readonly alarm: DeviceAlarm }
  /** No acknowledgeable condition, or an older branch of one: not an alarm of now. */
  | { readonly kind: 'other' }

/** `rules`: what the agent's file says of the alarms; where it says nothing, they are as the server words them. */
export function conditionEvent(values: readonly Variant[], rules: readonly OpcuaAlarm[]): ConditionEvent {
  const field = (name: Field): unknown => values[FIELDS.indexOf(name)]?.value
  const type = String(field('EventType'))
  if (type === REFRESH_START) return { kind: 'refresh_start' }
  if (type === REFRESH_END) return { kind: 'refresh_end' }
  const conditionId = field('ConditionId') as NodeId | null
  const eventId = field('EventId')
  const acknowledged = field('AckedState.Id')
  if (!conditionId || typeof acknowledged !== 'boolean' || !Buffer.isBuffer(eventId)) return { kind: 'other' }
  const branch = field('BranchId') as NodeId | null
  if (branch && !branch.isEmpty()) return { kind: 'other' }
  const condition = conditionName(String(field('SourceName') ?? ''), String(field('ConditionName') ?? conditionId))
  const rule = rules.find(each => condition === each.condition || condition.endsWith(`.${each.condition}`))
  const confirmed = field('ConfirmedState.Id')
  const shelving = field('ShelvingState.CurrentState.Id')
  const text = (field('Message') as LocalizedText | null)?.text ?? condition
  return {
    kind: 'condition',
    target: { conditionId, eventId },
    alarm: {
      condition,
      active: field('ActiveState.Id') === true,
      acknowledged,
      t: (field('Time') as Date | null)?.getTime() ?? 0,
      priority: rule?.priority ?? priorityOf(Number(field('Severity') ?? 500)),
      message: rule?.message ?? sameText(text),
      ...(typeof confirmed === 'boolean' ? { confirmed } : {}),
      ...(shelving ? { shelved: String(shelving) !== UNSHELVED } : {}),
      ...(rule?.equipment === undefined ? {} : { equipment: rule.equipment }),
      ...(rule?.tag === undefined ? {} : { tag: rule.tag }),
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
