/**
 * The reads of one device and what has been learnt of its holes, pure. A request over a register that does not exist is
 * refused as a whole; the plan then finds out which, so that one bad register never costs the others.
 */
import { type ModbusAddress, widthOf } from './address.ts'
import { type PlannedRead, planReads, type ReadLimits } from './plan-reads.ts'

export interface RegisterPlan {
  readonly reads: readonly PlannedRead[]
  /** Asked alone and refused: not among `reads`. */
  readonly faulty: ReadonlySet<number>
}

interface Known {
  readonly addresses: readonly ModbusAddress[]
  readonly limits: ReadLimits
  /** Registers, as table:number, that no request may touch without need. */
  readonly holes: ReadonlySet<string>
  readonly faulty: ReadonlySet<number>
  readonly reads: readonly PlannedRead[]
}
export type PlanState = RegisterPlan & Known

const spot = (table: string, number: number) => `${table}:${number}`
const spotsOf = ({ table, number }: ModbusAddress, width: number) =>
  Array.from({ length: width }, (_, index) => spot(table, number + index))

export function firstPlan(addresses: readonly ModbusAddress[], limits: ReadLimits): PlanState {
  return replan({ addresses, limits, holes: new Set(), faulty: new Set(), reads: [] })
}

/** Fewest requests over what is not faulty, stepping over holes; addresses that lie on a hole are asked alone. */
function replan(known: Known): PlanState {
  const { addresses, limits, holes, faulty } = known
  const living = [...addresses.keys()].filter(index => !faulty.has(index))
  const onHole = (index: number) => spotsOf(addresses[index]!, widthOf(addresses[index]!)).some(at => holes.has(at))
  const plan = (indexes: readonly number[]) =>
    planReads(
      indexes.map(index => addresses[index]!),
      limits,
      (table, number) => !holes.has(spot(table, number)),
    ).map(read => ({ ...read, items: read.items.map(at => indexes[at]!) }))
  const alone = living.filter(onHole).flatMap(index => plan([index]))
  return { ...known, reads: [...plan(living.filter(index => !onHole(index))), ...alone] }
}

export interface Refused {
  readonly state: PlanState
  /** Found to be at fault by this refusal. */
  readonly found?: number
}

/** What follows from a refusal of one of the reads for its address. */
export function refuse(state: PlanState, read: PlannedRead): Refused {
  const { addresses } = state
  const needed = new Set(read.items.flatMap(index => spotsOf(addresses[index]!, widthOf(addresses[index]!))))
  const along = spotsOf({ table: read.table, number: read.from } as ModbusAddress, read.count).filter(
    at => !needed.has(at),
  )
  // First suspicion: what was read along only to save a request.
  if (along.length > 0) return { state: replan({ ...state, holes: new Set([...state.holes, ...along]) }) }
  if (read.items.length === 1) {
    const [found] = read.items as [number]
    const holes = new Set([...state.holes, ...needed])
    return { state: replan({ ...state, holes, faulty: new Set([...state.faulty, found]) }), found }
  }
  const half = Math.ceil(read.items.length / 2)
  const halves = [read.items.slice(0, half), read.items.slice(half)].flatMap(items =>
    planReads(
      items.map(index => addresses[index]!),
      state.limits,
    ).map(part => ({ ...part, items: part.items.map(at => items[at]!) })),
  )
  return { state: { ...state, reads: state.reads.flatMap(each => (each === read ? halves : [each])) } }
}

/** An address that was at fault answers: it is read with the others again. */
export function restore(state: PlanState, index: number): PlanState {
  const faulty = new Set(state.faulty)
  faulty.delete(index)
  const back = new Set(spotsOf(state.addresses[index]!, widthOf(state.addresses[index]!)))
  return replan({ ...state, faulty, holes: new Set([...state.holes].filter(at => !back.has(at))) })
}
