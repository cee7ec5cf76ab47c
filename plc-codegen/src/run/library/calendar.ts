/** Dates put together from their parts and taken apart (IEC 61131-3:2013, tables 35 and 36). Milliseconds since 1970 or midnight. */
export const calendarFunctions: Readonly<Record<string, (...parts: readonly unknown[]) => unknown>> = {
  CONCAT_DATE: (year, month, day) => Date.UTC(Number(year), Number(month) - 1, Number(day)),
  CONCAT_TOD: (hour, minute, second, ms) =>
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(ms),
  CONCAT_DT: (year, month, day, hour, minute, second, ms) =>
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Number(ms)),
  // Sunday is 0.
  DAY_OF_WEEK: date => new Date(Number(date)).getUTCDay(),
  IS_VALID: value => Number.isFinite(value),
  IS_VALID_BCD: value => /^[0-9]*$/.test(BigInt(value as number).toString(16)),
}
