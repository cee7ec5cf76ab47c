/** What guard and controller say to people, in both languages; `{name}` stands for a value of the reason. */
import { fillText, type LocalText, type TextValues } from '@millwright/contract'

export const refusals = {
  not_a_number: { zh: '不是有效数值', en: 'not a number' },
  outside_limits: { zh: '{value} 超出限值 {low} 至 {high}', en: '{value} lies outside the limits {low} to {high}' },
  output_unknown: { zh: '当前设定值未知或质量不佳', en: 'the setpoint as it stands is unknown or of bad quality' },
  step_too_large: {
    zh: '一次变化 {step} 超过允许的 {maxStep}',
    en: 'a step of {step} is more than the {maxStep} allowed at once',
  },
  too_soon: { zh: '距上次写入过近，请等待 {waitS} 秒', en: 'too soon after the last write; wait {waitS} s' },
  target_unknown: { zh: '被控量未知或质量不佳', en: 'the controlled variable is unknown or of bad quality' },
  target_stale: { zh: '被控量已有 {seconds} 秒未更新', en: 'the controlled variable is {seconds} s old' },
  target_implausible: {
    zh: '被控量 {value} 不在可信范围 {low} 至 {high}',
    en: 'the controlled variable reads {value}, outside the plausible {low} to {high}',
  },
  interlock: { zh: '联锁：{tag} 应为 {wanted}，实为 {found}', en: 'interlock: {tag} must be {wanted}, is {found}' },
} as const satisfies Record<string, LocalText>

export const proposalReasons = {
  error: { zh: '{target}偏离目标 {error} {unit}', en: '{target} is {error} {unit} off its setpoint' },
  forward: {
    zh: '入口水分变化 {change} %，前馈 {amount} {unit}',
    en: 'the inlet changed by {change} %; feed-forward {amount} {unit}',
  },
  forecast: {
    zh: '预测：不调整 {now} {unit}，调整后 {changed} {unit}',
    en: 'forecast: {now} {unit} without, {changed} {unit} with the change',
  },
  limited: { zh: '受防护限值约束', en: 'held back by the limits of the guard' },
} as const satisfies Record<string, LocalText>

/** Placeholders filled, numbers rounded to two decimals, since a person reads them. */
export function fillRounded(text: LocalText, values: TextValues): LocalText {
  const round = (value: TextValues[string]) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)
  return fillText(text, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)])))
}

export const outcomes = {
  decided: { zh: '该建议已处理或已过期', en: 'this proposal was already decided or has expired' },
  notCommissioned: { zh: '该回路尚未调试，不能闭环', en: 'this loop is not commissioned for closed-loop control' },
  failed: { zh: '写入失败', en: 'the write failed' },
} as const satisfies Record<string, LocalText>
