import { fill, type Language } from '../problems.ts'

/** What `verify` tells people, by code. `{x}` is filled in. */
const texts = {
  'no-assertion': {
    zh: '代码中没有 //#ASSERT 断言：无可违反，视为已证明',
    en: 'the code holds no //#ASSERT: there is nothing to break, so it counts as proved',
  },
  'unknown-pattern': { zh: '未知的性质模板 “{name}”', en: 'there is no pattern "{name}"' },
  'missing-parameter': { zh: '模板 {name} 需要 {count} 个参数', en: 'pattern {name} takes {count} parameters' },
  'bad-expression': { zh: '表达式 “{text}”：{what}', en: 'expression "{text}": {what}' },
  'no-variable': { zh: '{pou} 没有变量 “{name}”', en: '{pou} has no variable "{name}"' },
  'many-variables': {
    zh: '“{name}” 不在 {pou} 中，而在多个实例中：{places}，请写出实例名',
    en: '"{name}" is not in {pou} but in several instances: {places}; name the instance',
  },
  'nested-variable': { zh: '“{name}” 读作 {place}', en: '"{name}" is read as {place}' },
  'not-boolean': { zh: '表达式 “{text}” 不是 BOOL', en: 'expression "{text}" is no BOOL' },
  'proved-induction': {
    zh: '已证明：任意输入、任意循环时间（1..1000 ms）下成立（{depth}-归纳）',
    en: 'holds for all inputs and every cycle time from 1 to 1000 ms ({depth}-induction)',
  },
  'proved-ic3': {
    zh: '已证明：任意输入、任意循环时间（1..1000 ms）下成立（归纳不变式）',
    en: 'holds for all inputs and every cycle time from 1 to 1000 ms (inductive invariant found)',
  },
  'proved-exhaustive': { zh: '已穷举全部 {states} 个可达状态', en: 'all {states} reachable states were visited' },
  'proved-witness': {
    zh: '第 {scans} 次扫描可以达到（见反例轨迹）',
    en: 'reached in scan {scans}, as the trace shows',
  },
  'proved-return': {
    zh: '从任何状态出发，在输入保持 {inputs} 时 {depth} 次扫描内可以达到',
    en: 'from every state it is reached within {depth} scans with inputs held at {inputs}',
  },
  vacuous: { zh: '前提永远不成立', en: 'its premise can never hold' },
  violated: { zh: '第 {scans} 次扫描结束时不成立', en: 'does not hold at the end of scan {scans}' },
  shortest: { zh: '这是最短的反例', en: 'no shorter counterexample exists' },
  'not-input': { zh: '输入 {name} 可取任意值', en: 'input {name} may take every value' },
  unreachable: {
    zh: '不可能达到（已证明）；轨迹仅为一次示例运行',
    en: 'cannot be reached (proved); no trace can show that, the one given is an example run',
  },
  'never-again': {
    zh: '轨迹末尾之后不再可能达到（已证明）',
    en: 'can never be reached again after the end of the trace (proved)',
  },
  bounded: {
    zh: '在深度 {depth} 内未发现反例（{scans} 次扫描）',
    en: 'no counterexample to depth {depth} ({scans} scans searched)',
  },
  'bounded-reach': {
    zh: '在深度 {depth} 内未能达到（{scans} 次扫描）',
    en: 'not reached to depth {depth} ({scans} scans searched)',
  },
  'no-gates': { zh: '无法符号化：{what}', en: 'not provable in gates: {what}' },
  'time-out': { zh: '时间用尽', en: 'time ran out' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>

export type MessageCode = keyof typeof texts
export type MessageValues = Readonly<Record<string, string | number>>

export function message(lang: Language, code: MessageCode, values: MessageValues = {}): string {
  return fill(texts[code][lang], values)
}
