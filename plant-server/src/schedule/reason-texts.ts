import type { LocalText } from '@millwright/contract'

/** Words for why an order is late, and for what a plan answers. `{name}` stands for a value, lengths of time with their units. */
export const reasonTexts = {
  released_late: {
    zh: '订单下达时间不早于交期（晚 {minutes}）',
    en: 'The order is released no earlier than it is due ({minutes} too late)',
  },
  work_too_long: {
    zh: '加工本身需 {work}，而下达至交期只有 {available}',
    en: 'The work alone takes {work}, but release and due date leave only {available}',
  },
  not_started: {
    zh: '工序 {segment} 自 {since} 起即可开工，至今未开工（已 {minutes}）',
    en: 'Operation {segment} could have started at {since} and has not ({minutes} so far)',
  },
  started_late: {
    zh: '工序 {segment} 于 {start} 才开工，晚了 {minutes}',
    en: 'Operation {segment} started only at {start}, {minutes} after it could have',
  },
  material: {
    zh: '工序 {segment} 等待物料 {material} {minutes}（{ready} 到料）',
    en: 'Operation {segment} waits {minutes} for material {material} (there at {ready})',
  },
  machine_busy: {
    zh: '工序 {segment} 等待设备 {equipment} {minutes}：被订单 {other} 占用至 {until}',
    en: 'Operation {segment} waits {minutes} for {equipment}: busy with order {other} until {until}',
  },
  setup: {
    zh: '设备 {equipment} 为工序 {segment} 换型 {minutes}',
    en: 'Setting up {equipment} for operation {segment} takes {minutes}',
  },
  machine_closed: {
    zh: '设备 {equipment} 停班、保养或停机，工序 {segment} 等待 {minutes}',
    en: '{equipment} is closed (shift, maintenance or downtime): operation {segment} loses {minutes}',
  },
  held: { zh: '订单被挂起，未参与排产', en: 'The order is held and not planned' },
  no_equipment: { zh: '没有设备能完成该订单的某道工序', en: 'No equipment can do one of its operations' },
  material_missing: {
    zh: '物料 {material} 库存不足且没有在途到货，无法排产',
    en: 'Material {material}: neither stock nor known receipts reach, so it cannot be planned',
  },
} as const satisfies Record<string, LocalText>

/** A length of time as people say it. @param minutes whole minutes */
export function timeWords(minutes: number): LocalText {
  if (minutes < 120) return { zh: `${minutes} 分钟`, en: `${minutes} min` }
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return rest === 0
    ? { zh: `${hours} 小时`, en: `${hours} h` }
    : { zh: `${hours} 小时 ${rest} 分钟`, en: `${hours} h ${rest} min` }
}

export type ReasonCode = keyof typeof reasonTexts

export const planTitles = {
  first: { zh: '初始计划', en: 'First plan' },
  replan: { zh: '重新排产', en: 'Planned again' },
  machine_down: { zh: '设备停机：{equipment} {hours} 小时', en: 'Machine down: {equipment}, {hours} h' },
  rush_order: { zh: '加急订单：{order}', en: 'Rush order: {order}' },
} as const satisfies Record<string, LocalText>
