/** Which tags a connection wants: by name, by pattern, by page. */
import { agentOf, type TagDefinition, tagMatcher } from '@millwright/contract'

export interface Interest {
  add(tags: readonly string[], pages?: readonly string[]): void
  remove(tags: readonly string[], pages?: readonly string[]): void
  wants(tag: string): boolean
}

/** Patterns one connection may hold; more are passed over. */
const MOST_PATTERNS = 500

export function createInterest(definition: (tag: string) => TagDefinition | undefined): Interest {
  const names = new Set<string>()
  const patterns = new Map<string, (tag: string) => boolean>()
  const lines = new Set<string>()
  const equipment = new Set<string>()
  /** Answers of the patterns, which never change for a tag. */
  let matched = new Map<string, boolean>()

  const byPattern = (tag: string): boolean => {
    const known = matched.get(tag)
    if (known !== undefined) return known
    const found = [...patterns.values()].some(fits => fits(tag))
    matched.set(tag, found)
    return found
  }
  const byPage = (tag: string): boolean => {
    if (lines.size > 0 && lines.has(agentOf(tag))) return true
    if (equipment.size === 0) return false
    const id = definition(tag)?.equipment
    return id !== undefined && equipment.has(id)
  }
  const pageOf = (page: string) => {
    const [kind, id] = [page.slice(0, page.indexOf('/')), page.slice(page.indexOf('/') + 1)]
    return kind === 'lines' ? { set: lines, id } : { set: equipment, id }
  }
  return {
    add(tags, pages = []) {
      for (const tag of tags) {
        if (!tag.includes('*')) names.add(tag)
        else if (patterns.size < MOST_PATTERNS) patterns.set(tag, tagMatcher(tag))
      }
      for (const page of pages) {
        const { set, id } = pageOf(page)
        set.add(id)
      }
      matched = new Map()
    },
    remove(tags, pages = []) {
      for (const tag of tags) if (!names.delete(tag)) patterns.delete(tag)
      for (const page of pages) {
        const { set, id } = pageOf(page)
        set.delete(id)
      }
      matched = new Map()
    },
    wants: tag => names.has(tag) || (patterns.size > 0 && byPattern(tag)) || byPage(tag),
  }
}
