/** Texts for people, in both languages; `{name}` is filled in. */
import { fillText, type LocalText, type TextValues } from '@millwright/contract'

export const texts = {
  limit_hihi: {
    zh: '{what}过高：{value} {unit}（高高限 {limit}）',
    en: '{what} very high: {value} {unit} (limit {limit})',
  },
  limit_hi: { zh: '{what}偏高：{value} {unit}（高限 {limit}）', en: '{what} high: {value} {unit} (limit {limit})' },
  limit_lo: { zh: '{what}偏低：{value} {unit}（低限 {limit}）', en: '{what} low: {value} {unit} (limit {limit})' },
  limit_lolo: {
    zh: '{what}过低：{value} {unit}（低低限 {limit}）',
    en: '{what} very low: {value} {unit} (limit {limit})',
  },
  source_offline: { zh: '数据源 {source} 断开', en: 'Source {source} is disconnected' },
  outbox_dropped: {
    zh: '发件箱已满，最旧的数据被丢弃（累计 {count}）',
    en: 'Outbox full: oldest data dropped ({count} in all)',
  },
  outbox_damaged: {
    zh: '发件箱数据库损坏，已移至 {file}；其中 {salvaged} 条得以保留',
    en: 'The outbox was damaged and put aside as {file}; {salvaged} items of it were saved',
  },
  broker_confirms: {
    zh: '由代理服务器（broker）确认交付：数据被其接收后即从发件箱删除，之后丢失的数据不会重发（server.confirm: broker）',
    en: 'The broker confirms delivery: what it has taken is forgotten, and not sent again if it is lost behind it (server.confirm: broker)',
  },
  outbox_fault: { zh: '发件箱无法写入', en: 'Outbox cannot be written' },
  quarantine: {
    zh: '服务器拒收的数据已隔离（累计 {count}）',
    en: 'Data refused by the server was set aside ({count} in all)',
  },
  queue_full: {
    zh: '{source}：待检图像队列已满，未保存的画面累计 {count}',
    en: '{source}: the queue of pictures to inspect is full; {count} frames were left out in all',
  },
  queue_refused: {
    zh: '{source}：待检图像已达 {mb} MB，新图像被拒收',
    en: '{source}: {mb} MB of pictures wait to be inspected; new ones are refused',
  },
  guard_range: {
    zh: '{value} {unit} 超出允许范围 {low}～{high} {unit}',
    en: '{value} {unit} is outside the permitted {low} to {high} {unit}',
  },
  guard_step: {
    zh: '与当前值 {current} {unit} 相差 {step}，超过最大步长 {max}',
    en: 'a step of {step} from the present {current} {unit} is larger than the permitted {max}',
  },
  guard_blind: {
    zh: '当前值未知或质量不良，不能写入',
    en: 'the present value is unknown or bad: nothing is written blindly',
  },
} as const satisfies Record<string, LocalText>

export type TextKey = keyof typeof texts

/** Fills a text's placeholders in both languages; a value may itself be a text. */
export function say(key: TextKey, values: TextValues = {}): LocalText {
  const { zh, en } = fillText(texts[key], values)
  return { zh: zh.trim(), en: en.trim() }
}
