import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { describe, expect, test } from 'vitest'
import { checkSources, format, loadProgram, parseText, printText, tokenize } from './index.ts'

/** Deterministic: mulberry32. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const seedText = `TYPE E : (A, B := 3); S : STRUCT x : REAL := 1.0; y : ARRAY[0..3] OF INT; END_STRUCT; END_TYPE
FUNCTION_BLOCK F VAR_INPUT a : BOOL; n : INT := 3; END_VAR VAR_OUTPUT q : BOOL; END_VAR VAR t : TON; s : S; i : INT; p : POINTER TO INT; str : STRING[10]; END_VAR
t(IN := a AND NOT q, PT := T#1s); (* note *)
CASE n OF 1, 2..4: s.y[i] := n * 2; ELSE IF a THEN EXIT; END_IF; END_CASE;
FOR i := 0 TO 3 BY 1 DO s.x := s.x + INT_TO_REAL(s.y[i]) / 2.0; END_FOR;
REPEAT n := n - 1; UNTIL n <= 0 END_REPEAT; p := ADR(n); p^ := 5; str := CONCAT('a$'b', str); q := n.3 XOR t.Q;
END_FUNCTION_BLOCK`
const words = [
  'IF',
  'END_IF',
  ';',
  '(',
  ')',
  '[',
  ']',
  ':=',
  'ARRAY',
  'OF',
  '.',
  '..',
  "'",
  '"',
  '(*',
  '*)',
  '{',
  'END_VAR',
  'VAR',
  '#',
  '^',
  ':',
  ',',
  '16#',
  'T#',
  'CASE',
  'FUNCTION',
  'STRUCT',
  '\n',
  '%IX0',
  '\u0000',
  '泵',
]

function mutate(text: string, next: () => number): string {
  let result = text
  for (let k = 0; k < 1 + next() * 4; k += 1) {
    const at = Math.floor(next() * result.length)
    const length = Math.floor(next() * 12)
    const choice = next()
    if (choice < 0.35) result = result.slice(0, at) + result.slice(at + length)
    else if (choice < 0.7) result = result.slice(0, at) + words[Math.floor(next() * words.length)] + result.slice(at)
    else if (choice < 0.85)
      result = result.slice(0, at) + result.slice(at, at + length).repeat(3) + result.slice(at + length)
    else result = result.slice(0, at) + result.slice(Math.floor(next() * result.length))
    if (result.length > 4000) result = result.slice(0, 4000)
  }
  return result
}

describe('no text crashes or hangs anything', () => {
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
