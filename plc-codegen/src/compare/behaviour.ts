/**
 * Whether two versions of a unit behave the same: both run side by side on the same inputs from their starts, and that their outputs
 * are equal at the end of every scan is proved, or broken with a run that shows the difference.
 */
import { elementary } from '../check/types.ts'
import { printType } from '../print/structured-text.ts'
import { type PropertyAnswer, type VerifyOptions, verify } from '../prove/verify.ts'
import { lex } from '../syntax/lexer.ts'
import { parse } from '../syntax/parser.ts'
import type { Declaration, Item, Pou } from '../syntax/tree.ts'

export type Behaviour =
  | { readonly compared: true; readonly outputs: readonly string[]; readonly answer: PropertyAnswer }
  /** Why they cannot run side by side, with the words of `reasons`. */
  | {
      readonly compared: false
      readonly why: 'not-found' | 'interface' | 'no-outputs' | 'in-out' | 'located' | 'does-not-compile'
    }

const BOTH = 'MwBoth_'
const OLD = 'Mw_Old'

export function compareBehaviour(before: string, after: string, pou: string, options: VerifyOptions): Behaviour {
  const old = unitOf(before, pou)
  const now = unitOf(after, pou)
  if (old === undefined || now === undefined || old.pou !== now.pou) return { compared: false, why: 'not-found' }
  const inputs = of(now, 'VAR_INPUT')
  const outputs = of(now, 'VAR_OUTPUT')
  const shown = (list: readonly Declared[]) => list.map(each => `${each.name.toUpperCase()}:${each.type}`).join()
  if (shown(inputs) !== shown(of(old, 'VAR_INPUT')) || shown(outputs) !== shown(of(old, 'VAR_OUTPUT')))
    return { compared: false, why: 'interface' }
  if (of(now, 'VAR_IN_OUT').length + of(old, 'VAR_IN_OUT').length > 0) return { compared: false, why: 'in-out' }
  const all = [old, now].flatMap(each => each.sections.flatMap(section => section.declarations))
  if (all.some(each => each.address !== undefined)) return { compared: false, why: 'located' }
  // Whole arrays and structures have no comparison in the language.
  const simple = outputs.filter(each => each.scalar)
  const isFunction = now.pou === 'FUNCTION'
  if (simple.length === 0 && !isFunction) return { compared: false, why: 'no-outputs' }
  const renamed = withSuffix(before, `_${OLD}`)
  const args = inputs.map(each => `${each.name} := ${each.name}`).join(', ')
  const name = now.name.text
  const calls = isFunction
    ? [`same_ := ${name}_${OLD}(${args}) = ${name}(${args});`]
    : [
        `old_(${args});`,
        `new_(${args});`,
        `same_ := ${simple.map(each => `old_.${each.name} = new_.${each.name}`).join(' AND ')};`,
      ]
  const text = [
    renamed,
    after,
    `FUNCTION_BLOCK ${BOTH}`,
    'VAR_INPUT',
    ...inputs.map(each => `  ${each.name} : ${each.type};`),
    'END_VAR',
    ...(isFunction ? [] : ['VAR', `  old_ : ${name}_${OLD};`, `  new_ : ${name};`, 'END_VAR']),
    'VAR_OUTPUT',
    '  same_ : BOOL;',
    'END_VAR',
    ...calls,
    'END_FUNCTION_BLOCK',
  ].join('\n')
  const invariant = (...parts: readonly string[]) => ({
    job_req: 'pattern',
    pattern_id: 'pattern-invariant',
    pattern_params: { '1': parts.join(' AND ') },
  })
  // Equal outputs follow by induction only where the memories agree too: variables of one name are tried together first.
  const inner = isFunction ? [] : correspondences(old, now)
  if (inner.length > 0) {
    const strong = verify(text, BOTH, [{ id: 'same', property: invariant('instance.same_', ...inner) }], options)
    if (strong.ok && strong.answers[0]!.verdict === 'proved')
      return { compared: true, outputs: simple.map(each => each.name), answer: strong.answers[0]! }
  }
  const result = verify(text, BOTH, [{ id: 'same', property: invariant('instance.same_') }], options)
  if (!result.ok) return { compared: false, why: 'does-not-compile' }
  return { compared: true, outputs: isFunction ? [name] : simple.map(each => each.name), answer: result.answers[0]! }
}

/** Variables that both versions have under one name and type, as equalities; of a timer or counter what it shows. */
function correspondences(old: Pou, now: Pou): string[] {
  const before = new Map(of(old, 'VAR').map(each => [each.name.toUpperCase(), each.type.toUpperCase()]))
  return of(now, 'VAR').flatMap(each => {
    const type = each.type.toUpperCase()
    if (before.get(each.name.toUpperCase()) !== type) return []
    const members =
      shownBy[type.replace(/^L(?=T)|_(?:L?TIME|\w*INT)$/g, '')] ?? (elementary(type) === undefined ? [] : [''])
    return members.map(member => `instance.old_.${each.name}${member} = instance.new_.${each.name}${member}`)
  })
}

const shownBy: Readonly<Record<string, readonly string[]>> = {
  TON: ['.IN', '.Q', '.ET'],
  TOF: ['.IN', '.Q', '.ET'],
  TP: ['.IN', '.Q', '.ET'],
  CTU: ['.CU', '.CV'],
  CTD: ['.CD', '.CV'],
  CTUD: ['.CU', '.CD', '.CV'],
  R_TRIG: ['.CLK'],
  F_TRIG: ['.CLK'],
}

interface Declared {
  readonly name: string
  readonly type: string
  readonly scalar: boolean
}

function unitOf(text: string, name: string): Pou | undefined {
  const items: readonly Item[] = parse(text).unit.items
  return items.find((each): each is Pou => each.kind === 'pou' && each.name.text.toUpperCase() === name.toUpperCase())
}

function of(pou: Pou, section: string): Declared[] {
  return pou.sections
    .filter(each => each.section === section)
    .flatMap(each => each.declarations)
    .flatMap((each: Declaration) =>
      each.names.map(({ text }) => ({
        name: text,
        type: printType(each.type, ''),
        scalar: each.type.kind === 'namedType' || each.type.kind === 'stringType' || each.type.kind === 'subrangeType',
      })),
    )
}

/** Gives everything that the text declares at its top another name, so that both versions stand in one project. */
function withSuffix(text: string, suffix: string): string {
  const { unit, tokens, dialect } = parse(text)
  const own = new Set<string>()
  for (const item of unit.items) {
    if (item.kind === 'globals')
      for (const each of item.section.declarations) for (const name of each.names) own.add(name.text.toUpperCase())
    else own.add(item.name.text.toUpperCase())
    // Values of enumerations are names of the whole project too.
    if (item.kind === 'type' && item.type.kind === 'enumType')
      for (const each of item.type.values) own.add(each.name.text.toUpperCase())
  }
  let result = ''
  let at = 0
  lex(text, dialect).tokens.forEach((token, i) => {
    const before = tokens[i - 1]?.upper
    const parameter =
      (before === '(' || before === ',') && (tokens[i + 1]?.upper === ':=' || tokens[i + 1]?.upper === '=>')
    if (token.kind !== 'name' || before === '.' || !own.has(token.upper) || (parameter && !inEnum(i))) return
    result += text.slice(at, token.end) + suffix
    at = token.end
  })
  return result + text.slice(at)

  /** `(Off, Auto := 5)` of a TYPE looks like a call's parameters. */
  function inEnum(i: number): boolean {
    const { start } = tokens[i]!
    return unit.items.some(
      each =>
        each.kind === 'type' && each.type.kind === 'enumType' && each.span.start <= start && start < each.span.end,
    )
  }
}
