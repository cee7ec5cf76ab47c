/** What the line page shows, from what the plant server knows. Pure. */
import type {
  Equipment,
  Forecast,
  Loop,
  OrderOperation,
  OrderStatus,
  Plan,
  SetpointProposal,
  TagDefinition,
} from '@millwright/contract'
import type { Trust } from '../../live/use-live-value.ts'
import { breachOf, type Measure, type Section } from '../../plant/model.ts'

export type Tone = 'normal' | 'medium' | 'high' | 'stale'

/** Colour only for the abnormal: beyond lo or hi medium, beyond lolo or hihi high. */
export function toneOf(tag: TagDefinition, value: number | undefined, trust: Trust): Tone {
  if (trust === 'stale' || trust === 'none' || trust === 'bad') return 'stale'
  const breach = breachOf(tag, value)
  if (breach === undefined) return 'normal'
  return breach === 'lolo' || breach === 'hihi' ? 'high' : 'medium'
}

/** Rows that a section shows at least, where it has them. */
const LEAST = 4

/**
 * Rows that are always seen: controlled, limited, or with a setpoint, filled up with others of known range;
 * the rest on demand.
 */
export function splitMeasures(section: Section, loops: readonly Loop[]): { key: Measure[]; more: Measure[] } {
  const weight = ({ tag, setpoint }: Measure) => {
    if (loops.some(loop => loop.target === tag.tag)) return 3
    if (setpoint !== undefined || tag.limits !== undefined) return 2
    return tag.range === undefined ? 0 : 1
  }
  const sorted = [...section.measures].sort((a, b) => weight(b) - weight(a))
  const count = Math.max(LEAST, sorted.filter(measure => weight(measure) >= 2).length)
  return { key: sorted.slice(0, count), more: sorted.slice(count) }
}

/** The setpoint mark of a row: its own setpoint tag's value, else the wished value of its loop. */
export const wishOf = (tag: TagDefinition, loops: readonly Loop[]): number | undefined =>
  loops.find(loop => loop.target === tag.tag)?.setpoint

/** Limits of a row: the tag's own, else its loop's quality limits. */
export function withLoopLimits(tag: TagDefinition, loops: readonly Loop[]): TagDefinition {
  const loop = loops.find(item => item.target === tag.tag)
  return tag.limits !== undefined || loop === undefined ? tag : { ...tag, limits: { lo: loop.low, hi: loop.high } }
}

/** Ids of a piece of equipment and all below it. */
export function equipmentBelow(equipment: readonly Equipment[], id: string | undefined): ReadonlySet<string> {
  const found = new Set<string>(id === undefined ? [] : [id])
  for (let grown = -1; grown !== found.size; ) {
    grown = found.size
    for (const item of equipment) if (item.parent !== undefined && found.has(item.parent)) found.add(item.id)
  }
  return found
}

export interface OrderAt {
  readonly status: OrderStatus
  readonly operation: OrderOperation
  readonly start: number | undefined
  readonly end: number | undefined
}

/** The order being made on this equipment and the next one that the plan in force brings to it. */
export function ordersAt(
  orders: readonly OrderStatus[],
  plan: Plan | null,
  ids: ReadonlySet<string>,
): { readonly current: OrderAt | undefined; readonly next: OrderAt | undefined } {
  const all = orders.flatMap(status =>
    status.order.operations.map(operation => {
      const planned = plan?.operations.find(
        item => item.order === status.order.id && item.operation === operation.operation,
      )
      const here =
        planned === undefined
          ? operation.alternatives.some(choice => ids.has(choice.equipment))
          : ids.has(planned.equipment)
      return { status, operation, start: operation.actualStart ?? planned?.start, end: planned?.end, here }
    }),
  )
  const here = all.filter(item => item.here)
  const byStart = (a: OrderAt, b: OrderAt) =>
    (a.start ?? Number.POSITIVE_INFINITY) - (b.start ?? Number.POSITIVE_INFINITY)
  // Of several operations of the line that run at once, the newest started is the one at hand.
  const current = here
    .filter(item => item.operation.state === 'running')
    .sort(byStart)
    .at(-1)
  const next = here
    .filter(
      item =>
        item.operation.state === 'waiting' &&
        item.start !== undefined &&
        item.status.order.state !== 'done' &&
        item.status.order.state !== 'held' &&
        item.status.order.id !== current?.status.order.id,
    )
    .sort(byStart)[0]
  return { current, next }
}

/** The newest open proposal of a loop that has not expired, and those before it. */
export function proposalsOf(
  proposals: readonly SetpointProposal[],
  loop: string,
  now: number,
): { readonly open: SetpointProposal | undefined; readonly past: readonly SetpointProposal[] } {
  const own = proposals.filter(item => item.loop === loop).sort((a, b) => b.t - a.t)
  const open = own.find(item => item.state === 'open' && item.expiresAt > now)
  return { open, past: own.filter(item => item !== open && item.state !== 'open') }
}

/** Last point of the forecast: what the page says in words. */
export const horizonOf = (forecast: Forecast): Forecast['points'][number] | undefined => forecast.points.at(-1)

export const insideGuard = (loop: Loop, value: number, current: number): boolean =>
  value >= loop.guard.low && value <= loop.guard.high && Math.abs(value - current) <= loop.guard.maxStep + 1e-9

/** A card of the line page: a section's values, its settings and states, or both in one. */
export interface Block {
  readonly section: Section
  readonly part: 'all' | 'values' | 'signals'
  /** How tall, in rows of a value. */
  readonly rows: number
}

/** So many settings and states stand in a card of their own beside the values. */
const APART = 8

export function blocksOf(sections: readonly Section[], loops: readonly Loop[]): Block[] {
  return sections.flatMap((section): Block[] => {
    const values = splitMeasures(section, loops).key.length
    const signals = (section.setpoints.length + section.states.length) * 0.6
    if (values === 0 || section.setpoints.length + section.states.length <= APART)
      return [{ section, part: 'all', rows: values + signals + 1.5 }]
    return [
      { section, part: 'values', rows: values + 1.5 },
      { section, part: 'signals', rows: signals + 1 },
    ]
  })
}

/** Blocks in `count` columns: each goes where the page is shortest, so that the order of the line is kept from the top. */
export function columnsOf(blocks: readonly Block[], count: number): Block[][] {
  const columns = Array.from({ length: count }, () => ({ rows: 0, blocks: [] as Block[] }))
  for (const block of blocks) {
    const shortest = columns.reduce((best, column) => (column.rows < best.rows ? column : best))
    shortest.blocks.push(block)
    shortest.rows += block.rows
  }
  return columns.map(column => column.blocks)
}
