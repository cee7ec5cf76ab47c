import type { ClassRule, JudgedLine, Recipe } from '@millwright/contract'

/** Scores a rule may be raised to so that good parts pass; higher would let too much through. */
const HIGHEST = 0.95
const AIR = 0.02

/** A recipe under which everything that is seen is told, so that good parts show what they score. */
export function openRules(recipe: Recipe): Recipe {
  return { ...recipe, rules: recipe.rules.map(rule => ({ ...rule, minScore: 0 })) }
}

/**
 * Raises the score from which a class is told to beyond what good panels show, for all but the wished share of panels. Limits of
 * the product (dead pixels, SEMU, colour) stay; nothing is made more tolerant than `HIGHEST`.
 */
export function teachScreen(recipe: Recipe, panels: readonly (readonly JudgedLine[])[], wish: number) {
  const allowed = Math.floor(wish * (panels.length + 1))
  const rules = recipe.rules.map((rule): ClassRule => {
    const worst = panels.map(lines => Math.max(0, ...lines.flatMap(line => scoresOf(line, rule)))).sort((a, b) => b - a)
    const bound = worst[Math.min(allowed, worst.length - 1)] ?? 0
    const minScore = bound < rule.minScore ? rule.minScore : Math.min(HIGHEST, Number((bound + AIR).toFixed(4)))
    return { ...rule, minScore, failScore: Math.max(rule.failScore, minScore) }
  })
  const refused = panels.filter(lines =>
    lines.some(line => rules.some(rule => scoresOf(line, rule).some(score => score >= rule.minScore))),
  ).length
  return { recipe: { ...recipe, rules }, refused }
}

function scoresOf(line: JudgedLine, rule: ClassRule): number[] {
  return line.defects.filter(d => d.class === rule.class && d.area_px >= rule.minAreaPx).map(d => d.score)
}
