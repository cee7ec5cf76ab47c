import { describe, expect, test } from 'vitest'
import { complete } from './complete.ts'
import { definition } from './definition.ts'
import { hover } from './hover.ts'

const text = `TYPE ST_Tank : STRUCT level : REAL; full : BOOL; END_STRUCT; E_Mode : (Off, Hand, Auto); END_TYPE
FUNCTION Twice : INT VAR_INPUT n : INT; END_VAR Twice := n * 2; END_FUNCTION
FUNCTION_BLOCK Pump VAR_INPUT start : BOOL; END_VAR VAR_OUTPUT running : BOOL; END_VAR VAR hidden : INT; END_VAR
METHOD Stop running := FALSE; END_METHOD
running := start; END_FUNCTION_BLOCK
PROGRAM MAIN
VAR tank : ST_Tank; pump : Pump; delay : TON; count : INT := 3; mode : E_Mode; END_VAR
VAR CONSTANT LIMIT_HIGH : REAL := 80.0; END_VAR
count := Twice(count);
pump(start := tank.level > LIMIT_HIGH);
delay(IN := pump.running, PT := T#2s);
mode := Auto;
END_PROGRAM`
const at = (words: string, inside = 0) => text.indexOf(words) + inside

describe('hover', () => {
  const cases: [string, number, string][] = [
    ['count := Twice', 1, 'VAR count : INT := 3'],
    ['Twice(count)', 1, 'FUNCTION Twice(n : INT) : INT'],
    ['tank.level >', 6, 'ST_Tank.level : REAL'],
    ['LIMIT_HIGH)', 2, 'VAR CONSTANT LIMIT_HIGH : REAL := 80.0'],
    ['pump.running', 6, 'Pump: VAR_OUTPUT running : BOOL'],
    ['Auto;', 1, 'E_Mode: 2'],
    ['T#2s', 1, 'TIME'],
  ]
  test.each(cases)('%s', (words, inside, code) => {
    expect(hover(text, at(words, inside))).toMatchObject({ code })
  })
  test('tells nothing of blanks and of what does not exist', () => {
    expect(hover(text, text.length)).toBeUndefined()
    expect(hover('PROGRAM P nothing := 1; END_PROGRAM', 12)).toBeUndefined()
  })
  test('a standard function shows its parameters', () => {
    const call = 'PROGRAM P VAR a : INT; END_VAR a := LIMIT(1, a, 5); END_PROGRAM'
    expect(hover(call, call.indexOf('LIMIT') + 1)?.code).toBe(
      'LIMIT(MN : ANY_ELEMENTARY; IN : ANY_ELEMENTARY; MX : ANY_ELEMENTARY) : ANY_ELEMENTARY',
    )
  })
})

describe('definition', () => {
  test.each([
    ['count := Twice', 1, 'count : INT'],
    ['Twice(count)', 1, 'Twice : INT'],
    ['pump.running', 6, 'running : BOOL'],
    ['LIMIT_HIGH)', 1, 'LIMIT_HIGH : REAL'],
  ])('%s', (words, inside, target) => {
    const found = definition(text, at(words, inside))!
    expect(text.slice(found.from).startsWith(target)).toBe(true)
  })
  test('the standard library has no place in the text', () => {
    const own = 'PROGRAM P VAR t : TON; b : BOOL; END_VAR t(IN := b); b := t.Q; END_PROGRAM'
    expect(definition(own, own.indexOf('t.Q') + 2)).toBeUndefined()
  })
})

describe('completion', () => {
  const labels = (body: string) => {
    const whole = text.replace('mode := Auto;', body.replace('|', ''))
    const found = complete(whole, at('mode := Auto;', body.indexOf('|')))
    return found.items.map(each => each.label)
  }
  test('after a point the members, those of a block without what it hides', () => {
    expect(labels('count := tank.|')).toEqual(['level', 'full'])
    expect(labels('count := pump.|')).toEqual(['start', 'running', 'Stop'])
    expect(labels('count := pump.ru|;')).toEqual(['running'])
    expect(labels('delay.|')).toEqual(['IN', 'PT', 'Q', 'ET'])
    expect(labels('count.|')).toEqual([])
  })
  test('else names in scope that begin with what is written', () => {
    expect(labels('cos|').sort()).toEqual(['COS'])
    expect(labels('con|').sort()).toEqual([
      'CONCAT',
      'CONCAT_DATE',
      'CONCAT_DATE_TOD',
      'CONCAT_DT',
      'CONCAT_TOD',
      'CONSTANT',
      'CONTINUE',
    ])
    expect(labels('cou|')).toEqual(['count'])
    expect(labels('mode := Au|;')).toEqual(['Auto'])
    expect(labels('|')).toEqual(expect.arrayContaining(['tank', 'pump', 'Twice', 'TON', 'IF', 'Hand', 'E_Mode']))
    expect(labels('hid|')).toEqual([])
  })
  test('says from where the choice replaces the text', () => {
    const whole = text.replace('mode := Auto;', 'mode := Au')
    const offset = whole.indexOf('mode := Au') + 10
    expect(complete(whole, offset).from).toBe(offset - 2)
  })
})
