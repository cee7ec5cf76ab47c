import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../generate/specification.ts'
import { problemTable } from '../problems.ts'
import { lex } from '../syntax/lexer.ts'
import { parse } from '../syntax/parser.ts'
import type { BinaryOperator, Expression, Pou, Statement, Unit } from '../syntax/tree.ts'
import { format } from './format.ts'
import { printText } from './structured-text.ts'

const span = { start: 0, end: 0 }
const corpus = new URL('../../../../shared/data/plc/st-corpus/', import.meta.url)

/** A tree without its places, comparable. */
const bare = (tree: unknown): string =>
  canonicalJson(
    JSON.parse(
      JSON.stringify(tree, (key, value) =>
        key === 'span' ? undefined : typeof value === 'bigint' ? `${value}n` : value,
      ),
    ),
  )

const name = fc.constantFrom('a', 'b2', 'Level', 'x_1', 'step', 'at')
const operators: BinaryOperator[] = [
  'OR',
  'XOR',
  'AND',
  '=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
  '+',
  '-',
  '*',
  '/',
  'MOD',
  '**',
  'AND_THEN',
  'OR_ELSE',
]
const literal: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .nat(70_000)
    .map((value): Expression => ({ kind: 'literal', literal: 'integer', value, text: String(value), span })),
  fc
    .constantFrom('TRUE', 'FALSE')
    .map((text): Expression => ({ kind: 'literal', literal: 'boolean', value: text === 'TRUE', text, span })),
  fc
    .nat(9999)
    .map((n): Expression => ({ kind: 'literal', literal: 'real', value: n / 16, text: (n / 16).toFixed(4), span })),
  fc.nat(9999).map(
    (n): Expression => ({
      kind: 'literal',
      literal: 'time',
      prefix: 'T',
      value: BigInt(n) * 1_000_000n,
      text: `T#${n}ms`,
      span,
    }),
  ),
)

const { expression } = fc.letrec<{ expression: Expression; place: Expression }>(tie => ({
  place: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    name.map((each): Expression => ({ kind: 'name', name: each, span })),
    fc
      .tuple(tie('place'), name)
      .map(([target, each]): Expression => ({ kind: 'member', target, name: { text: each, span }, span })),
    fc
      .tuple(tie('place'), fc.array(tie('expression'), { minLength: 1, maxLength: 2 }))
      .map(([target, indices]): Expression => ({ kind: 'index', target, indices, span })),
    tie('place').map((target): Expression => ({ kind: 'deref', target, span })),
    fc
      .tuple(tie('place'), fc.nat(31))
      .map(([target, index]): Expression => ({ kind: 'bit', target, size: 'X', index, span })),
  ),
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    literal,
    tie('place'),
    fc
      .tuple(fc.constantFrom('NOT' as const, '-' as const, '+' as const), tie('expression'))
      .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, span })),
    fc
      .tuple(fc.constantFrom(...operators), tie('expression'), tie('expression'))
      .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, span })),
    fc.tuple(name, fc.array(fc.tuple(fc.option(name), tie('expression')), { maxLength: 3 })).map(
      ([callee, args]): Expression => ({
        kind: 'call',
        target: { kind: 'name', name: callee, span },
        span,
        args: args.map(([each, value]) => ({
          ...(each === null ? {} : { name: { text: each, span } }),
          value,
          output: false,
          negated: false,
          span,
        })),
      }),
    ),
  ),
}))

const statements: fc.Arbitrary<Statement[]> = fc.letrec<{ list: Statement[]; one: Statement }>(tie => ({
  list: fc.array(tie('one'), { maxLength: 3, depthIdentifier: 'st' }),
  one: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'st', withCrossShrink: true },
    fc.tuple(name, expression).map(
      ([target, value]): Statement => ({
        kind: 'assign',
        operator: ':=',
        target: { kind: 'name', name: target, span },
        value,
        span,
      }),
    ),
    fc.constantFrom('exit' as const, 'continue' as const, 'empty' as const).map((kind): Statement => ({ kind, span })),
    fc.tuple(expression, tie('list'), fc.option(tie('list'))).map(
      ([condition, body, otherwise]): Statement => ({
        kind: 'if',
        branches: [{ condition, body, span }],
        ...(otherwise === null ? {} : { otherwise }),
        span,
      }),
    ),
    fc.tuple(name, expression, expression, tie('list')).map(
      ([variable, from, to, body]): Statement => ({
        kind: 'for',
        variable: { kind: 'name', name: variable, span },
        from,
        to,
        body,
        span,
      }),
    ),
    fc.tuple(expression, tie('list')).map(([condition, body]): Statement => ({ kind: 'while', condition, body, span })),
    fc.tuple(expression, tie('list')).map(([until, body]): Statement => ({ kind: 'repeat', body, until, span })),
    fc.tuple(expression, fc.array(fc.nat(99), { minLength: 1, maxLength: 3 }), tie('list')).map(
      ([selector, labels, body]): Statement => ({
        kind: 'case',
        selector,
        span,
        branches: [
          {
            labels: labels.map(value => ({
              low: { kind: 'literal', literal: 'integer', value, text: String(value), span },
              span,
            })),
            body,
            span,
          },
        ],
      }),
    ),
  ),
})).list

const unitOf = (body: Statement[]): Unit => {
  const pou: Pou = {
    kind: 'pou',
    pou: 'FUNCTION_BLOCK',
    name: { text: 'F', span },
    modifiers: [],
    implements: [],
    sections: [],
    members: [],
    properties: [],
    body,
    span,
  }
  return { kind: 'unit', items: [pou], span }
}

describe('printer', () => {
  test('parse(print(t)) = t for any tree', () => {
    fc.assert(
      fc.property(statements, body => {
        const unit = unitOf(body)
        const text = printText(unit)
        const back = parse(text, 'codesys')
        expect(back.problems).toEqual([])
        expect(bare(back.unit)).toBe(bare(unit))
      }),
      { numRuns: 500 },
    )
  })

  test.skipIf(!existsSync(corpus))('parse(print(parse(text))) = parse(text) for the real units', () => {
    for (const file of readdirSync(corpus)) {
      const first = parse(readFileSync(new URL(file, corpus), 'utf8'), 'codesys')
      // What could not be read is not in the tree, and its remains need not read back as themselves.
      if (first.problems.some(each => problemTable[each.code].severity === 'error')) continue
      expect([file, bare(parse(printText(first.unit), 'codesys').unit)]).toEqual([file, bare(first.unit)])
    }
  })
})

describe('formatter', () => {
  test('indents blocks, labels and sections, and keeps comments', () => {
    const text =
      'function_block F\nvar_input\na:BOOL;(* in *)\nend_var\nif a then\ncase i of\n1 : b:=-1;\nelse c := a.x[ 1 ] ;\nend_case;\n// note\nend_if\nend_function_block'
    expect(format(text)).toBe(
      'FUNCTION_BLOCK F\nVAR_INPUT\n  a : BOOL; (* in *)\nEND_VAR\n  IF a THEN\n    CASE i OF\n      1: b := -1;\n    ELSE c := a.x[1];\n    END_CASE;\n    // note\n  END_IF\nEND_FUNCTION_BLOCK\n',
    )
  })

  test.skipIf(!existsSync(corpus))('changes no token, and formatting twice changes nothing', () => {
    const tokens = (text: string) => lex(text, 'codesys').tokens.map(each => each.kind + (each.upper || each.text))
    for (const file of readdirSync(corpus)) {
      const text = readFileSync(new URL(file, corpus), 'utf8')
      const once = format(text)
      expect([file, tokens(once)]).toEqual([file, tokens(text)])
      expect([file, format(once)]).toEqual([file, once])
    }
  })
})
