/**
 * The check after the prose: a figure, time, date or name with digits that no tool result and no citation has is not said.
 * Pure; the same check stands behind templates and language models.
 */
import { showTime } from '../domain/quality/plant-day.ts'

export interface Evidence {
  readonly numbers: readonly number[]
  /** All strings of results and citations, and the plant's clock at every instant among the numbers. */
  readonly text: string
}

/** Numbers above this are read as instants (ms since 1970): 2001 and later. */
const FIRST_INSTANT = 1e12

/** Gathers what may be said: every number and string in the values, at any depth. */
export function evidenceOf(values: readonly unknown[], timeZone: string): Evidence {
  const numbers: number[] = []
  const texts: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value === 'number') {
      numbers.push(value)
      if (value > FIRST_INSTANT && value < 1e14) texts.push(showTime(value, timeZone))
    } else if (typeof value === 'string') texts.push(value)
    else if (Array.isArray(value)) for (const item of value) visit(item)
    else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) visit(item)
  }
  for (const value of values) visit(value)
  const text = texts.join('\n')
  for (const [numeral] of text.matchAll(NUMERAL)) numbers.push(numeralValue(numeral))
  return { numbers, text }
}

const NUMERAL = /\d+(?:,\d{3})*(?:\.\d+)?/g
const numeralValue = (numeral: string) => Number(numeral.replaceAll(',', ''))

const DATE = /\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?/g
const CLOCK = /\d{1,2}:\d{2}/g
/** A name with digits: begins with a letter, e.g. WO-1043, PRI-DRY-1, LP14_surface.png. */
const NAME = /[A-Za-z][A-Za-z_./-]*\d[\w./-]*/g

const WORDS: Readonly<Record<string, number>> = {
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
  dozen: 12,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
}
const WORD = new RegExp(`\\b(?:${Object.keys(WORDS).join('|')})\\b`, 'gi')
const CHINESE = /([两二三四五六七八九十百千]+)(?=\s*(?:个|台|张|小时|分钟|天|条|次|片|件|成|倍|度|份|批|道|%))/g
const CHINESE_DIGITS = '零一二三四五六七八九'

function chineseValue(text: string): number {
  const digit = (sign: string | undefined) => (sign === '两' ? 2 : CHINESE_DIGITS.indexOf(sign ?? '零'))
  const match = /^(?:(.)千)?(?:(.)百)?(?:(.)?十)?(.)?$/.exec(text)
  if (match === null) return Number.NaN
  const [, thousands, hundreds, tens, ones] = match
  const hasTens = text.includes('十')
  return (
    (thousands === undefined ? 0 : digit(thousands) * 1000) +
    (hundreds === undefined ? 0 : digit(hundreds) * 100) +
    (hasTens ? (tens === undefined ? 1 : digit(tens)) * 10 : 0) +
    (ones === undefined ? 0 : digit(ones))
  )
}

/** What in a sentence has nothing behind it; empty where all has. */
export function unsupportedIn(sentence: string, evidence: Evidence): string[] {
  const missing: string[] = []
  let rest = sentence
  const take = (pattern: RegExp, isKnown: (found: string) => boolean) => {
    rest = rest.replaceAll(pattern, found => {
      if (!isKnown(found)) missing.push(found)
      return ' '
    })
  }
  const inText = (found: string) => evidence.text.includes(found)
  take(DATE, inText)
  take(CLOCK, found => inText(found) || inText(found.padStart(5, '0')))
  take(NAME, found => inText(found.replace(/[./-]+$/, '')))
  for (const match of rest.matchAll(NUMERAL)) {
    const [numeral] = match
    const isPercent = /^\s*[%％]/.test(rest.slice(match.index + numeral.length))
    if (!isNumberKnown(numeral, isPercent, evidence)) missing.push(numeral)
  }
  for (const [word] of rest.matchAll(WORD))
    if (!evidence.numbers.includes(WORDS[word.toLowerCase()]!) && !new RegExp(`\\b${word}\\b`, 'i').test(evidence.text))
      missing.push(word)
  for (const [word] of rest.matchAll(CHINESE))
    if (!evidence.numbers.includes(chineseValue(word)) && !inText(word)) missing.push(word)
  return missing
}

/** Largest relative error of a rounded figure. */
const MOST_ROUNDING = 0.02

/** A numeral stands for any evidence that rounds to it at its own number of decimals, as it is or as a percentage. */
function isNumberKnown(numeral: string, isPercent: boolean, { numbers }: Evidence): boolean {
  const value = numeralValue(numeral)
  const decimals = numeral.split('.')[1]?.length ?? 0
  const step = 10 ** -decimals
  // Rounded to its own decimals, but never so far that another figure is meant: 3.5 is not 4.
  const fits = (known: number) => {
    const error = Math.abs(Math.abs(known) - value)
    return error < 1e-9 || (!Number.isInteger(known) && error <= step / 2 + 1e-9 && error <= MOST_ROUNDING * value)
  }
  return numbers.some(known => fits(known) || (isPercent && fits(known * 100)))
}

/** Sentences of a prose: ended by 。！？ or by .!? before a space, or by a new line. */
export const sentencesOf = (prose: string): string[] =>
  prose
    .split(/(?<=[。！？])|(?<=[.!?])\s+|\n+/)
    .map(sentence => sentence.trim())
    .filter(sentence => sentence !== '')

export interface Checked {
  readonly kept: readonly string[]
  readonly struck: readonly string[]
}

/** Divides sentences into those whose every figure has evidence and those that are struck. */
export function checkSentences(sentences: readonly string[], evidence: Evidence): Checked {
  const struck = sentences.filter(sentence => unsupportedIn(sentence, evidence).length > 0)
  return { kept: sentences.filter(sentence => !struck.includes(sentence)), struck }
}

/** A claim that something was done. The assistant cannot do anything, so a model that says so is wrong. */
const CLAIM_OF_EFFECT =
  /(?:\b(?:I|we)(?:'ve| have)?|\bhas been|\bhave been|\bwas|\bis now) (?:now )?(?:released|published|approved|written|changed|set|saved|started|stopped|acknowledged|overridden|deleted)|已经?(?:为您)?(?:发布|下发|写入|批准|修改|保存|启动|停止|确认报警|删除|放行)/i
export const claimsEffect = (sentence: string): boolean => CLAIM_OF_EFFECT.test(sentence)
