import type { InspectionLine, Reason, Verdict } from '@millwright/contract'
import { reason } from './reasons.ts'

/** The verdict on a panel from all its captures. */
export interface PanelLine {
  readonly panel: string
  readonly verdict: Verdict
  /** Highest of its captures; null where none could be judged. */
  readonly score: number | null
  readonly captures: readonly string[]
  readonly reasons: readonly Reason[]
}

/** A line per panel, in order of first capture: fail where any capture fails, else review where any is for review. */
export function panelLines(lines: readonly InspectionLine[]): PanelLine[] {
  return [...Map.groupBy(lines, line => line.panel ?? line.image)].map(([panel, captures]) => {
    const of = (verdict: Verdict) => captures.filter(line => line.verdict === verdict).map(line => line.image)
    const [failing, doubtful] = [of('fail'), of('review')]
    const scores = captures.flatMap(line => (line.score === null ? [] : [line.score]))
    const reasons: Reason[] = []
    if (failing.length > 0)
      reasons.push(reason('aoi.panel_fail', { count: failing.length, captures: failing.join(', ') }))
    if (doubtful.length > 0)
      reasons.push(reason('aoi.panel_review', { count: doubtful.length, captures: doubtful.join(', ') }))
    if (reasons.length === 0) reasons.push(reason('aoi.panel_pass', { count: captures.length }))
    return {
      panel,
      verdict: failing.length > 0 ? 'fail' : doubtful.length > 0 ? 'review' : 'pass',
      score: scores.length === 0 ? null : Math.max(...scores),
      captures: captures.map(line => line.image),
      reasons,
    }
  })
}
