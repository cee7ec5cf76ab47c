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
