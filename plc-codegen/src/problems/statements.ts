import { type ProblemRow, row } from './row.ts'

/** 5xx: statements. */
export const statementsProblems = {
  ST501: row(
    'error',
    'exit-outside-loop',
    '{word} 不在循环之内',
    '{word} stands outside a loop',
    '删除它，或改用 RETURN',
    'remove it, or use RETURN',
  ),
  ST502: row(
    'error',
    'constant-written',
    '常量 “{name}” 不能赋值',
    'constant "{name}" cannot be assigned',
    '去掉 CONSTANT，或不要赋值',
    'remove CONSTANT, or do not assign',
  ),
  ST503: row(
    'error',
    'not-assignable',
    '“{name}” 不能赋值',
    '"{name}" cannot be assigned',
    '左边只能是变量、数组元素、成员或函数自身',
    'assign to a variable, element, member or the function itself',
  ),
  ST504: row(
    'error',
    'case-label-twice',
    'CASE 标号 {label} 重复',
    'CASE label {label} occurs twice',
    '合并两个分支，或改正标号',
    'merge the branches, or correct the label',
  ),
  ST505: row(
    'error',
    'for-variable-type',
    'FOR 的循环变量应为整数，却是 {found}',
    'a FOR variable must be an integer, not {found}',
    '声明一个整数循环变量',
    'declare an integer variable',
  ),
  ST506: row(
    'error',
    'label-unknown',
    '没有标号 “{name}”',
    'there is no label "{name}"',
    '写出标号，或删除跳转',
    'write the label, or remove the jump',
  ),
  ST507: row(
    'error',
    'for-step-zero',
    'FOR 的步长为零，循环不会结束',
    'the FOR loop has step zero and never ends',
    '给出非零步长',
    'give a step other than zero',
  ),
  ST508: row(
    'error',
    'case-selector-type',
    'CASE 的选择式应为整数或枚举，却是 {found}',
    'a CASE selector must be an integer or enumeration, not {found}',
    '改用 IF，或转换类型',
    'use IF, or convert',
  ),
} as const satisfies Readonly<Record<string, ProblemRow>>
