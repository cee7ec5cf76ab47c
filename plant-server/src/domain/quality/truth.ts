/** What a part is, from what the machine said and what the person decided. */
import type { ProblemCode, Review } from '@millwright/contract'
import { failed, ok, type Result, type Verdict } from '@millwright/contract'

export type Truth = Review['truth']

/**
 * Where the machine passed or failed the capture, its word and the decision say what the part is; a `truth` that contradicts
 * them is refused. Where the machine itself asked for review it claimed nothing, so the person must say it.
 */
export function truthOf(
  verdict: Verdict,
  decision: Review['decision'],
  stated: Truth | undefined,
): Result<Truth, Extract<ProblemCode, 'MW-4003' | 'MW-4004'>> {
  if (verdict === 'review') return stated === undefined ? failed('MW-4003') : ok(stated)
  const truth: Truth = (verdict === 'pass') === (decision === 'confirm') ? 'good' : 'defective'
  return stated === undefined || stated === truth ? ok(truth) : failed('MW-4004')
}
