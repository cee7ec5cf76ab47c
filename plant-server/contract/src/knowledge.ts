/** Documents of the plant, cut into sections that can be cited. */
import { type Static, Type } from 'typebox'
import { Lang } from './text.ts'

export const KnowledgeSection = Type.Object({ anchor: Type.String(), heading: Type.String(), text: Type.String() })
export const KnowledgeDocument = Type.Object({
  id: Type.String(),
  lang: Lang,
  title: Type.String(),
  sections: Type.Array(KnowledgeSection),
})
export type KnowledgeDocument = Static<typeof KnowledgeDocument>

/** Where an answer comes from: opens at `/knowledge/{doc}#{anchor}`. */
export const Citation = Type.Object({
  doc: Type.String(),
  title: Type.String(),
  anchor: Type.String(),
  heading: Type.String(),
  quote: Type.String(),
})
export type Citation = Static<typeof Citation>
