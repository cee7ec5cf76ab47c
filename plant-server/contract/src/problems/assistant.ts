/** Problems of the assistant. Codes MW-5xxx. */
import { type ProblemRow, row } from './row.ts'

export const assistantProblems = {
  'MW-5001': row(
    'refused',
    'nothing that the plant knows answers this',
    '工厂知识与数据中没有可以回答此问题的依据',
    'Ask about orders, tags, alarms, inspections, procedures or PLC code',
    '可询问订单、点位、报警、检验、作业规程或 PLC 程序',
  ),
  'MW-5002': row(
    'passing',
    'the language model does not answer: {detail}',
    '语言模型无应答：{detail}',
    'The rules answer meanwhile',
    '此间由规则引擎回答',
  ),
  'MW-5003': row('input', 'the question lacks {what}', '问题中缺少{what}', 'Ask again and name it', '请补充后再问'),
  'MW-5004': row(
    'input',
    'knowledge document: {detail}',
    '知识文档：{detail}',
    'Correct the document at the place named',
    '请更正文档中所指位置',
  ),
  'MW-5005': row(
    'refused',
    'your role may not use the tool {tool}; roles that may: {roles}',
    '您的角色无权使用工具 {tool}；有权限的角色：{roles}',
    'Ask a person with one of these roles',
    '请联系具有相应角色的人员',
  ),
  'MW-5006': row(
    'input',
    'there is no {what} that fits "{name}"',
    '没有与“{name}”相符的{what}',
    'Name it as the pages do',
    '请使用页面上显示的名称',
  ),
  'MW-5007': row(
    'input',
    'the tool {tool} cannot use these arguments: {detail}',
    '工具 {tool} 无法使用这些参数：{detail}',
    'Correct the arguments',
    '请更正参数',
  ),
  'MW-5008': row(
    'refused',
    'the program has not passed its checks: {detail}',
    '程序未通过检查：{detail}',
    'Correct the program and draft or save it again',
    '请修正程序后重新生成或保存',
  ),
  'MW-5009': row(
    'refused',
    'the assistant changes no machine',
    '助手不改变设备',
    'Accept a proposal on the line page, or ask a process engineer to write within the guard',
    '请在产线页面接受建议，或请工艺工程师在防护限值内写入',
  ),
} as const satisfies Record<string, ProblemRow>
