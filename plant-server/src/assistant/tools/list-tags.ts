import type { LocalText } from '@millwright/contract'
import { Type } from 'typebox'
import { conceptsIn } from '../understand/lexicon.ts'
import { say } from '../words/say.ts'
import { signalWords } from '../words/signals.ts'
import { defineTool, everyone } from './tool.ts'

interface TagsResult {
  count: number
  tags: { tag: string; name: LocalText; unit: string }[]
}

const MOST = 12

/** Which tags there are, of all or of what a word names. */
export const listTags = defineTool({
  name: 'listTags',
  description: 'Tags with unit and description; with `about`, those whose name or description fits the words.',
  schema: Type.Object({ about: Type.Optional(Type.String({ maxLength: 200 })) }),
  roles: everyone,
  effect: 'read',
  async run({ about }, { plant }) {
    const all = await plant.tags.definitions()
    const asked = conceptsIn(about ?? '')
    const fits = (text: string) => {
      const own = conceptsIn(text)
      return [...asked].every(id => own.has(id)) || (about !== undefined && text.includes(about.toLowerCase()))
    }
    const found =
      about === undefined || asked.size === 0
        ? all
        : all.filter(entry =>
            fits(`${entry.tag.replaceAll(/[/_]/g, ' ')} ; ${entry.description.zh} ; ${entry.description.en}`),
          )
    const result: TagsResult = {
      count: found.length,
      tags: found.slice(0, MOST).map(({ tag, description, unit }) => ({ tag, name: description, unit })),
    }
    return { result }
  },
  say(result: TagsResult, { lang }) {
    const rows = result.tags.map(tag =>
      say(signalWords.tagRow, lang, {
        tag: tag.tag,
        name: tag.name,
        unit: tag.unit === '' ? '' : lang === 'zh' ? `（${tag.unit}）` : ` (${tag.unit})`,
      }),
    )
    return [say(signalWords.tags, lang, { count: result.count }), ...rows]
  },
})
