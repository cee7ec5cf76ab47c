/** Problems of lots and reports. Codes MW-4xxx. */
import { type ProblemRow, row } from './row.ts'

export const qualityProblems = {
  'MW-4001': row('input', 'the lot has no inspections', '该批次没有检验记录', 'Choose another lot', '请选择其他批次'),
  'MW-4002': row(
    'ours',
    'the report cannot be written: {detail}',
    '报告无法生成：{detail}',
    'See the log',
    '请查看日志',
  ),
  'MW-4003': row(
    'input',
    'the machine asked for review, so the review must say what the part is',
    '机器判定为待复核，复核时必须说明实际结果',
    'State truth: good or defective',
    '请注明 truth：good（良品）或 defective（不良）',
  ),
  'MW-4004': row(
    'input',
    'the stated truth contradicts verdict and decision',
    '所述实际结果与机器判定及复核决定矛盾',
    'Leave truth out, or choose the other decision',
    '请省略 truth，或选择另一项决定',
  ),
} as const satisfies Record<string, ProblemRow>
