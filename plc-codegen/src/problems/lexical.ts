import { type ProblemRow, row } from './row.ts'

/** 1xx: characters and literals. */
export const lexicalProblems = {
  ST101: row(
    'error',
    'unknown-character',
    '无法识别的字符 “{text}”',
    'unknown character "{text}"',
    '删除该字符，或把它放进注释或字符串',
    'remove it, or put it into a comment or string',
  ),
  ST102: row(
    'error',
    'comment-not-closed',
    '注释或编译指示没有结束',
    'comment or pragma is not closed',
    '补上 *)、*/ 或 }',
    'add *), */ or }',
  ),
  ST103: row(
    'error',
    'string-not-closed',
    '字符串没有结束',
    'string is not closed',
    "在同一行补上结束引号；引号本身写作 $'",
    "close the quote on the same line; write a quote itself as $'",
  ),
  ST104: row(
    'error',
    'literal-malformed',
    '字面量 “{text}” 没有意义',
    'literal "{text}" makes no sense',
    '检查前缀、进制和数值，例如 16#FF、T#1s500ms、D#2026-01-31',
    'check prefix, base and digits, as in 16#FF, T#1s500ms, D#2026-01-31',
  ),
  ST105: row(
    'warning',
    'comment-nesting',
    '注释内的 “(*” 没有配对，按第一个 “*)” 结束',
    '"(*" inside a comment has no partner; the comment ends at the first "*)"',
    '去掉注释内的 “(*”',
    'remove the "(*" inside the comment',
  ),
} as const satisfies Readonly<Record<string, ProblemRow>>
