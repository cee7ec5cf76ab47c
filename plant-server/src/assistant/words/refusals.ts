/** What the assistant says when it does not answer, and the names of what a question lacks. */
import type { LocalText } from '@millwright/contract'
import { text } from './say.ts'

export const missingWords = {
  order: text('工单号', 'the order'),
  equipment: text('设备', 'the equipment'),
  hours: text('停机时长', 'how long the machine is down'),
  tag: text('点位', 'the tag'),
  product: text('产品或工单号', 'the product or the order'),
} as const satisfies Record<string, LocalText>
export type Missing = keyof typeof missingWords

export const refusalWords = {
  ambiguous: text('可能是：{names}。', 'It may be one of: {names}.'),
  nothingLeft: text(
    '回答中的内容没有工具结果或文档作依据，已全部删除。',
    'Nothing of the answer had a tool result or a document behind it; all of it was struck.',
  ),
} as const satisfies Record<string, LocalText>
