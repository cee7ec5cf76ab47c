/** The workshop's unsaved work, kept over a reload. */
import { parser } from '@millwright/contract'
import { type Static, Type } from 'typebox'

const Kept = Type.Object({
  name: Type.String(),
  st: Type.String(),
  /** Specification that the text belongs to, where it has one. */
  specification: Type.Unknown(),
  /** The text as saved last; differs where there is unsaved work. */
  saved: Type.String(),
})
export type Kept = Static<typeof Kept>

const KEY = 'millwright.workshop'
const kept = parser(Kept)

export function loadKept(memory: Pick<Storage, 'getItem'>): Kept | undefined {
  try {
    const parsed = kept.parse(JSON.parse(memory.getItem(KEY) ?? 'null'))
    return parsed.ok ? parsed.value : undefined
  } catch {
    return undefined
  }
}

/** False where the browser has no room for it. */
export function keepWork(memory: Pick<Storage, 'setItem'>, work: Kept): boolean {
  try {
    memory.setItem(KEY, JSON.stringify(work))
    return true
  } catch {
    return false
  }
}
