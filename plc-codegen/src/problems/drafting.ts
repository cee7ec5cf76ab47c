import { type ProblemRow, row } from './row.ts'

/** 8xx: requests and drafts. */
export const draftingProblems = {
  ST801: row(
    'error',
    'request-not-understood',
    '没有看懂需求：找不到 {missing}',
    'the request is not understood: no {missing} found',
    '例如：“两台泵按液位交替，1号泵在80%启动、30%停止，带急停”',
    'for example: "two pumps alternating by level, start at 80 %, stop at 30 %, with emergency stop"',
  ),
  ST802: row(
    'error',
    'no-pattern',
    '没有适合 “{what}” 的模板',
    'there is no pattern for "{what}"',
    '目前可用：{patterns}',
    'available: {patterns}',
  ),
  ST803: row(
    'error',
    'limits-contradict',
    '{low} 必须小于 {high}',
    '{low} must be below {high}',
    '改正数值',
    'correct the values',
  ),
  ST804: row(
    'error',
    'change-not-understood',
    '没有看懂这项修改',
    'the change is not understood',
    '例如：“启动液位改为 80%”、“交替时间改为 4 小时”',
    'for example: "set the start level to 80 %", "make the swap time 4 hours"',
  ),
  ST805: row(
    'warning',
    'words-ignored',
    '这些词没有用到：{words}',
    'these words were not used: {words}',
    '若有要求，请另行说明',
    'if they ask for something, say it another way',
  ),
} as const satisfies Readonly<Record<string, ProblemRow>>
