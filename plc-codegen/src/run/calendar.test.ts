import { describe, expect, test } from 'vitest'
import type { Dialect } from '../syntax/dialect.ts'
import { loadProgram } from './program.ts'

function resultOf(type: string, expression: string, dialect: Dialect = 'iec'): unknown {
  const text = `PROGRAM P VAR r : ${type}; arr : ARRAY[-2..3] OF INT; END_VAR r := ${expression}; END_PROGRAM`
  const loaded = loadProgram(text, 'P', { dialect })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics))
  const running = loaded.start()
  return running.scan({}, 1)?.code ?? running.get('r')
}

describe('dates, long times and checks of IEC 61131-3:2013', () => {
  test.each([
    ['DATE', 'CONCAT_DATE(2020, 2, 29)', Date.UTC(2020, 1, 29)],
    ['TOD', 'CONCAT_TOD(1, 2, 3, 4)', 3_723_004],
    ['DT', 'CONCAT_DT(2020, 2, 29, 23, 59, 58, 500)', Date.UTC(2020, 1, 29, 23, 59, 58, 500)],
    [
      'DT',
      'CONCAT_DT(YEAR := 2020, MONTH := 1, DAY := 2, HOUR := 3, MINUTE := 4, SECOND := 5, MILLISECOND := 6)',
      Date.UTC(2020, 0, 2, 3, 4, 5, 6),
    ],
    ['USINT', 'DAY_OF_WEEK(D#2026-11-29)', 0],
    ['USINT', 'DAY_OF_WEEK(D#2026-12-05)', 6],
    ['BOOL', 'IS_VALID(1.5)', true],
    ['BOOL', 'IS_VALID_BCD(WORD#16#0198)', true],
    ['BOOL', 'IS_VALID_BCD(WORD#16#019A)', false],
    ['LTIME', 'ADD_LTIME(LT#1us, LT#2us)', 0.003],
    ['LTIME', 'MUL_LTIME(LT#1500us, 3)', 4.5],
    ['LTIME', 'DIV_LTIME(LT#1us, 4)', 0.00025],
    ['LTIME', 'DIV_LTIME(LT#1us, 0)', 'ST702'],
    ['LTIME', 'SUB_LDT_LDT(LDT#2020-01-02-00:00:00, LDT#2020-01-01-00:00:00)', 86_400_000],
    ['LTOD', 'ADD_LTOD_LTIME(LTOD#01:00:00, LT#1s)', 3_601_000],
    ['DINT', 'LOWER_BOUND(arr, 1)', -2],
    ['DINT', 'UPPER_BOUND(arr, 1)', 3],
  ])('%s: %s', (type, expression, wanted) => {
    expect(resultOf(type, expression)).toBe(wanted)
  })

  test('a library may have functions of these names with other parameters', () => {
    const text = 'FUNCTION_BLOCK F VAR d : DATE; n : INT; END_VAR n := DAY_OF_WEEK(d, 3); END_FUNCTION_BLOCK'
    expect(loadProgram(text, 'F', { dialect: 'codesys' }).diagnostics.map(each => each.code)).toContain('ST304')
  })
})
