import {
  type Clock,
  type Problem as Fault,
  failed,
  type LocalText,
  type Order,
  ok,
  type PlanDiff,
  type Plan as PlanRecord,
  type Result,
  type WhatIf,
} from '@millwright/contract'
import { type PlanResult, toDiff, toResult } from './draft.ts'
import { type SolveOptions, solveProblem } from './plan-problem.ts'
import { buildPlanning, type Planning, toPlan } from './planning.ts'
import type { Shop } from './plant.ts'
import { planTitles } from './reason-texts.ts'
import { createSearchPool } from './search-pool.ts'
import { toChange } from './what-if.ts'

export interface PlantState {
  readonly shop: Shop
  readonly orders: readonly Order[]
  readonly equipment: readonly { readonly id: string; readonly name: LocalText }[]
  /** ms since 1970 UTC. */
  readonly now: number
  /** The plan in force; its downtimes that are not over hold on. */
  readonly current: PlanRecord | null
}

export type PlanOptions = Pick<SolveOptions, 'seconds' | 'seed' | 'maxMoves' | 'onProgress'>

export interface WhatIfResult extends PlanResult {
  readonly diff: Omit<PlanDiff, 'from' | 'to'>
  /** To be stored together with the plan when it is published: the rush order. */
  readonly changedOrders: readonly Order[]
}

export interface Scheduler {
  /** A plan for all open orders from nothing. */
  plan(state: PlantState, options: PlanOptions): Promise<PlanResult>
  /** A candidate under a change: starts at the plan in force and stays near it. Changes nothing. */
  whatIf(state: PlantState, change: WhatIf, options: PlanOptions): Promise<Result<WhatIfResult, Fault>>
  close(): Promise<void>
}

/** Plans in worker threads (2 unless told); a plan carries the verdict of the independent verifier. */
export function createScheduler(deps: { readonly clock: Clock; readonly workers?: number }): Scheduler {
  const pool = createSearchPool(deps.workers ?? 2)

  async function solve(planning: Planning, title: LocalText, options: SolveOptions): Promise<PlanResult> {
    return toResult(planning, await solveProblem(pool, planning.problem, options, deps.clock.now), title)
  }

  return {
    async plan(state, options) {
      const { shop, orders, now, current } = state
      const planning = buildPlanning({ shop, orders, now, downtimes: current?.downtimes ?? [] })
      return solve(planning, planTitles.first, options)
    },
    async whatIf(state, question, options) {
      const { shop, now, current } = state
      const names = new Map(state.equipment.map(({ id, name }) => [id, name]))
      const change = toChange(question, { shop, orders: state.orders, names, now })
      if (!change.ok) return failed(change.fault)
      const { title, orders, changedOrders, urgent } = change.value
      const downtimes = [...(current?.downtimes ?? []), ...change.value.downtimes]
      const planning = buildPlanning({ shop, orders, now, downtimes, urgent })
      const from = current === null ? null : toPlan(planning, current.operations)
      const result = await solve(planning, title, { ...options, from })
      return ok({ ...result, diff: toDiff(result, current, orders), changedOrders })
    },
    close: () => pool.close(),
  }
}
