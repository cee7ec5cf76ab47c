/** String functions, IEC 61131-3:2013 table 35. Positions count from 1; lengths and positions outside are cut to fit. */
const s = (value: unknown) => String(value)
const n = (value: unknown) => Math.max(0, Number(value))

export const stringFunctions: Readonly<Record<string, (...values: unknown[]) => unknown>> = {
  LEN: text => s(text).length,
  LEFT: (text, length) => s(text).slice(0, n(length)),
  RIGHT: (text, length) => (n(length) === 0 ? '' : s(text).slice(-n(length))),
  MID: (text, length, from) => (Number(from) < 1 ? '' : s(text).slice(Number(from) - 1, Number(from) - 1 + n(length))),
  CONCAT: (...texts) => texts.map(s).join(''),
  INSERT: (text, insertion, behind) => s(text).slice(0, n(behind)) + s(insertion) + s(text).slice(n(behind)),
  DELETE: (text, length, from) =>
    Number(from) < 1 ? s(text) : s(text).slice(0, Number(from) - 1) + s(text).slice(Number(from) - 1 + n(length)),
  REPLACE: (text, insertion, length, from) =>
    Number(from) < 1
      ? s(text)
      : s(text).slice(0, Number(from) - 1) + s(insertion) + s(text).slice(Number(from) - 1 + n(length)),
  FIND: (text, part) => (s(part) === '' ? 0 : s(text).indexOf(s(part)) + 1),
}
