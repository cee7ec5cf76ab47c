/** Filling the catalogue's templates. */
import type { Lang, LocalText } from '@millwright/contract'

export const text = (zh: string, en: string): LocalText => ({ zh, en })

/** `{name}` placeholders filled from the values, in a language. */
export const say = (
  template: LocalText,
  lang: Lang,
  values: Readonly<Record<string, string | number | LocalText>> = {},
): string =>
  template[lang].replaceAll(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name]
    return value === undefined ? all : typeof value === 'object' ? value[lang] : String(value)
  })

/** A number as people read it: at most `digits` decimals, no trailing zeros. */
export const figure = (value: number, digits = 2): string => String(Number(value.toFixed(digits)))

/** A share of 1 in percent, as a number. */
export const inPercent = (share: number, digits = 2): number => Number((share * 100).toFixed(digits))
