/** What a trend needs to know of a tag. */
import type { Lang, TagDefinition } from '@millwright/contract'
import { pick } from '../i18n/text.ts'
import { digitsOfTag } from '../plant/model.ts'
import type { TrendSpec } from './TrendPanel.tsx'

export const specOf = (tag: TagDefinition, lang: Lang): TrendSpec => ({
  key: tag.tag,
  name: pick(tag.description, lang) || tag.tag,
  unit: tag.unit,
  digits: digitsOfTag(tag),
  ...(tag.limits === undefined ? {} : { limits: tag.limits }),
})
