import { type ProblemRow, row } from './row.ts'

/** 9xx: export to and import from other tools. */
export const exchangingProblems = {
  ST901: row(
    'notice',
    'beyond-plcopen',
    '{name}：PLCopen XML 2.01 没有 {what} 的元素，作为附加数据写入',
    '{name}: PLCopen XML 2.01 has no element for {what}; it travels as an addition',
    '其他工具可能会忽略它，导入后请核对',
    'other tools may leave it out: check it after the import',
  ),
  ST902: row(
    'warning',
    'not-structured-text',
    '{name} 含有 {what}，未导入（只取 ST）',
    '{name} has {what}, which is not imported (Structured Text only)',
    '在原工具中转换为 ST',
    'convert it to Structured Text in its own tool',
  ),
  ST903: row(
    'error',
    'exchange-file-malformed',
    '无法读取 {file}：{what}',
    'cannot read {file}: {what}',
    '重新导出该文件',
    'export the file anew',
  ),
  ST904: row(
    'warning',
    'not-in-target',
    '{name}：目标格式没有 {what}，未导出',
    '{name}: the target form has no {what}; it is left out',
    '改写该处，或使用另一种格式',
    'write it another way, or use another form',
  ),
  ST905: row(
    'error',
    'exchange-syntax',
    '{file} 有语法错误（{what}），不能转换',
    '{file} has a syntax error ({what}) and is not converted',
    '先用 mw-plc check 改正',
    'mend it first with mw-plc check',
  ),
  ST906: row(
    'error',
    'exchange-form-unknown',
    '不认识文件 {file} 的格式',
    'the form of {file} is not known',
    '可用：.xml、.TcPOU、.TcGVL、.TcDUT、.TcIO、.scl、.udt、.db、.st',
    'there are .xml, .TcPOU, .TcGVL, .TcDUT, .TcIO, .scl, .udt, .db and .st',
  ),
  ST907: row(
    'notice',
    'comments-left',
    '{file} 的 {count} 条注释未导入',
    '{count} comments of {file} are not imported',
    '从原文件中复制需要的注释',
    'copy those that are needed from the source',
  ),
} as const satisfies Readonly<Record<string, ProblemRow>>
