/** Filling the catalogue's templates. */
import { type Lang, type LocalText, sayText, type TextValues } from '@millwright/contract'

export const text = (zh: string, en: string): LocalText => ({ zh, en })

/** A template with its placeholders filled, in a language. */
export const say = (template: LocalText, lang: Lang, values: TextValues = {}): string => sayText(template, lang, values)

/** A number as people read it: at most `digits` decimals, no trailing zeros. */
export const figure = (value: number, digits = 2): string => String(Number(value.toFixed(digits)))

/** A share of 1 in percent, as a number. */
export const inPercent = (share: number, digits = 2): number => Number((share * 100).toFixed(digits))
