import { describe, expect, test } from 'vitest'
import { checkSources } from '../check-sources.ts'
import { rules } from '../stages.ts'
import { programOf } from './case.ts'
import { configuration } from './configuration.ts'
import { data } from './data.ts'
import { flow } from './flow.ts'
import { naming } from './naming.ts'
import { statements } from './statements.ts'
import { typing } from './typing.ts'

const all = [...flow, ...data, ...naming, ...typing, ...statements, ...configuration]
const cases = all.flatMap(({ code, dialect = 'iec', pairs }) =>
  pairs.map(([wrong, right]) => ({ code, dialect, wrong, right })),
)

const settingsFor = (code: string) =>
  Object.fromEntries(
    rules.map(rule => [rule.name, rule.codes.some(each => each === code) ? 'warning' : 'off'] as const),
  )

describe('wrong programs are caught at their place, their correct twins stay clean', () => {
  test('there are five or more for each rule, and 300 or more in all', () => {
    for (const rule of rules)
      for (const code of rule.codes) {
        const count = cases.filter(each => each.code === code).length
        expect(`${rule.name} ${code} ${count >= 5}`).toBe(`${rule.name} ${code} true`)
      }
    expect(cases.length).toBeGreaterThanOrEqual(300)
  })

  test.each(cases)('$code: $wrong', ({ code, dialect, wrong, right }) => {
    const marked = programOf(wrong)
    const from = marked.indexOf('«')
    const to = marked.indexOf('»') - 1
    const text = marked.replace(/[«»]/g, '')
    const rulesOn = settingsFor(code)
    const found = checkSources([{ file: 'f', text }], { dialect, rules: rulesOn })
    const hits = found.filter(each => each.code === code)
    expect(hits.length, JSON.stringify(found)).toBeGreaterThan(0)
    const starts = text.split('\n')
    const offset = (line: number, column: number) =>
      starts.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1
    if (from >= 0) {
      const places = hits.map(each => offset(each.line, each.column))
      expect(
        places.some(each => each >= from && each < to),
        `${places} in ${from}..${to}`,
      ).toBe(true)
    }
    // No cascade: what is wrong once is told at most three times.
    expect(found.filter(each => each.severity === 'error').length).toBeLessThanOrEqual(3)
    const clean = checkSources([{ file: 'f', text: programOf(right) }], { dialect, rules: rulesOn })
    expect(clean.filter(each => each.code === code || each.severity === 'error')).toEqual([])
  })
})
