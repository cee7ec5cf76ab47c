/** Problems for people on stderr, or as JSON on stdout. */
import { type CommandIo, describe, isOurFault, type Problem } from '@millwright/contract'

/** Gives the exit status: 3 where one is our own fault, 1 otherwise, 0 for none. */
export function showProblems(problems: readonly Problem[], io: CommandIo): number {
  for (const problem of problems) io.err(`${problem.code} ${describe(problem).en}\n`)
  return problems.length === 0 ? 0 : problems.some(isOurFault) ? 3 : 1
}
