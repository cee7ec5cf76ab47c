/** Numbers as people write them: digits, Chinese numerals, English number words. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  half: 0.5,
}

/** Source of a pattern that matches one number in any of the forms. */
export const NUMBER = `(?:\\d+(?:\\.\\d+)?|[零〇一二两三四五六七八九十百半]+|half an?|${Object.keys(WORDS)
  .sort((a, b) => b.length - a.length)
  .map(word => `${word}(?![a-z])`)
  .join('|')})`

/** The value of one number; undefined where the text is none. Chinese numerals up to 999. */
export function numberOf(text: string): number | undefined {
  const folded = text.trim().toLowerCase()
  if (/^\d+(?:\.\d+)?$/.test(folded)) return Number(folded)
  if (/^half an?$/.test(folded) || folded === '半') return 0.5
  if (folded in WORDS) return WORDS[folded]
  if (!/^[零〇一二两三四五六七八九十百]+$/.test(folded)) return undefined
  const match = /^(?:(.)百)?零?(?:(.?)十)?(.)?$/.exec(folded)
  if (match === null) return undefined
  const [, hundreds, tens, ones] = match
  return (
    (hundreds === undefined ? 0 : (DIGITS[hundreds] ?? 0) * 100) +
    (tens === undefined ? 0 : (tens === '' ? 1 : (DIGITS[tens] ?? 0)) * 10) +
    (ones === undefined ? 0 : (DIGITS[ones] ?? 0))
  )
}
