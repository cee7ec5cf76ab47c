import type { Defect, Reason, Recipe, Verdict } from '@millwright/contract'
import type { Finding } from './finding.ts'
import { reason } from './reasons.ts'

export interface Judgement {
  readonly verdict: Verdict
  readonly score: number
  readonly defects: Defect[]
  readonly reasons: Reason[]
}

/** The recipe's rules over what was seen: what counts, and pass, fail or review with reasons. */
export function judge(findings: readonly Finding[], recipe: Recipe, pixels: number): Judgement {
  const counted = findings.filter(found => {
    const rule = recipe.rules.find(r => r.class === found.class)
    return rule === undefined || (found.score >= rule.minScore && found.area >= rule.minAreaPx)
  })
  const defects = counted.map(found => toDefect(found, pixels)).sort((a, b) => b.score - a.score)
  const reasons: Reason[] = []
  let verdict: Verdict = 'pass'
  for (const [name, group] of Map.groupBy(defects, d => d.class)) {
    const rule = recipe.rules.find(r => r.class === name)
    const limit = rule?.failScore ?? 0.5
    const worst = group[0]!.score
    const most = rule?.maxCount
    if (worst >= limit) {
      verdict = 'fail'
      reasons.push(reason('aoi.over_limit', { class: name, score: worst, limit }))
    } else if (most !== undefined && group.length > most) {
      verdict = 'fail'
      reasons.push(reason('aoi.too_many', { class: name, count: group.length, limit: most }))
    } else {
      if (verdict === 'pass') verdict = 'review'
      reasons.push(reason('aoi.doubtful', { class: name, score: worst, limit }))
    }
  }
  if (reasons.length === 0) reasons.push(reason('aoi.good'))
  const score = round(Math.max(0, ...findings.map(f => f.score)))
  return { verdict, score, defects, reasons }
}

function toDefect(found: Finding, pixels: number): Defect {
  return {
    class: found.class,
    ...(found.subclass === undefined ? {} : { subclass: found.subclass }),
    score: round(found.score),
    bbox: [...found.bbox],
    area_px: found.area,
    area_pct: Number(((100 * found.area) / pixels).toPrecision(4)),
    reasons: [...found.reasons],
  }
}

const round = (score: number) => Math.round(Math.min(1, Math.max(0, score)) * 1e4) / 1e4
