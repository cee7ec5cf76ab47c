/** The guard as the agent uses it: finds the limits and observations for a tag, then judges purely. */
import { type Reading, type Reason, tagOf } from '@millwright/contract'
import type { Guard, WriteRequest } from '../ports/guard.ts'
import type { LoopConfig } from './config.ts'
import { judgeWrite } from './guard.ts'
import { fillRounded, refusals } from './texts.ts'

export interface GuardDeps {
  readonly agent: string
  readonly loops: readonly LoopConfig[]
  /** Newest reading by full tag name. */
  readonly newest: (tag: string) => Reading | undefined
}

export function createGuard({ agent, loops, newest }: GuardDeps): Guard {
  // A write that was let through counts as done even if the machine then refuses it: the pause errs on the long side.
  const lastWriteAt = new Map<string, number>()

  const isIdle = ({ guard }: LoopConfig): boolean => {
    const flow = guard.idle === undefined ? undefined : newest(tagOf(agent, guard.idle.tag))
    return flow?.quality === 'good' && typeof flow.value === 'number' && flow.value < guard.idle!.below
  }

  const judgeLoopOutput = (loop: LoopConfig, { tag, value, current, now }: WriteRequest): Reason[] => {
    const verdict = judgeWrite(
      loop.guard,
      { value: typeof value === 'number' ? value : Number.NaN, now },
      {
        output: current,
        target: newest(tagOf(agent, loop.target)),
        interlocks: loop.guard.interlocks.map(({ tag: name, equals }) => {
          const full = tagOf(agent, name)
          return { tag: full, equals, observed: newest(full) }
        }),
        lastWriteAt: lastWriteAt.get(tag.tag),
        idle: isIdle(loop),
      },
    )
    return verdict.allowed ? [] : verdict.refusals.map(each => ({ ...each, text: fillRounded(each.text, each.values) }))
  }

  const judgePlainTag = ({ tag, value, current, maxStep }: WriteRequest): Reason[] => {
    const found: Reason[] = []
    const refuse = (code: keyof typeof refusals, values: Reason['values']) =>
      found.push({ code, text: fillRounded(refusals[code], values), values })
    if (typeof value === 'boolean') return found
    if (!Number.isFinite(value)) refuse('not_a_number', {})
    const { low, high } = tag.writable ?? { low: Number.NaN, high: Number.NaN }
    if (!(value >= low && value <= high)) refuse('outside_limits', { value, low, high })
    if (maxStep !== undefined) {
      if (current === undefined || current.quality !== 'good' || typeof current.value !== 'number')
        refuse('output_unknown', {})
      else if (Math.abs(value - current.value) > maxStep)
        refuse('step_too_large', { step: Math.abs(value - current.value), maxStep })
    }
    return found
  }

  return {
    judge(request) {
      const loop = loops.find(each => tagOf(agent, each.output) === request.tag.tag)
      const found = loop === undefined ? judgePlainTag(request) : judgeLoopOutput(loop, request)
      if (found.length === 0) lastWriteAt.set(request.tag.tag, request.now)
      return found
    },
  }
}
