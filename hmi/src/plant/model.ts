/** The plant's shape as pages need it: lines, their sections, values and setpoints. Pure. */
import { agentOf, type Equipment, type LocalText, metricOf, type Range, type TagDefinition } from '@millwright/contract'
import { digitsOf } from '../lib/format.ts'

/** A line: one edge agent that brings process values. */
export interface Line {
  readonly agent: string
  readonly name: LocalText
  readonly equipment: string | undefined
}

/** A value in its context: the tag, and the setpoint that drives it where there is one. */
export interface Measure {
  readonly tag: TagDefinition
  readonly setpoint: TagDefinition | undefined
}

export interface Section {
  readonly id: string
  readonly name: LocalText
  /** The line or area as a whole rather than one of its units. */
  readonly whole: boolean
  readonly measures: readonly Measure[]
  /** Setpoints without a measured value of their own. */
  readonly setpoints: readonly TagDefinition[]
  /** Two-valued signals and texts. */
  readonly states: readonly TagDefinition[]
}

const plain = (text: string): LocalText => {
  const words = text.replaceAll(/[_/-]+/g, ' ')
  const name = words.charAt(0).toUpperCase() + words.slice(1)
  return { zh: name, en: name }
}

/** From the piece of equipment up to the enterprise. */
export function ancestry(equipment: readonly Equipment[], id: string | undefined): Equipment[] {
  const byId = new Map(equipment.map(item => [item.id, item]))
  const path: Equipment[] = []
  for (let at = id; at !== undefined; ) {
    const item = byId.get(at)
    if (item === undefined || path.includes(item)) break
    path.push(item)
    at = item.parent
  }
  return path
}

/** The agent's own upkeep (`<agent>/agent/…`) is shown on the system page, not on the line. */
export const isProcessTag = (tag: TagDefinition): boolean =>
  tag.source !== 'agent' && tag.source !== 'camera' && !metricOf(tag.tag).startsWith('agent/')

/** Lines, each named after the work centre that most of its tags belong to, in the order of the equipment list. */
export function linesOf(tags: readonly TagDefinition[], equipment: readonly Equipment[]): Line[] {
  const byAgent = Map.groupBy(tags.filter(isProcessTag), tag => tag.agent)
  const order = (line: Line) => {
    const at = equipment.findIndex(item => item.id === line.equipment)
    return at < 0 ? equipment.length : at
  }
  return [...byAgent.entries()]
    .map(([agent, own]): Line => {
      const counts = new Map<Equipment, number>()
      for (const tag of own) {
        const path = ancestry(equipment, tag.equipment)
        const centre = path.find(item => item.level === 'work_center') ?? path.find(item => item.level === 'area')
        if (centre !== undefined) counts.set(centre, (counts.get(centre) ?? 0) + 1)
      }
      const centre = [...counts.entries()].sort((a, b) => b[1] - a[1])[0]?.[0]
      return { agent, name: centre?.name ?? plain(agent), equipment: centre?.id }
    })
    .sort((a, b) => order(a) - order(b) || a.agent.localeCompare(b.agent))
}

/** `hot_air_setpoint`, `hot_air_sp`, `setpoint_hot_air` belong to `hot_air`. */
const SETPOINT = /(?:[_-](?:setpoint|sp|set)$)|(?:^(?:setpoint|sp)[_-])/
const stem = (name: string) => name.replace(SETPOINT, '').replace(/[_-](?:pv|actual|measured|value)$/, '')
const leafOf = (tag: TagDefinition) => tag.tag.slice(tag.tag.lastIndexOf('/') + 1)

/** How well a value's name fits a setpoint's: the same, begins so, ends so (`moisture` sets `outlet_moisture`), or not. */
function fit(value: string, setpoint: string): number {
  if (value === setpoint) return 3
  if (value.startsWith(`${setpoint}_`)) return 2
  return value.endsWith(`_${setpoint}`) ? 1 : 0
}

/** The measured value of a setpoint: same section, same unit, and the name that fits best; the last of equals. */
function measureOf(setpoint: TagDefinition, values: readonly TagDefinition[]): TagDefinition | undefined {
  const name = stem(leafOf(setpoint))
  let best: { tag: TagDefinition; fit: number } | undefined
  for (const tag of values) {
    if (sectionIdOf(tag) !== sectionIdOf(setpoint) || tag.unit !== setpoint.unit) continue
    const found = fit(stem(leafOf(tag)), name)
    // A section's outlet comes after its inlet, and it is the outlet that is controlled.
    if (found > 0 && found >= (best?.fit ?? 1)) best = { tag, fit: found }
  }
  return best?.tag
}

/** Where a tag stands: its equipment, otherwise the first part of its name. */
export const sectionIdOf = (tag: TagDefinition): string => {
  const parts = metricOf(tag.tag).split('/')
  return tag.equipment ?? (parts.length > 1 ? (parts[0] ?? '') : tag.device)
}

/** Sections of a line in the order of the equipment list, which follows the material; what is of the whole line last. */
export function sectionsOf(agent: string, tags: readonly TagDefinition[], equipment: readonly Equipment[]): Section[] {
  const own = tags.filter(tag => agentOf(tag.tag) === agent && isProcessTag(tag))
  const at = new Map(equipment.map((item, index) => [item.id, index]))
  const order = (section: Section) => (section.whole ? equipment.length + 1 : (at.get(section.id) ?? equipment.length))
  const sections = [...Map.groupBy(own, sectionIdOf).entries()].map(([id, members]): Section => {
    const numeric = members.filter(tag => tag.type === 'float' || tag.type === 'int')
    const writable = numeric.filter(tag => tag.writable !== undefined)
    const values = numeric.filter(tag => tag.writable === undefined)
    const pairs = new Map<TagDefinition, TagDefinition>()
    for (const setpoint of writable) {
      const value = measureOf(setpoint, values)
      if (value !== undefined && !pairs.has(value)) pairs.set(value, setpoint)
    }
    const paired = new Set(pairs.values())
    const unit = equipment.find(item => item.id === id)
    return {
      id,
      name: unit?.name ?? plain(id),
      whole: unit !== undefined && unit.level !== 'work_unit',
      measures: values.map(tag => ({ tag, setpoint: pairs.get(tag) })),
      setpoints: writable.filter(tag => !paired.has(tag)),
      states: members.filter(tag => tag.type === 'boolean' || tag.type === 'string'),
    }
  })
  return sections.sort((a, b) => order(a) - order(b))
}

/** The range to draw: engineering range, else what the limits and the value need. */
export function drawnRange(tag: TagDefinition, value: number | undefined): Range | undefined {
  if (tag.range !== undefined) return tag.range
  const marks = [...Object.values(tag.limits ?? {}), ...(value === undefined ? [] : [value])]
  if (marks.length < 2) return undefined
  const [low, high] = [Math.min(...marks), Math.max(...marks)]
  const margin = (high - low) * 0.15 || 1
  return { low: low - margin, high: high + margin }
}

export type Breach = 'lolo' | 'lo' | 'hi' | 'hihi'

/** Which limit the value is beyond, the worse first; undefined inside. */
export function breachOf(tag: TagDefinition, value: number | undefined): Breach | undefined {
  const { lolo, lo, hi, hihi } = tag.limits ?? {}
  if (value === undefined) return undefined
  if (hihi !== undefined && value >= hihi) return 'hihi'
  if (lolo !== undefined && value <= lolo) return 'lolo'
  if (hi !== undefined && value >= hi) return 'hi'
  return lo !== undefined && value <= lo ? 'lo' : undefined
}

/** Decimals of a tag's value. */
export const digitsOfTag = (tag: TagDefinition | undefined): number => (tag?.type === 'int' ? 0 : digitsOf(tag?.range))
