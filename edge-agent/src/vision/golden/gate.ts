import { type InspectionLine, type Pattern, ProblemError, type Recipe } from '@millwright/contract'
import { readName } from '../naming.ts'
import { isGolden } from './golden.ts'

/** Keeps a station from inspecting until the golden sample has passed in every pattern the recipe holds. */
export interface Gate {
  /** Why this capture is not inspected now; undefined where it may be. */
  refusal(name: string): ProblemError | undefined
  /** Hears what was judged: captures of the golden sample open the gate, or close it again. */
  note(name: string, line: InspectionLine): void
}

export function createGate(recipe: Recipe): Gate {
  const waiting = new Set<Pattern>(recipe.golden?.map(mark => mark.pattern))
  const golden = (name: string) => {
    const { panel, pattern } = readName(name, recipe.naming?.pattern)
    return isGolden(panel) && recipe.golden?.some(mark => mark.pattern === pattern) ? pattern : undefined
  }
  return {
    refusal(name) {
      if (waiting.size === 0 || golden(name) !== undefined) return undefined
      return new ProblemError({ code: 'MW-1030', place: name, values: { detail: [...waiting].join(', ') } })
    },
    note(name, line) {
      const pattern = golden(name)
      if (pattern === undefined) return
      if (line.verdict === 'pass') waiting.delete(pattern)
      else waiting.add(pattern)
    },
  }
}
