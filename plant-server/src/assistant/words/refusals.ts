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
  help: text(
    '我可以回答：工单与排产（“哪些工单会延期”“如果 2 号烘丝机停机 4 小时”）、点位的当前值与趋势、报警、检验质量、作业规程，也可以起草 PLC 程序（“两台泵按液位交替运行”）。我只给出建议，发布与保存由有权限的人批准。',
    'Ask about orders and the plan ("which orders are late", "what if drum dryer 2 is down for 4 hours"), values and trends of tags, alarms, inspections and quality, procedures, or have PLC code drafted ("two pumps alternating by level"). I only propose: a person with the role publishes or saves.',
  ),
  noWrite: text(
    '我不改变设备，也不写设定值。设定值由操作员在产线页面接受建议，或由工艺工程师在防护限值内写入；每次写入都有审计记录。',
    'I change no machine and write no setpoint. An operator accepts a proposal on the line page, or a process engineer writes within the guard there; each write is in the audit log.',
  ),
  ambiguous: text('可能是：{names}。', 'It may be one of: {names}.'),
  nothingLeft: text(
    '回答中的内容没有工具结果或文档作依据，已全部删除。',
    'Nothing of the answer had a tool result or a document behind it; all of it was struck.',
  ),
} as const satisfies Record<string, LocalText>
