/** Finding tags in a plant of thousands. Pure. */
import type { TagDefinition } from '@millwright/contract'

/** Tags whose name, description in either language, unit or equipment holds every word of the query; by name. */
export function findTags(tags: readonly TagDefinition[], query: string): readonly TagDefinition[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  if (words.length === 0) return tags
  return tags.filter(tag => {
    const { zh, en } = tag.description
    const text = `${tag.tag} ${zh} ${en} ${tag.unit} ${tag.equipment ?? ''}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
}
