/** Problems of orders and plans. Codes MW-3xxx. */
import { type ProblemRow, row } from './row.ts'

export const planningProblems = {
  'MW-3001': row('input', 'order file: {detail}', '订单文件：{detail}', 'Correct the place named', '请更正所指位置'),
  'MW-3002': row(
    'refused',
    'the verifier refuses the plan: {detail}',
    '校验器拒绝该计划：{detail}',
    'Plan again',
    '请重新排产',
  ),
  'MW-3003': row(
    'refused',
    'the plan is based on an older one than is in force',
    '该计划基于的版本已不是当前版本',
    'Plan again',
    '请重新排产',
  ),
} as const satisfies Record<string, ProblemRow>
