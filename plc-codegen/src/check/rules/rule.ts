import type { Typing } from '../context.ts'
import type { Project } from '../project.ts'

/** What a rule may look at. It reports into the problems of the file that a unit came from. */
export interface RuleInput {
  readonly project: Project
  readonly typing: Typing
}

export interface Rule {
  readonly name: string
  readonly apply: (input: RuleInput) => void
}
