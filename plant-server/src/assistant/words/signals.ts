/** What the assistant says of tags, alarms, forecasts and agents. */
import type { LocalText } from '@millwright/contract'
import { text } from './say.ts'

export const signalWords = {
  value: text('{name}（{tag}）为 {value}{unit}，时间 {t}。', '{name} ({tag}) is {value}{unit}, as of {t}.'),
  valueAt: text(
    '{at} 时 {name}（{tag}）为 {value}{unit}（采样时间 {t}）。',
    'At {at}, {name} ({tag}) was {value}{unit} (sampled at {t}).',
  ),
  noValue: text('{name}（{tag}）没有可用的数值。', '{name} ({tag}) has no value.'),
  noValueAt: text('{at} 及之前没有 {name}（{tag}）的记录。', 'Nothing is stored of {name} ({tag}) at or before {at}.'),
  quality: text('数据质量：{quality}。', 'The quality is {quality}.'),
  stale: text(
    '注意：该值可能已过时，对应的代理或设备没有响应。',
    'Mind: the value may be old, its agent or device is silent.',
  ),
  limits: text('报警限值：{limits}。', 'Alarm limits: {limits}.'),
  history: text(
    '{from} 至 {to}，{name}（{tag}）最小 {min}，最大 {max}，样本均值 {mean} {unit}，共 {count} 个有效值。',
    'From {from} to {to}, {name} ({tag}) had min {min}, max {max} and mean of samples {mean} {unit}, over {count} good values.',
  ),
  historyEnds: text('由 {first} 变为 {last} {unit}。', 'It went from {first} to {last} {unit}.'),
  historyBad: text('另有 {bad} 个质量不良的点，未计入。', '{bad} points of bad quality are left out.'),
  noHistory: text(
    '{from} 至 {to} 没有 {name}（{tag}）的有效值。',
    'There is no good value of {name} ({tag}) from {from} to {to}.',
  ),
  tags: text('共有 {count} 个相关点位。', '{count} tags fit.'),
  tagRow: text('{tag}：{name}{unit}。', '{tag}: {name}{unit}.'),
  noAlarms: text('当前没有未恢复的报警。', 'No alarm is active or waits for acknowledgement.'),
  alarms: text(
    '当前有 {count} 条报警，其中 {unacknowledged} 条未确认。',
    '{count} alarms stand, {unacknowledged} of them not acknowledged.',
  ),
  alarmRow: text('{message}（{priority}，{state}，{t} 发生）。', '{message} ({priority}, {state}, raised at {t}).'),
  journal: text('{from} 至 {to} 共发生 {raised} 次报警。', '{raised} alarms were raised from {from} to {to}.'),
  journalRow: text('{message}：{raised} 次。', '{message}: {raised} times.'),
  forecast: text(
    '回路 {loop}：{name}在 {t} 预计为 {value} {unit}（{percent} % 区间 {lo} 至 {hi}），目标 {setpoint}，质量限 {low} 至 {high}。',
    'Loop {loop}: {name} is forecast at {value} {unit} for {t} ({percent} % interval {lo} to {hi}); target {setpoint}, quality limits {low} to {high}.',
  ),
  forecastState: text('预测状态：{state}。', 'State of the forecast: {state}.'),
  noForecast: text('目前没有可用的预测。', 'There is no forecast now.'),
  agents: text('{total} 个边缘代理中有 {online} 个在线。', '{online} of {total} edge agents are online.'),
  agentRow: text(
    '{agent}：{state}，{tags} 个点位，待发 {pending} 条，丢弃 {dropped} 条。',
    '{agent}: {state}, {tags} tags, {pending} items pending, {dropped} dropped.',
  ),
  noAgents: text('没有已知的边缘代理。', 'No edge agent is known.'),
  online: text('在线', 'online'),
  offline: text('离线', 'offline'),
} as const satisfies Record<string, LocalText>

/** Alarm limits by ISA-18.2. */
export const limitWords: Readonly<Record<string, LocalText>> = {
  lolo: text('低低限', 'low-low'),
  lo: text('低限', 'low'),
  hi: text('高限', 'high'),
  hihi: text('高高限', 'high-high'),
}

export const qualityWords: Readonly<Record<string, LocalText>> = {
  good: text('良好', 'good'),
  uncertain: text('不确定', 'uncertain'),
  bad: text('不良', 'bad'),
}

export const alarmStateWords: Readonly<Record<string, LocalText>> = {
  normal: text('正常', 'normal'),
  unack: text('未确认', 'not acknowledged'),
  acked: text('已确认', 'acknowledged'),
  rtn_unack: text('已恢复未确认', 'returned, not acknowledged'),
}

export const priorityWords: Readonly<Record<string, LocalText>> = {
  low: text('低', 'low'),
  medium: text('中', 'medium'),
  high: text('高', 'high'),
}

export const forecastStateWords: Readonly<Record<string, LocalText>> = {
  trusted: text('可信', 'trusted'),
  extrapolating: text('外推', 'extrapolating'),
  stale: text('过期', 'stale'),
}
