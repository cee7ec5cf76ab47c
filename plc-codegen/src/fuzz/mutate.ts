/** Deterministic: mulberry32. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const seedText = `TYPE E : (A, B := 3); S : STRUCT x : REAL := 1.0; y : ARRAY[0..3] OF INT; END_STRUCT; END_TYPE
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

/** A text with one to five of: a piece cut out, a word put in, a piece repeated, a jump. */
export function mutate(text: string, next: () => number): string {
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
