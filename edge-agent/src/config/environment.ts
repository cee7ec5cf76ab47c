/** `${NAME}` and `${NAME:-default}` in the agent's file are replaced by the environment's values. */
import type { Problem } from '@millwright/contract'
import { type Document, isScalar, Scalar, visit } from 'yaml'

const PLACEHOLDER = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g

export type Environment = Readonly<Record<string, string | undefined>>

/** Replaces in place; gives a problem for each variable that is not set, with the place that `placeOf` names. */
export function substitute(
  document: Document,
  environment: Environment,
  placeOf: (offset: number) => string,
): Problem[] {
  const problems: Problem[] = []
  visit(document, {
    Scalar(_key, node) {
      if (!isScalar(node) || typeof node.value !== 'string' || !node.value.includes('${')) return
      const text = node.value.replaceAll(PLACEHOLDER, (_all, name: string, fallback?: string) => {
        const value = environment[name] ?? fallback
        if (value === undefined)
          problems.push({ code: 'MW-1101', place: placeOf(node.range?.[0] ?? 0), values: { name } })
        return value ?? ''
      })
      // A number written as a placeholder is a number, unless it is quoted.
      const plain = node.type === Scalar.PLAIN
      node.value = plain && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
    },
  })
  return problems
}
