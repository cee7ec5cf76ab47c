/** Functions of one real variable, IEC 61131-3:2013 table 29. */
export const realFunctions: Readonly<Record<string, (value: number) => number>> = {
  SQRT: Math.sqrt,
  LN: Math.log,
  LOG: Math.log10,
  EXP: Math.exp,
  SIN: Math.sin,
  COS: Math.cos,
  TAN: Math.tan,
  ASIN: Math.asin,
  ACOS: Math.acos,
  ATAN: Math.atan,
  SQR: value => value * value,
  FRAC: value => value - Math.trunc(value),
}
