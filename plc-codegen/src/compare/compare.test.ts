import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { format } from '../print/format.ts'
import { printText } from '../print/structured-text.ts'
import { mutantsOf } from '../prove/mutate.ts'
import { parse } from '../syntax/parser.ts'
import { compareBehaviour } from './behaviour.ts'
import { compareTexts } from './compare.ts'

const block = `FUNCTION_BLOCK Motor
VAR_INPUT start : BOOL; END_VAR
VAR_OUTPUT run : BOOL; END_VAR
VAR t : TON; n : INT := 16#0A; END_VAR
t(IN := start, PT := T#1s);
IF t.Q THEN run := TRUE; ELSE run := FALSE; END_IF;
n := n + 1;
END_FUNCTION_BLOCK
`
const reference = new URL('../../reference/', import.meta.url)

describe('what means the same is no change', () => {
  test.each([
    [
      'comments and layout',
      block.replace('n := n + 1;', 'n :=\n n + 1; (* counts *)').replace('VAR t', '// own\nVAR t'),
    ],
    ['case of names and keywords', block.toLowerCase()],
    ['spelling of literals', block.replace('T#1s', 'TIME#1000ms').replace('16#0A', '10')],
    ['parentheses that change nothing', block.replace('n + 1', '(n) + (1)')],
    [
      'empty statements and one name a declaration',
      block.replace('n := n + 1;', 'n := n + 1;;').replace('t : TON; n', 't : TON;\nn'),
    ],
    ['the formatter', format(block)],
    ['the printer', printText(parse(block).unit)],
  ])('%s', (_, text) => {
    expect(compareTexts(block, text)).toEqual([])
  })
})

describe('what means something else is told', () => {
  test('a statement, a variable, a head, an item', () => {
    expect(compareTexts(block, block.replace('n + 1', 'n + 2'))).toEqual([
      {
        item: 'FUNCTION_BLOCK Motor',
        change: 'changed',
        variables: [],
        head: false,
        body: [
          { sign: '-', text: 'N := N + 1;' },
          { sign: '+', text: 'N := N + 2;' },
        ],
      },
    ])
    expect(
      compareTexts(block, block.replace('n : INT', 'n : DINT').replace('start :', 'stop, start :'))[0]?.variables,
    ).toEqual([
      { name: 'stop', change: 'added' },
      { name: 'n', change: 'changed' },
    ])
    expect(compareTexts(block, block.replace('VAR t', 'VAR RETAIN t'))[0]?.variables.map(each => each.change)).toEqual([
      'changed',
      'changed',
    ])
    expect(compareTexts(block, block.replace('Motor', 'Motor EXTENDS Base'))[0]?.head).toBe(true)
    expect(compareTexts(block, block.replace('Motor', 'Valve')).map(each => `${each.change} ${each.item}`)).toEqual([
      'added FUNCTION_BLOCK Valve',
      'removed FUNCTION_BLOCK Motor',
    ])
    expect(compareTexts('TYPE E : (A, B); END_TYPE', 'TYPE E : (A, C); END_TYPE')).toMatchObject([
      { item: 'TYPE E', head: true },
    ])
  })

  test('a variable under a new name is a new name, not a new body', () => {
    const renamed = block.replaceAll(/\bn\b/g, 'count')
    expect(compareTexts(block, renamed)).toMatchObject([
      { variables: [{ name: 'n', change: 'renamed', to: 'count' }], body: [] },
    ])
    const also = renamed.replace('count + 1', 'count + 3')
    expect(compareTexts(block, also)).toMatchObject([
      { variables: [{ change: 'renamed' }], body: [{ sign: '-' }, { sign: '+' }] },
    ])
  })

  test.skipIf(!existsSync(reference))(
    'every mutant of the reference programs differs, every format of them does not',
    () => {
      for (const name of readdirSync(reference).filter(each => each.endsWith('.st'))) {
        const text = readFileSync(new URL(name, reference), 'utf8')
        expect([name, compareTexts(text, format(text))]).toEqual([name, []])
        for (const mutant of mutantsOf(text).slice(0, 30))
          expect([name, mutant.line, mutant.change, compareTexts(text, mutant.text).length]).not.toEqual([
            name,
            mutant.line,
            mutant.change,
            0,
          ])
      }
    },
  )
})

describe('behaviour of two versions side by side', () => {
  const same = (before: string, after: string, pou: string) =>
    compareBehaviour(before, after, pou, { now: () => performance.now(), limitMs: 8000 })

  test('another way of writing the same is proved the same', () => {
    const other = block.replace('IF t.Q THEN run := TRUE; ELSE run := FALSE; END_IF;', 'run := t.Q;')
    expect(compareTexts(block, other)).not.toEqual([])
    expect(same(block, other, 'motor')).toMatchObject({
      compared: true,
      outputs: ['run'],
      answer: { verdict: 'proved' },
    })
  })

  test('a difference is shown by a run', () => {
    const found = same(block, block.replace('IF t.Q', 'IF t.Q AND n < 14'), 'Motor')
    expect(found).toMatchObject({ compared: true, answer: { verdict: 'violated' } })
    expect(found.compared && (found.answer.counterexample?.scans ?? 0)).toBeGreaterThan(1)
  })

  test('types, functions and globals of both versions stand side by side', () => {
    const text = `TYPE Mode : (Off, Auto := 5); END_TYPE
VAR_GLOBAL CONSTANT TOP : INT := 7; END_VAR
FUNCTION Cut : INT VAR_INPUT n : INT; END_VAR Cut := MIN(n, TOP); END_FUNCTION
FUNCTION_BLOCK F VAR_INPUT n : INT; END_VAR VAR_OUTPUT q : INT; END_VAR VAR m : Mode; END_VAR
IF n > 3 THEN m := Auto; ELSE m := Off; END_IF;
IF m = Auto THEN q := Cut(n := n); ELSE q := 0; END_IF;
END_FUNCTION_BLOCK`
    expect(same(text, text.replace('n > 3', 'n >= 4'), 'F')).toMatchObject({ answer: { verdict: 'proved' } })
    expect(same(text, text.replace('INT := 7', 'INT := 8'), 'F')).toMatchObject({ answer: { verdict: 'violated' } })
    expect(same(text, text.replace('MIN(n, TOP)', 'MIN(TOP, n)'), 'Cut')).toMatchObject({
      answer: { verdict: 'proved' },
    })
  })

  test.each([
    ['interface', block.replace('start : BOOL', 'start, halt : BOOL')],
    ['not-found', block.replace('Motor', 'Other')],
    ['located', block.replace('n : INT', 'n AT %MW3 : INT')],
    ['does-not-compile', block.replace('n + 1', 'n + x9')],
  ])('what cannot run side by side says why: %s', (why, text) => {
    expect(same(block, text, 'Motor')).toEqual({ compared: false, why })
  })
})
