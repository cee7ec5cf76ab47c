/** What the assistant says of orders and plans. */
import type { LocalText } from '@millwright/contract'
import { text } from './say.ts'

export const orderWords = {
  planned: text(
    '工单 {order}（{product}，{quantity} {unit}）计划于 {end} 完成，交期 {due}。',
    'Order {order} ({product}, {quantity} {unit}) is planned to end at {end}; it is due at {due}.',
  ),
  unplanned: text(
    '工单 {order}（{product}，{quantity} {unit}）不在当前计划中，交期 {due}。',
    'Order {order} ({product}, {quantity} {unit}) is not in the plan in force; it is due at {due}.',
  ),
  done: text(
    '工单 {order}（{product}，{quantity} {unit}）已完成，交期 {due}。',
    'Order {order} ({product}, {quantity} {unit}) is done; it was due at {due}.',
  ),
  late: text('将晚 {minutes} 分钟（{hours} 小时）。', 'It will be {minutes} min ({hours} h) late.'),
  inTime: text('可以按期完成。', 'It will be in time.'),
  reason: text('原因：{reason}。', 'Reason: {reason}.'),
  progress: text(
    '状态：{state}，{total} 道工序中已完成 {done} 道。',
    'State: {state}; {done} of {total} operations are done.',
  ),
  running: text('正在进行：{segment}。', 'Running now: {segment}.'),
  lateCount: text(
    '当前计划中有 {count} 个工单晚于交期，共 {orders} 个未完成工单。',
    '{count} of {orders} open orders end after their due date in the plan in force.',
  ),
  lateRow: text(
    '{order}（{product}）：晚 {minutes} 分钟，计划 {end} 完成。',
    '{order} ({product}): {minutes} min late, planned to end at {end}.',
  ),
  noneLate: text(
    '当前计划中没有晚于交期的工单（{orders} 个未完成工单）。',
    'No order is late in the plan in force ({orders} open orders).',
  ),
  more: text('另有 {count} 个。', 'And {count} more.'),
  counts: text(
    '共 {total} 个工单：{planned} 个已计划，{released} 个已下达，{running} 个进行中，{held} 个挂起，{done} 个已完成。',
    '{total} orders: {planned} planned, {released} released, {running} running, {held} held, {done} done.',
  ),
  listed: text('{state}的工单：{orders}。', 'Orders that are {state}: {orders}.'),
  noneListed: text('没有{state}的工单。', 'No order is {state}.'),
  noPlan: text('目前没有生效的计划。', 'There is no plan in force.'),
  load: text(
    '{equipment}：{from} 至 {to} 负荷 {load} %（{minutes} 分钟，{operations} 道工序）。',
    '{equipment}: load {load} % from {from} to {to} ({minutes} min, {operations} operations).',
  ),
  bottleneck: text('负荷最高的是 {equipment}（{load} %）。', 'The highest load is on {equipment} ({load} %).'),
  idle: text('计划中目前没有工单在其上加工。', 'The plan has no order on it now.'),
  current: text('正在加工工单 {order}，计划 {end} 结束。', 'Order {order} is on it now, planned until {end}.'),
  next: text('下一个是工单 {order}，计划 {start} 开始。', 'Next is order {order}, planned to start at {start}.'),
  candidate: text(
    '“{title}”的候选计划已生成，并通过独立校验：迟交工单 {before} 个变为 {after} 个，移动 {moved} 道工序。',
    'A candidate plan for "{title}" stands and the independent verifier accepts it: late orders go from {before} to {after}, {moved} operations move.',
  ),
  unverified: text(
    '“{title}”的候选计划未通过独立校验，不能发布。',
    'The candidate plan for "{title}" was not accepted by the verifier and cannot be published.',
  ),
  rush: text('急单 {order} 计划 {end} 完成。', 'The rush order {order} is planned to end at {end}.'),
  tardiness: text(
    '加权拖期由 {before} 变为 {after} 分钟，完工期为 {makespan} 分钟。',
    'Weighted tardiness goes from {before} to {after} min; the makespan is {makespan} min.',
  ),
  changed: text(
    '{order}：迟交由 {before} 分钟变为 {after} 分钟，计划 {end} 完成。',
    '{order}: lateness goes from {before} to {after} min, planned to end at {end}.',
  ),
  approve: text(
    '尚未生效：请计划员在建议卡上核对差异后发布。',
    'Nothing is in force yet: a planner checks the differences on the card and publishes it.',
  ),
} as const satisfies Record<string, LocalText>

export const orderStateWords: Readonly<Record<string, LocalText>> = {
  planned: text('已计划', 'planned'),
  released: text('已下达', 'released'),
  running: text('进行中', 'running'),
  done: text('已完成', 'done'),
  held: text('挂起', 'held'),
}

/** Units of order quantities that are words; symbols say themselves. */
export const quantityUnits: Readonly<Record<string, LocalText>> = {
  pcs: text('件', 'pcs'),
  case: text('箱', 'cases'),
  m2: text('m²', 'm²'),
}
