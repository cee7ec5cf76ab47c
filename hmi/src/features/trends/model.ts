/** Choosing tags. Pure. */
import type { TagDefinition } from '@millwright/contract'

/** As many as there are pens. */
export const MOST = 8

export const parseTags = (text: string | undefined): string[] => [
  ...new Set((text ?? '').split(',').filter(tag => tag !== '')),
]
export const printTags = (tags: readonly string[]): string => tags.join(',')

export function toggled(tags: readonly string[], tag: string): string[] {
  if (tags.includes(tag)) return tags.filter(other => other !== tag)
  return tags.length >= MOST ? [...tags] : [...tags, tag]
}

/** Tags whose name, description in either language or unit holds every word of the query; names that begin so first. */
export function searchTags(tags: readonly TagDefinition[], query: string): TagDefinition[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  const drawn = tags.filter(tag => tag.type !== 'string')
  // What agents say of themselves comes after the process.
  const upkeep = (tag: TagDefinition) => Number(tag.source === 'agent')
  if (words.length === 0) return drawn.sort((a, b) => upkeep(a) - upkeep(b))
  const hits = drawn.filter(tag => {
    const text = `${tag.tag} ${tag.description.zh} ${tag.description.en} ${tag.unit}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
  const first = words[0] ?? ''
  const rank = (tag: TagDefinition) => (tag.tag.split('/').some(part => part.startsWith(first)) ? 0 : 1)
  return hits.sort((a, b) => rank(a) - rank(b) || a.tag.localeCompare(b.tag))
}
