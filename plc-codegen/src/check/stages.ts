import { addressArithmetic } from './rules/address-arithmetic.ts'
import { addressOverlap } from './rules/address-overlap.ts'
import { assignedToItself } from './rules/assigned-to-itself.ts'
import { calledTwice } from './rules/called-twice.ts'
import { caseWithoutElse } from './rules/case-without-else.ts'
import { characterSet } from './rules/character-set.ts'
import { comparedWithTrue } from './rules/compared-with-true.ts'
import { complexity } from './rules/complexity.ts'
import { conditionConstant } from './rules/condition-constant.ts'
import { consistentCase } from './rules/consistent-case.ts'
import { deadCode } from './rules/dead-code.ts'
import { deepNesting } from './rules/deep-nesting.ts'
import { divisionMaybeZero } from './rules/division-maybe-zero.ts'
import { dynamicMemory } from './rules/dynamic-memory.ts'
import { emptyBranch } from './rules/empty-branch.ts'
import { endlessLoop } from './rules/endless-loop.ts'
import { exitContinue } from './rules/exit-continue.ts'
import { externalInBlock } from './rules/external-in-block.ts'
import { floatEquality } from './rules/float-equality.ts'
import { ifWithoutElse } from './rules/if-without-else.ts'
import { implicitConversion } from './rules/implicit-conversion.ts'
import { inputWritten } from './rules/input-written.ts'
import { jump } from './rules/jump.ts'
import { loopVariableAfter } from './rules/loop-variable-after.ts'
import { loopVariableWritten } from './rules/loop-variable-written.ts'
import { magicNumber } from './rules/magic-number.ts'
import { manyParameters } from './rules/many-parameters.ts'
import { nameLength } from './rules/name-length.ts'
import { nameReused } from './rules/name-reused.ts'
import { narrowProduct } from './rules/narrow-product.ts'
import { outputNeverWritten } from './rules/output-never-written.ts'
import { outputWrittenTwice } from './rules/output-written-twice.ts'
import { physicalAddress } from './rules/physical-address.ts'
import { readBeforeWrite } from './rules/read-before-write.ts'
import { recursion } from './rules/recursion.ts'
import { reservedName } from './rules/reserved-name.ts'
import type { Rule } from './rules/rule.ts'
import { sameCondition } from './rules/same-condition.ts'
import { severalWriters } from './rules/several-writers.ts'
import { shadowsGlobal } from './rules/shadows-global.ts'
import { shortCircuitGuard } from './rules/short-circuit-guard.ts'
import { singleExit } from './rules/single-exit.ts'
import { timeEquality } from './rules/time-equality.ts'
import { timerInLoop } from './rules/timer-in-loop.ts'
import { typePrefix } from './rules/type-prefix.ts'
import { unusedUnit } from './rules/unused-unit.ts'
import { unusedVariable } from './rules/unused-variable.ts'
import { variablePrefix } from './rules/variable-prefix.ts'

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
  addressArithmetic,
  unusedUnit,
  readBeforeWrite,
  addressOverlap,
  externalInBlock,
  complexity,
  outputWrittenTwice,
  outputNeverWritten,
  implicitConversion,
  severalWriters,
  timeEquality,
  exitContinue,
  loopVariableAfter,
  ifWithoutElse,
  dynamicMemory,
  physicalAddress,
  variablePrefix,
  reservedName,
  consistentCase,
  shadowsGlobal,
  nameLength,
  characterSet,
  nameReused,
  typePrefix,
  divisionMaybeZero,
  narrowProduct,
  endlessLoop,
  magicNumber,
  timerInLoop,
  jump,
  singleExit,
  calledTwice,
  manyParameters,
  deepNesting,
  emptyBranch,
  sameCondition,
  comparedWithTrue,
]
