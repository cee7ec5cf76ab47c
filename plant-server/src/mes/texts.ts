/** What planning says to people, in both languages. */
import type { LocalText, PlanDiff } from '@millwright/contract'

/** Shown as the id of the missing plan when there is none to go back to. */
export const undoReason = 'before'

/** One line for the proposal card: what moves, and what becomes of lateness. */
export function planSummary({ moved, orders, before, after }: PlanDiff): LocalText {
  const later = orders.filter(each => each.lateAfter > each.lateBefore).length
  const sooner = orders.filter(each => each.lateAfter < each.lateBefore).length
  const late = before === undefined ? `${after.lateOrders}` : `${before.lateOrders} → ${after.lateOrders}`
  return {
    zh: `移动 ${moved.length} 道工序；延期订单 ${late}；更晚 ${later} 个，更早 ${sooner} 个`,
    en: `${moved.length} operations move; late orders ${late}; ${later} later, ${sooner} sooner`,
  }
}

export const published: LocalText = { zh: '计划已生效', en: 'The plan is in force' }
export const overtaken: LocalText = {
  zh: '另一个计划已生效，此建议基于旧计划，已关闭',
  en: 'Another plan came into force; this one was made from the plan before, and is closed',
}
