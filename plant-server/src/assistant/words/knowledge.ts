/** What the assistant says from the plant's documents, and of PLC drafts. */
import type { LocalText } from '@millwright/contract'
import { text } from './say.ts'

export const knowledgeWords = {
  section: text('《{title}》“{heading}”：', '{title}, "{heading}":'),
  step: text('《{title}》“{heading}”第 {number} 步：{text}', '{title}, "{heading}", step {number}: {text}'),
  noStep: text(
    '《{title}》“{heading}”只有 {count} 步，没有第 {number} 步。',
    '{title}, "{heading}" has {count} steps; there is no step {number}.',
  ),
} as const satisfies Record<string, LocalText>

export const plcWords = {
  green: text(
    '已生成程序 {name}：语法与类型检查通过，{total} 个场景全部通过（{passed}/{total}）。',
    'Program {name} is drafted: parser and type checker accept it, and all {total} scenarios pass ({passed}/{total}).',
  ),
  notGreen: text(
    '程序 {name} 未通过检查（{total} 个场景中 {passed} 个通过），不能作为成品提供：{problems}',
    'Program {name} has not passed the gate ({passed} of {total} scenarios pass), so it is not offered as finished: {problems}',
  ),
  notUnderstood: text(
    '未能从这段话中得到完整的程序规格。',
    'These words do not give a complete specification of a program.',
  ),
  approve: text(
    '程序尚未保存：请工艺工程师在建议卡上核对规格与证据后保存。',
    'Nothing is saved yet: a process engineer checks specification and evidence on the card and saves it.',
  ),
  title: text('保存 PLC 程序 {name}', 'Save PLC program {name}'),
  saved: text('已保存程序 {name} 版本 {version}', 'Program {name} saved as version {version}'),
  summary: text('{total} 个场景全部通过', 'all {total} scenarios pass'),
} as const satisfies Record<string, LocalText>
