/**
 * Every problem that the library reports: code, severity, name, message and remedy in both languages. `{x}` is filled
 * from the problem's values; a value `@123` is an offset and shown as its line. `docs/problems.md` is checked against
 * this table by a test.
 */
import type { Span } from './syntax/span.ts'

export type Severity = 'error' | 'warning' | 'notice'
export type Language = 'zh' | 'en'

export interface Problem {
  readonly code: ProblemCode
  readonly span: Span
  readonly values: Readonly<Record<string, string | number>>
}

export interface ProblemRow {
  readonly severity: Severity
  readonly name: string
  readonly message: Readonly<Record<Language, string>>
  readonly remedy: Readonly<Record<Language, string>>
}

const row = (severity: Severity, name: string, zh: string, en: string, doZh: string, doEn: string): ProblemRow => ({
  severity,
  name,
  message: { zh, en },
  remedy: { zh: doZh, en: doEn },
})

export const problemTable = {
  // 1xx: characters and literals
  ST101: row('error', 'unknown-character', '无法识别的字符 “{text}”', 'unknown character "{text}"', '删除该字符，或把它放进注释或字符串', 'remove it, or put it into a comment or string'),
  ST102: row('error', 'comment-not-closed', '注释或编译指示没有结束', 'comment or pragma is not closed', '补上 *)、*/ 或 }', 'add *), */ or }'),
  ST103: row('error', 'string-not-closed', '字符串没有结束', 'string is not closed', '在同一行补上结束引号；引号本身写作 $\'', "close the quote on the same line; write a quote itself as $'"),
  ST104: row('error', 'literal-malformed', '字面量 “{text}” 没有意义', 'literal "{text}" makes no sense', '检查前缀、进制和数值，例如 16#FF、T#1s500ms、D#2026-01-31', 'check prefix, base and digits, as in 16#FF, T#1s500ms, D#2026-01-31'),
  ST105: row('warning', 'comment-nesting', '注释内的 “(*” 没有配对，按第一个 “*)” 结束', '"(*" inside a comment has no partner; the comment ends at the first "*)"', '去掉注释内的 “(*”', 'remove the "(*" inside the comment'),
  // 2xx: syntax
  ST201: row('error', 'token-expected', '此处应为 “{wanted}”，却是 “{found}”', 'expected "{wanted}", found "{found}"', '补上 “{wanted}”', 'write "{wanted}" here'),
  ST202: row('error', 'block-not-closed', '第 {at} 行开始的 {opened} 缺少 {wanted}（此处为 “{found}”）', '{opened} of line {at} has no {wanted} (found "{found}")', '在此之前写上 {wanted}', 'write {wanted} before this place'),
  ST203: row('error', 'end-without-begin', '{found} 没有对应的开始', '{found} closes or divides nothing that is open', '删除它，或补上它的开始', 'remove it, or write its beginning'),
  ST204: row('error', 'expression-expected', '此处应为表达式，却是 “{found}”', 'expected an expression, found "{found}"', '写出变量、数值或函数调用', 'write a variable, a value or a function call'),
  ST205: row('error', 'statement-unreadable', '语句在 “{found}” 处无法继续', 'the statement cannot go on at "{found}"', '检查多余或缺少的符号、括号', 'look for a superfluous or missing sign or bracket'),
  ST206: row('error', 'name-expected', '此处应为名称，却是 “{found}”', 'expected a name, found "{found}"', '写出名称；关键字不能作名称', 'write a name; keywords cannot be names'),
  ST207: row('error', 'target-not-variable', '“:=” 左边的 “{found}” 不是变量', '"{found}" on the left of ":=" is no variable', '左边只能是变量、数组元素或成员', 'put a variable, array element or member on the left'),
  ST208: row('error', 'semicolon-missing', '“{after}” 之后缺少分号', 'semicolon missing after "{after}"', '补上 “;”', 'add ";"'),
  ST209: row('error', 'equals-for-assignment', '赋值要用 “:=”，不是 “{found}”', 'an assignment is written ":=", not "{found}"', '改为 “:=”', 'write ":="'),
  ST211: row('error', 'nested-too-deep', '嵌套太深', 'nested too deep', '拆成多个语句或功能块', 'split it into several statements or blocks'),
  ST212: row('error', 'case-label-expected', '此处应为 CASE 标号，却是 “{found}”', 'expected a CASE label, found "{found}"', '写成 “数值:” 或 “数值..数值:”', 'write "value:" or "value..value:"'),
  ST213: row('error', 'type-expected', '此处应为类型，却是 “{found}”', 'expected a type, found "{found}"', '写出类型，例如 BOOL、INT、ARRAY[1..10] OF REAL', 'write a type such as BOOL, INT, ARRAY[1..10] OF REAL'),
  ST214: row('error', 'unit-expected', '此处应为 PROGRAM、FUNCTION_BLOCK、FUNCTION 或 TYPE，却是 “{found}”', 'expected PROGRAM, FUNCTION_BLOCK, FUNCTION or TYPE, found "{found}"', '语句必须写在程序组织单元之内', 'statements stand inside a program organisation unit'),
  ST251: row('warning', 'end-without-semicolon', '{end} 之后没有分号', 'no semicolon after {end}', '补上 “;”，标准要求如此', 'add ";": the standard asks for it'),
  ST252: row('warning', 'nonstandard-spelling', '“{found}” 不是标准写法', '"{found}" is not a spelling of the standard', '改为 {wanted}', 'write {wanted}'),
  // 3xx: declarations and names
  ST301: row('error', 'declared-twice', '“{name}” 重复声明', '"{name}" is declared twice', '删除或改名其中一个', 'remove or rename one of them'),
  ST302: row('notice', 'unknown-type', '未知类型 “{name}”，按外部类型处理', 'unknown type "{name}" is taken as one of another library', '若不在别的库中，请检查拼写或一并提供其文件', 'check the spelling, or give the file that declares it'),
  ST303: row('notice', 'unknown-name', '未知变量 “{name}”，按外部变量处理', 'unknown variable "{name}" is taken as one of another library', '声明它，检查拼写，或一并提供声明它的文件', 'declare it, check the spelling, or give the file that declares it'),
  ST304: row('notice', 'unknown-function', '未知函数 “{name}”，按外部函数处理', 'unknown function "{name}" is taken as one of another library', '检查拼写，或一并提供声明它的文件', 'check the spelling, or give the file that declares it'),
  ST305: row('error', 'unknown-member', '{owner} 没有成员 “{name}”', '{owner} has no member "{name}"', '检查成员名', 'check the name of the member'),
  ST306: row('error', 'unit-declared-twice', '程序单元或类型 “{name}” 重复声明', 'unit or type "{name}" is declared twice', '删除或改名其中一个', 'remove or rename one of them'),
  ST307: row('error', 'range-reversed', '范围 {low}..{high} 的下限大于上限', 'range {low}..{high} has its lower bound above the upper', '交换上下限', 'swap the bounds'),
  ST308: row('error', 'type-contains-itself', '类型 “{name}” 包含自身', 'type "{name}" contains itself', '改用 POINTER TO 或 REF_TO', 'use POINTER TO or REF_TO'),
  ST310: row('error', 'value-name-as-type', '“{name}” 不是类型', '"{name}" is no type', '检查声明的类型', 'check the type of the declaration'),
  // 4xx: types
  ST401: row('error', 'cannot-convert', '{from} 不能转换为 {to}', 'cannot convert {from} to {to}', '改用匹配的类型，或显式转换，例如 {to}', 'use a matching type, or convert explicitly'),
  ST402: row('warning', 'conversion-may-lose', '{from} 隐式转换为 {to} 可能丢失数值', 'implicit conversion of {from} to {to} may lose the value', '用 {from}_TO_{to} 显式转换', 'convert explicitly with {from}_TO_{to}'),
  ST403: row('error', 'operator-undefined', '运算 {operator} 不适用于 {left} 与 {right}', 'operator {operator} is not defined for {left} and {right}', '转换操作数，或检查运算', 'convert an operand, or check the operator'),
  ST404: row('error', 'condition-not-bool', '条件应为 BOOL，却是 {found}', 'a condition must be BOOL, not {found}', '写成比较，例如 x <> 0', 'write a comparison such as x <> 0'),
  ST405: row('error', 'argument-type', '{callee} 的参数 {name} 应为 {wanted}，却是 {found}', 'argument {name} of {callee} must be {wanted}, not {found}', '传入匹配类型的值', 'pass a value of that type'),
  ST406: row('error', 'too-many-arguments', '{callee} 最多 {most} 个参数，却有 {found} 个', '{callee} takes at most {most} arguments, not {found}', '删除多余的参数', 'remove the superfluous arguments'),
  ST407: row('error', 'argument-missing', '{callee} 缺少参数 {name}', '{callee} is called without {name}', '补上参数 {name}', 'pass {name}'),
  ST408: row('error', 'unknown-parameter', '{callee} 没有参数 “{name}”', '{callee} has no parameter "{name}"', '检查参数名与方向（:= 输入，=> 输出）', 'check its name and direction (:= in, => out)'),
  ST409: row('error', 'not-callable', '“{name}” 是 {found}，不能调用', '"{name}" is {found} and cannot be called', '只能调用函数、方法和功能块实例', 'only functions, methods and block instances are called'),
  ST410: row('error', 'not-an-array', '{found} 不能用 {count} 个下标访问', '{found} does not take {count} indices', '检查数组的维数', 'check the dimensions of the array'),
  ST411: row('error', 'index-not-integer', '下标应为整数，却是 {found}', 'an index must be an integer, not {found}', '用整数作下标', 'use an integer'),
  ST412: row('error', 'no-members', '{found} 没有成员 “{name}”', '{found} has no members, so no "{name}"', '检查变量的类型', 'check the type of the variable'),
  ST413: row('error', 'not-a-pointer', '{found} 不是指针，不能用 “^”', '{found} is no pointer, "^" does not apply', '去掉 “^”，或检查类型', 'remove "^", or check the type'),
  ST414: row('error', 'literal-out-of-range', '{value} 超出 {type} 的范围', '{value} does not fit into {type}', '改用更宽的类型，或检查数值', 'use a wider type, or check the value'),
  ST415: row('error', 'bit-out-of-range', '{type} 没有第 {bit} 位', '{type} has no bit {bit}', '位号从 0 到宽度减一', 'bits count from 0 to the width less one'),
  ST416: row('error', 'variable-needed', '{callee} 的 {name} 需要变量，不能是表达式', '{name} of {callee} needs a variable, not an expression', '传入变量', 'pass a variable'),
  ST418: row('warning', 'internal-variable-passed', '“{name}” 是 {callee} 的内部变量，不是输入', '"{name}" is an internal variable of {callee}, not an input', '把它声明在 VAR_INPUT 中', 'declare it in VAR_INPUT'),
  ST419: row('error', 'instance-needed', '{name} 是功能块类型，要通过实例调用', '{name} is a block type and is called by an instance', '声明一个 {name} 的实例并调用它', 'declare an instance of {name} and call that'),
  ST420: row('error', 'no-value', '{name} 没有返回值，不能用在表达式中', '{name} gives no value and cannot stand in an expression', '单独调用它，再读取其输出', 'call it as a statement and read its outputs'),
  ST422: row('error', 'index-out-of-bounds', '下标 {index} 超出 {low}..{high}', 'index {index} is outside {low}..{high}', '改正下标或数组范围', 'correct the index or the bounds'),
  ST423: row('error', 'division-by-zero', '除以常数零', 'division by a constant zero', '检查除数', 'check the divisor'),
  ST424: row('warning', 'string-too-long', '长度 {length} 的字符串放不进 {type}，会被截断', 'a string of {length} characters is cut to {type}', '加大声明的长度', 'declare a greater length'),
  // 5xx: statements
  ST501: row('error', 'exit-outside-loop', '{word} 不在循环之内', '{word} stands outside a loop', '删除它，或改用 RETURN', 'remove it, or use RETURN'),
  ST502: row('error', 'constant-written', '常量 “{name}” 不能赋值', 'constant "{name}" cannot be assigned', '去掉 CONSTANT，或不要赋值', 'remove CONSTANT, or do not assign'),
  ST503: row('error', 'not-assignable', '“{name}” 不能赋值', '"{name}" cannot be assigned', '左边只能是变量、数组元素、成员或函数自身', 'assign to a variable, element, member or the function itself'),
  ST504: row('error', 'case-label-twice', 'CASE 标号 {label} 重复', 'CASE label {label} occurs twice', '合并两个分支，或改正标号', 'merge the branches, or correct the label'),
  ST505: row('error', 'for-variable-type', 'FOR 的循环变量应为整数，却是 {found}', 'a FOR variable must be an integer, not {found}', '声明一个整数循环变量', 'declare an integer variable'),
  ST506: row('error', 'label-unknown', '没有标号 “{name}”', 'there is no label "{name}"', '写出标号，或删除跳转', 'write the label, or remove the jump'),
  ST507: row('error', 'for-step-zero', 'FOR 的步长为零，循环不会结束', 'the FOR loop has step zero and never ends', '给出非零步长', 'give a step other than zero'),
  ST508: row('error', 'case-selector-type', 'CASE 的选择式应为整数或枚举，却是 {found}', 'a CASE selector must be an integer or enumeration, not {found}', '改用 IF，或转换类型', 'use IF, or convert'),
  // 6xx: rules of good practice
  ST601: row('notice', 'unused-variable', '变量 “{name}” 从未使用', 'variable "{name}" is never used', '删除它', 'remove it'),
  ST603: row('warning', 'dead-code', '{after} 之后的语句不会执行', 'statements behind {after} are never run', '删除它们，或把 {after} 放进条件', 'remove them, or put {after} under a condition'),
  ST604: row('notice', 'case-without-else', 'CASE 没有 ELSE，其他取值无动作', 'CASE without ELSE: other values do nothing', '写出 ELSE 分支', 'write an ELSE branch'),
  ST605: row('warning', 'float-equality', '浮点数用 {operator} 比较几乎从不如愿', 'floating-point values are compared with {operator}', '改用 ABS(a - b) < 容差', 'use ABS(a - b) < tolerance'),
  ST606: row('warning', 'input-written', '输入 “{name}” 被改写', 'input "{name}" is written inside its block', '用局部变量', 'use a local variable'),
  ST607: row('warning', 'loop-variable-written', '循环变量 “{name}” 在循环体内被改写', 'loop variable "{name}" is written inside its loop', '用另一个变量，或改用 WHILE', 'use another variable, or WHILE'),
  ST609: row('warning', 'condition-constant', '条件恒为 {value}', 'the condition is always {value}', '删除该条件', 'remove the condition'),
  ST610: row('warning', 'assigned-to-itself', '“{name}” 赋值给自身', '"{name}" is assigned to itself', '删除该语句', 'remove the statement'),
  ST613: row('error', 'recursion', '{name} 直接或间接调用自身', '{name} calls itself, directly or through others', '改用循环；PLC 的栈是固定的', 'use a loop: the stack of a PLC is fixed'),
  ST617: row('notice', 'short-circuit-guard', '{operator} 右边可能出错，是否求值由实现决定', 'the right side of {operator} could trap; the standard leaves open whether it is evaluated', '改用嵌套的 IF 或 AND_THEN / OR_ELSE', 'use a nested IF, or AND_THEN / OR_ELSE'),
  // 7xx: running
  ST701: row('error', 'trap-array-bound', '下标 {index} 超出 {low}..{high}', 'index {index} is outside {low}..{high}', '在访问之前限制下标', 'limit the index before the access'),
  ST702: row('error', 'trap-division', '除以零', 'division by zero', '先检查除数', 'check the divisor first'),
  ST703: row('error', 'trap-null', '引用为空', 'the reference is null', '先赋值再使用', 'assign it before use'),
  ST704: row('error', 'trap-budget', '一个扫描周期超过 {steps} 步（看门狗）', 'one scan took more than {steps} steps (watchdog)', '检查不会结束的循环', 'look for a loop that does not end'),
  ST705: row('error', 'trap-unsupported', '模拟器不支持：{what}', 'the simulator does not support: {what}', '改写该处', 'write it another way'),
  ST706: row('error', 'pou-not-found', '没有名为 “{name}” 的程序、功能块或函数', 'there is no program, block or function "{name}"', '用 --pou 给出文件中的名称', 'name one of the file with --pou'),
  ST707: row('error', 'trace-malformed', '轨迹文件有误：{place} {what}', 'the trace is malformed: {place} {what}', '按 {"cycle_ms": 10, "scans": N, "inputs": {…}} 书写', 'write it as {"cycle_ms": 10, "scans": N, "inputs": {…}}'),
  ST708: row('error', 'trace-unknown-variable', '{pou} 没有变量 “{name}”', '{pou} has no variable "{name}"', '检查轨迹中的变量名', 'check the names in the trace'),
  ST709: row('error', 'trap-depth', '调用嵌套超过 {depth} 层', 'calls nest deeper than {depth}', '去掉递归', 'remove the recursion'),
  ST710: row('error', 'file-unreadable', '无法读取 {file}：{what}', 'cannot read {file}: {what}', '检查路径与权限', 'check path and permissions'),
  // 8xx: requests and drafts
  ST801: row('error', 'request-not-understood', '没有看懂需求：找不到 {missing}', 'the request is not understood: no {missing} found', '例如：“两台泵按液位交替，1号泵在80%启动、30%停止，带急停”', 'for example: "two pumps alternating by level, start at 80 %, stop at 30 %, with emergency stop"'),
  ST802: row('error', 'no-pattern', '没有适合 “{what}” 的模板', 'there is no pattern for "{what}"', '目前可用：{patterns}', 'available: {patterns}'),
  ST803: row('error', 'limits-contradict', '{low} 必须小于 {high}', '{low} must be below {high}', '改正数值', 'correct the values'),
  ST804: row('error', 'change-not-understood', '没有看懂这项修改', 'the change is not understood', '例如：“启动液位改为 80%”、“交替时间改为 4 小时”', 'for example: "set the start level to 80 %", "make the swap time 4 hours"'),
  ST805: row('warning', 'words-ignored', '这些词没有用到：{words}', 'these words were not used: {words}', '若有要求，请另行说明', 'if they ask for something, say it another way'),
} as const satisfies Readonly<Record<string, ProblemRow>>

export type ProblemCode = keyof typeof problemTable

/** Fills `{x}` from values; `lineOf` turns `@offset` into a line. */
export function fill(text: string, values: Readonly<Record<string, string | number>>, lineOf: (offset: number) => number = Number): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = values[key]
    if (value === undefined) return whole
    return typeof value === 'string' && /^@\d+$/.test(value) ? String(lineOf(Number(value.slice(1)))) : String(value)
  })
}
