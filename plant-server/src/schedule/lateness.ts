import { fillText, type OrderStatus, type PlannedOperation, type TextValues } from '@millwright/contract'
import { explainLateness, type LateReason } from '../domain/schedule/explain.ts'
import { type Planning, toPlan } from './planning.ts'
import { type ReasonCode, reasonTexts, timeWords } from './reason-texts.ts'

type Reason = OrderStatus['reasons'][number]

/**
 * Why an order ends late in a plan, or is in none: greatest loss first. `planning` is the plant at the moment of
 * asking. Times among the values are ms since 1970 UTC; in the text they stand in the plant's clock.
 */
export function explainOrder(
  planning: Planning,
  operations: readonly PlannedOperation[],
  orderId: string,
  formatTime: (ms: number) => string,
): Reason[] {
  const out = planning.unplanned.find(({ order }) => order === orderId)
  if (out !== undefined) {
    return [reason(out.code, { material: out.materials.join(', ') }, { material: out.materials.join(', ') })]
  }
  const job = planning.orders.findIndex(({ id }) => id === orderId)
  if (job < 0) return []
  const order = planning.orders[job]!
  const time = (minute: number) => planning.origin + minute * 60_000
  const found = explainLateness(planning.problem, toPlan(planning, operations), job)
  return found.map(cause => {
    const values = { minutes: cause.time, ...named(planning, orderId, cause) }
    const segment = 'operation' in cause ? order.operations[cause.operation]?.segment : undefined
    const equipment = 'machine' in cause ? planning.units[cause.machine]?.name : undefined
    const shown: TextValues = {
      ...values,
      minutes: timeWords(cause.time),
      ...('work' in cause ? { work: timeWords(cause.work), available: timeWords(cause.available) } : {}),
      ...(segment === undefined ? {} : { segment }),
      ...(equipment === undefined ? {} : { equipment }),
      ...('ready' in cause ? { ready: formatTime(time(cause.ready)) } : {}),
      ...('start' in cause ? { start: formatTime(time(cause.start)) } : {}),
      ...('since' in cause ? { since: formatTime(time(cause.since)) } : {}),
      ...('until' in cause ? { until: formatTime(time(cause.until)) } : {}),
    }
    return reason(cause.code, values, shown)
  })
}

function named(planning: Planning, orderId: string, cause: LateReason): Record<string, string | number> {
  const time = (minute: number) => planning.origin + minute * 60_000
  switch (cause.code) {
    case 'released_late':
      return { release: time(cause.release) }
    case 'work_too_long':
      return { work: cause.work, available: cause.available }
    case 'started_late':
      return { operation: cause.operation, start: time(cause.start) }
    case 'not_started':
      return { operation: cause.operation, since: time(cause.since) }
    case 'material': {
      const { operation } = cause
      const waited = planning.allocations.filter(row => row.order === orderId && row.operation === operation)
      const latest = waited.reduce<(typeof waited)[number] | null>(
        (found, row) => ((row.ready ?? 0) > (found?.ready ?? -1) ? row : found),
        null,
      )
      return { operation, material: latest?.material ?? '', ready: time(cause.ready) }
    }
    case 'machine_busy':
      return {
        operation: cause.operation,
        equipment: planning.units[cause.machine]!.id,
        other: planning.orders[cause.otherJob]!.id,
        otherOperation: cause.otherOperation,
        until: time(cause.until),
      }
    case 'setup':
    case 'machine_closed':
      return { operation: cause.operation, equipment: planning.units[cause.machine]!.id }
  }
}

function reason(code: ReasonCode, values: Record<string, string | number>, shown: TextValues): Reason {
  return { code, values, text: fillText(reasonTexts[code], shown) }
}
