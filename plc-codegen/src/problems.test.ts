import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { problemsPage } from './problems/page.ts'
import { fill, problemTable } from './problems.ts'

describe('problem table', () => {
  test('the page equals the table (write it anew with: mw-plc problems > docs/problems.md)', () => {
    expect(readFileSync(new URL('../docs/problems.md', import.meta.url), 'utf8')).toBe(problemsPage())
  })

  test('both languages fill in the same values', () => {
    const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    for (const [code, row] of Object.entries(problemTable))
      expect([code, holes(row.message.zh)]).toEqual([code, holes(row.message.en)])
  })

  test('names are unique', () => {
    const names = Object.values(problemTable).map(row => row.name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('an offset becomes its line', () => {
    expect(fill('line {at}', { at: '@42' }, offset => offset / 2)).toBe('line 21')
  })
})
