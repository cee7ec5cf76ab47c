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
  predictive: {
    zh: '预测控制：干燥机后水分预计 {now}，调整后 {changed} {unit}',
    en: 'predictive control: expected {now}, with the move {changed} {unit}',
  },
  limited: { zh: '受防护限值约束', en: 'held back by the limits of the guard' },
} as const satisfies Record<string, LocalText>

/** Placeholders filled, numbers rounded to two decimals, since a person reads them. */
export function fillRounded(text: LocalText, values: TextValues): LocalText {
  const round = (value: TextValues[string]) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)
  return fillText(text, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)])))
}

export const trips = {
  frozen: { zh: '被控量读数不变，疑似卡死', en: 'the controlled variable does not move: its meter may be frozen' },
  spiking: { zh: '被控量反复跳变', en: 'the controlled variable leaps again and again' },
  disagrees: { zh: '被控量与模型长时间不符', en: 'the controlled variable has long denied what the model expects' },
  inverted: {
    zh: '被控量与其余测量反向变化：信号可能接反',
    en: 'the controlled variable goes against all other meters: its signal may be inverted',
  },
  target_lost: { zh: '被控量丢失', en: 'the controlled variable is lost' },
  output_unknown: { zh: '当前设定值未知', en: 'the setpoint as it stands is unknown' },
  refused: { zh: '设备多次拒绝写入', en: 'the machine has refused the setpoint again and again' },
  clock: { zh: '时钟跳变或暂停', en: 'the clock leapt or stood still' },
  solver: { zh: '控制器无解', en: 'the controller found no solution' },
} as const satisfies Record<string, LocalText>

/** Maintenance advice, each with what was seen. */
export const findings = {
  fouling: {
    zh: '烘筒传热比标定时低 {share} %（{minutes} 分钟平均）：请检查筒壁积垢与疏水器',
    en: 'heat transfer in the drum is {share} % below what was fitted (mean over {minutes} minutes): look for deposits on the wall, and at the steam traps',
  },
  meter_off: {
    zh: '出口水分仪与水平衡相差 {off} %（{minutes} 分钟平均）：请取样化验并校准',
    en: 'the outlet meter is {off} % off the balance of water (mean over {minutes} minutes): take a sample to the laboratory, and calibrate it',
  },
  valve_sticks: {
    zh: '蒸汽应为 {expected} bar，实测 {measured} bar，已超过 {seconds} 秒：阀门可能卡涩',
    en: 'steam should be at {expected} bar and is at {measured}, for more than {seconds} s: the valve may stick',
  },
  frozen: {
    zh: '{signal}停在 {value} 已超过 {seconds} 秒：信号可能冻结',
    en: '{signal} has stood at {value} for more than {seconds} s: the signal may be frozen',
  },
} as const satisfies Record<string, LocalText>

/** Why a laboratory sample corrects nothing. */
export const laboratoryRefusals = {
  not_tracked: {
    zh: '该回路没有跟踪模型，不能用化验值修正',
    en: 'this loop has no tracked model that a laboratory sample could correct',
  },
  not_measured: {
    zh: '取样时刻前后没有可用的仪表读数',
    en: 'the meter has no good readings around the time at which the sample was taken',
  },
  implausible: {
    zh: '化验值与当时仪表读数相差过大，请核对取样时间与数值',
    en: 'the value is too far from what the meter showed then: check time and value',
  },
} as const satisfies Record<string, LocalText>

export const loopAlarm = {
  zh: '{loop}退出闭环，交由设备自带控制：{cause}',
  en: '{loop} has left closed loop; the machine controls itself: {cause}',
} as const satisfies LocalText

export const outcomes = {
  decided: { zh: '该建议已处理或已过期', en: 'this proposal was already decided or has expired' },
  notCommissioned: { zh: '该回路尚未调试，不能闭环', en: 'this loop is not commissioned for closed-loop control' },
  failed: { zh: '写入失败', en: 'the write failed' },
} as const satisfies Record<string, LocalText>
