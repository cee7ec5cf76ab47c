/**
 * The table of problems: what may go wrong at a border of the suite, in words for people, with what to do.
 * Rows stand in `problems/`, a file a room; rooms add rows there, never texts in code. PLC diagnostics have their own
 * table in plc-codegen.
 */
import { assistantProblems } from './problems/assistant.ts'
import { edgeProblems } from './problems/edge.ts'
import { planningProblems } from './problems/planning.ts'
import { qualityProblems } from './problems/quality.ts'
import type { ProblemRow } from './problems/row.ts'
import { serverProblems } from './problems/server.ts'
import { sharedProblems } from './problems/shared.ts'

export type { ProblemKind, ProblemRow } from './problems/row.ts'

export const problems = {
  ...sharedProblems,
  ...edgeProblems,
  ...serverProblems,
  ...planningProblems,
  ...qualityProblems,
  ...assistantProblems,
} as const satisfies Record<string, ProblemRow>

export type ProblemCode = keyof typeof problems
