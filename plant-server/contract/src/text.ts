/** Both languages of the plant, side by side. */
import { type Static, Type } from 'typebox'

export const Lang = Type.Union([Type.Literal('zh'), Type.Literal('en')])
export type Lang = Static<typeof Lang>

/** A text for people in both languages. */
export const LocalText = Type.Object({ zh: Type.String(), en: Type.String() }, { description: 'Text in zh-CN and en' })
export type LocalText = Static<typeof LocalText>

/** A reason a person can act on: a stable code, the text in both languages and the values behind it. */
export const Reason = Type.Object({
  code: Type.String(),
  text: LocalText,
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
})
export type Reason = Static<typeof Reason>

/** What stands for a `{name}`: a value that reads alike in both languages, or a text of its own. */
export type TextValues = Readonly<Record<string, string | number | boolean | LocalText>>

/** A text with its placeholders `{name}` filled, in one language; a name without a value stays as it is. */
export const sayText = (text: LocalText, lang: Lang, values: TextValues): string =>
  text[lang].replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'object' ? value[lang] : String(value)
  })

/** The same in both languages. */
export const fillText = (text: LocalText, values: TextValues): LocalText => ({
  zh: sayText(text, 'zh', values),
  en: sayText(text, 'en', values),
})
