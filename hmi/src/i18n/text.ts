/** Catalogues: a set of texts in both languages with the same keys; the compiler refuses a missing one. */
import type { Lang } from '@millwright/contract'

export interface Catalogue<K extends string> {
  readonly zh: Readonly<Record<K, string>>
  readonly en: Readonly<Record<K, string>>
}

/** A feature's catalogue. Placeholders are `{name}`, the same in both languages. */
export const catalogue = <K extends string>(zh: Record<K, string>, en: Record<NoInfer<K>, string>): Catalogue<K> => ({
  zh,
  en,
})

export type TextValues = Readonly<Record<string, string | number>>

export const fill = (text: string, values?: TextValues): string =>
  values === undefined ? text : text.replaceAll(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all))

/** One text of a catalogue in one language. */
export const translate = <K extends string>(texts: Catalogue<K>, lang: Lang, key: K, values?: TextValues): string =>
  fill(texts[lang][key], values)

/** The text of `{ zh, en }` in the reader's language, or in the other where that one is empty. */
export const pick = (text: { zh: string; en: string }, lang: Lang): string =>
  text[lang] !== '' ? text[lang] : text[lang === 'zh' ? 'en' : 'zh']
