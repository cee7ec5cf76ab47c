import { fill, type Language, type Problem, type ProblemCode, problemTable, type Severity } from '../problems.ts'
import { lineStarts, positionAt } from '../syntax/span.ts'

export interface Diagnostic {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly code: ProblemCode
  readonly severity: Severity
  readonly message: string
  readonly remedy: string
}

/** Problems of one file with places and words. */
export function toDiagnostics(
  file: string,
  text: string,
  problems: readonly Problem[],
  lang: Language,
  severities?: ReadonlyMap<ProblemCode, Severity>,
): Diagnostic[] {
  if (problems.length === 0) return []
  const starts = lineStarts(text)
  const lineOf = (offset: number) => positionAt(starts, offset).line
  return problems.map(({ code, span, values }) => {
    const from = positionAt(starts, span.start)
    const to = positionAt(starts, span.end)
    const row = problemTable[code]
    return {
      file,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
      code,
      severity: severities?.get(code) ?? row.severity,
      message: fill(row.message[lang], values, lineOf),
      remedy: fill(row.remedy[lang], values, lineOf),
    }
  })
}
