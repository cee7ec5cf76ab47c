import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { describe, expect, test } from 'vitest'
import { mutate, random, seedText } from './fuzz/mutate.ts'
import { checkSources, format, loadProgram, parseText, printText, tokenize } from './index.ts'

describe('no text crashes or hangs anything', () => {
  test('a sign inside a CASE that begins no label is left behind, not read for ever', () => {
    const { problems } = parseText('FUNCTION_BLOCK D\nCASE .: U; b := 1;\nEND_FUNCTION_BLOCK')
    expect(problems.length).toBeGreaterThan(0)
  })

  test.each([
    ['0..99999999', false],
    ['0..99999999999999', false],
    ['0..9999, 0..9999', false],
    ['-5..1000', true],
  ])('an array of [%s] of structures is refused with a code before it fills the memory: runs %s', (range, runs) => {
    const index = range.includes(',') ? '1, 1' : '1'
    const text = `TYPE S : STRUCT x, y : INT; END_STRUCT; END_TYPE FUNCTION_BLOCK F VAR a : ARRAY[${range}] OF S; END_VAR a[${index}].x := 1; END_FUNCTION_BLOCK`
    const loaded = loadProgram(text, 'F')
    expect([loaded.ok, loaded.diagnostics.some(each => each.code === 'ST711')]).toEqual([runs, !runs])
  })

  test('initial values that repeat a thousand million times fill the array and no more', () => {
    const loaded = loadProgram(
      'FUNCTION_BLOCK F VAR a : ARRAY[0..9] OF INT := [999999999(1, 2)]; END_VAR VAR_OUTPUT q : INT; END_VAR q := a[9]; END_FUNCTION_BLOCK',
      'F',
    )
    expect(loaded.ok).toBe(true)
    if (!loaded.ok) return
    const running = loaded.start()
    running.scan({}, 10)
    expect(running.get('q')).toBe(2)
  })

  test('300 mutations of a program through every entry', () => {
    const next = random(20261125)
    const slow: string[] = []
    let current = seedText
    for (let i = 0; i < 300; i += 1) {
      current = i % 20 === 0 ? seedText : mutate(current, next)
      const began = performance.now()
      const { unit, tokens } = parseText(current)
      printText(unit)
      tokenize(current)
      format(current)
      checkSources([{ file: 'f', text: current }])
      if (performance.now() - began > 3000) slow.push(current)
      expect(tokens.at(-1)?.kind).toBe('end')
      const loaded = loadProgram(current, 'F')
      if (loaded.ok) {
        const running = loaded.start()
        for (let scan = 0; scan < 3; scan += 1) running.scan({ a: scan % 2 === 0, n: scan - 1 }, 100)
      }
    }
    expect(slow).toEqual([])
  }, 120_000)

  const corpus = new URL('../../../shared/data/plc/st-corpus/', import.meta.url)
  test.skipIf(!existsSync(corpus))(
    'mutations of the real units through the checker',
    () => {
      const next = random(7)
      for (const file of readdirSync(corpus).filter((_, i) => i % 6 === 0)) {
        const text = readFileSync(new URL(file, corpus), 'utf8').slice(0, 4000)
        for (let i = 0; i < 2; i += 1) checkSources([{ file, text: mutate(text, next) }], { dialect: 'codesys' })
      }
    },
    120_000,
  )
})
