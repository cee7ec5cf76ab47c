/** The guard of plain writes, pure: absolute limits and largest step of the agent's file. Loops bring their own on top. */
import type { Reason } from '@millwright/contract'
import type { Guard, WriteRequest } from '../ports/guard.ts'
import { say } from '../text/catalogue.ts'

export const limitsGuard: Guard = { judge }

function judge({ tag, maxStep, value, current }: WriteRequest): Reason[] {
  const { writable, unit } = tag
  // A switch has no limits but being writable, which the command runner has checked.
  if (typeof value === 'boolean' || writable === undefined) return []
  const reasons: Reason[] = []
  const { low, high } = writable
  if (!(value >= low && value <= high)) {
    const values = { value, unit, low, high }
    reasons.push({ code: 'guard_range', text: say('guard_range', values), values })
  }
  if (maxStep !== undefined) {
    const known = typeof current?.value === 'number' && current.quality !== 'bad' ? current.value : undefined
    if (known === undefined) reasons.push({ code: 'guard_blind', text: say('guard_blind'), values: {} })
    else if (Math.abs(value - known) > maxStep * (1 + 1e-9)) {
      const values = { current: round(known), step: round(Math.abs(value - known)), max: maxStep, unit }
      reasons.push({ code: 'guard_step', text: say('guard_step', values), values })
    }
  }
  return reasons
}

const round = (value: number) => Math.round(value * 1e4) / 1e4
