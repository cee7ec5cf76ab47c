import { assignedToItself } from './rules/assigned-to-itself.ts'
import { caseWithoutElse } from './rules/case-without-else.ts'
import { conditionConstant } from './rules/condition-constant.ts'
import { deadCode } from './rules/dead-code.ts'
import { floatEquality } from './rules/float-equality.ts'
import { inputWritten } from './rules/input-written.ts'
import { loopVariableWritten } from './rules/loop-variable-written.ts'
import { recursion } from './rules/recursion.ts'
import type { Rule } from './rules/rule.ts'
import { shortCircuitGuard } from './rules/short-circuit-guard.ts'
import { unusedVariable } from './rules/unused-variable.ts'

/**
 * Rules of good practice, each independent of the others. They run last: they read the types that checking found, and
 * only on units that were read without error, so that one slip is not reported twice.
 */
export const rules: readonly Rule[] = [
  recursion,
  deadCode,
  conditionConstant,
  shortCircuitGuard,
  floatEquality,
  inputWritten,
  loopVariableWritten,
  assignedToItself,
  caseWithoutElse,
  unusedVariable,
]
