/** Tags, equipment and lines of the plant. */
import type { Equipment, TagDefinition } from '@millwright/contract'
import { useMemo } from 'react'
import { useRead } from '../lib/query.ts'
import { type Line, linesOf, type Section, sectionsOf } from './model.ts'

const NO_TAGS: readonly TagDefinition[] = []
const NO_EQUIPMENT: readonly Equipment[] = []

export const useTags = (): readonly TagDefinition[] => useRead('listTags').data ?? NO_TAGS
export const useEquipment = (): readonly Equipment[] => useRead('listEquipment').data ?? NO_EQUIPMENT

export function useTag(tag: string): TagDefinition | undefined {
  const tags = useTags()
  return useMemo(() => tags.find(item => item.tag === tag), [tags, tag])
}

export function useLines(): readonly Line[] {
  const tags = useTags()
  const equipment = useEquipment()
  return useMemo(() => linesOf(tags, equipment), [tags, equipment])
}

export function useSections(agent: string): readonly Section[] {
  const tags = useTags()
  const equipment = useEquipment()
  return useMemo(() => sectionsOf(agent, tags, equipment), [agent, tags, equipment])
}
