/** A question → the tool call that answers it, or what it lacks. Pure: names, clock and memory come in. */
import type { ProblemCode } from '@millwright/contract'
import { HOUR } from '../../domain/quality/plant-day.ts'
import type { Memory } from '../conversations.ts'
import type { Missing } from '../words/refusals.ts'
import { type Entities, entitiesIn, type Vocabulary } from './entities.ts'
import { isWriteWish, LEAST_WEIGHT, RUSH, scoreIntents } from './intents.ts'
import type { PlantClock } from './times.ts'

export interface PlannedCall {
  readonly name: string
  readonly arguments: Record<string, unknown>
}

export type Understood =
  | {
      readonly kind: 'calls'
      readonly calls: readonly PlannedCall[]
      /** The person wishes to change a machine: it is said that this is not done here, and then how things stand. */
      readonly writeWish?: boolean
    }
  /** The same where nothing can be read beside it. */
  | { readonly kind: 'write-wish' }
  /** The tool is clear, an argument is not; `names` are what it may be. */
  | { readonly kind: 'missing'; readonly code: ProblemCode; readonly what: Missing; readonly names: readonly string[] }
  /** A greeting, or a question about the assistant itself. */
  | { readonly kind: 'help' }
  /** No tool is clear: the documents may still answer. */
  | { readonly kind: 'documents'; readonly call: PlannedCall }

/** Questions of several sentences are answered one by one, at most this many. */
const MOST_PARTS = 3

const HELP =
  /^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|help|你好|您好|早上好|下午好|嗨|在吗|帮助|(?:what|how) can you (?:do|help)|what do you (?:do|know)|who are you|what are you|你能(?:做|干|帮我做)?(?:什么|啥)|你会(?:什么|啥)|你是谁|怎么用)[\s!！.。?？~,，a-z]{0,12}$/i

export function planCalls(text: string, vocabulary: Vocabulary, clock: PlantClock, memory: Memory): Understood {
  if (HELP.test(text)) return { kind: 'help' }
  const whole = planOne(text, vocabulary, clock, memory)
  const tool = whole.kind === 'calls' ? whole.calls[0]?.name : undefined
  if (tool === 'draftPlc' || tool === 'whatIf') return whole
  const parts = text
    .split(/[?？;；。\n]+/)
    .map(part => part.trim())
    .filter(part => part.length > 3)
  if (parts.length < 2 || parts.length > MOST_PARTS) return whole
  const planned = parts.map(part => planOne(part, vocabulary, clock, memory))
  const calls = planned.flatMap(part => (part.kind === 'calls' ? part.calls : []))
  // Only when every sentence is clear on its own; otherwise they belong together.
  if (calls.length !== parts.length) return whole
  return { kind: 'calls', calls: distinct(calls) }
}

const distinct = (calls: readonly PlannedCall[]) => [
  ...new Map(calls.map(call => [JSON.stringify([call.name, call.arguments]), call])).values(),
]

function planOne(text: string, vocabulary: Vocabulary, clock: PlantClock, memory: Memory): Understood {
  const entities = entitiesIn(text, vocabulary, clock)
  const [best] = scoreIntents(entities, memory)
  if (isWriteWish(text) && best?.tool !== 'draftPlc' && best?.tool !== 'whatIf') {
    const tag = entities.tags[0]?.tag.tag
    if (tag === undefined) return { kind: 'write-wish' }
    return { kind: 'calls', calls: [{ name: 'getTagValue', arguments: { tag } }], writeWish: true }
  }
  if (best === undefined || best.weight < LEAST_WEIGHT) {
    const step = entities.step === undefined ? {} : { step: entities.step }
    const call = { name: 'searchKnowledge', arguments: { query: text, lang: entities.lang, ...step } }
    return { kind: 'documents', call }
  }
  return argumentsFor(best.tool, entities, clock, memory)
}

const iso = (t: number) => new Date(t).toISOString()
const call = (name: string, args: Record<string, unknown> = {}): Understood => ({
  kind: 'calls',
  calls: [{ name, arguments: args }],
})
const lacks = (what: Missing, names: readonly string[] = []): Understood => ({
  kind: 'missing',
  code: 'MW-5003',
  what,
  names,
})

/** `from` and `to` of a span; an instant gives none. */
const spanOf = ({ time }: Entities) => (time?.kind === 'span' ? { from: iso(time.from), to: iso(time.to) } : {})

function argumentsFor(tool: string, entities: Entities, clock: PlantClock, memory: Memory): Understood {
  const { text, time } = entities
  switch (tool) {
    case 'getOrder': {
      const order = entities.orders[0] ?? entities.unknownOrders[0] ?? memory.order
      return order === undefined ? lacks('order') : { kind: 'calls', calls: ordersOf(entities, order) }
    }
    case 'listOrders': {
      const state = stateIn(text)
      return call(tool, state === undefined ? {} : { state })
    }
    case 'listLateOrders':
    case 'listAgents':
      return call(tool)
    case 'getMachineLoad': {
      const unit = entities.equipment.filter(({ level }) => level === 'work_unit')
      return call(tool, { ...(unit.length === 1 ? { equipment: unit[0]!.id } : {}), ...spanOf(entities) })
    }
    case 'whatIf':
      return whatIfCall(entities, clock)
    case 'getTagValue': {
      const tag = entities.tags[0]?.tag.tag ?? memory.tag
      if (tag === undefined) return lacks('tag')
      return call(tool, { tag, ...(time?.kind === 'instant' ? { at: iso(time.t) } : {}) })
    }
    case 'getTagHistory': {
      const tag = entities.tags[0]?.tag.tag
      if (tag === undefined) return lacks('tag')
      return call(tool, { tag, ...spanOf(entities) })
    }
    case 'listTags':
      return call(tool, { about: text })
    case 'getForecast':
      return call(tool)
    case 'listAlarms':
      return call(tool, spanOf(entities))
    case 'getQualitySummary':
      return call(tool, {
        ...(entities.lot === undefined ? spanOf(entities) : { lot: entities.lot }),
        ...focusIn(text),
      })
    case 'getLot':
      return call(tool, entities.lot === undefined ? {} : { lot: entities.lot })
    case 'listInspections':
      return call(tool, {
        ...(entities.lot === undefined ? spanOf(entities) : { lot: entities.lot }),
        ...(entities.verdict === undefined ? {} : { verdict: entities.verdict }),
        ...(entities.defectClass === undefined ? {} : { class: entities.defectClass }),
        ...(entities.reviewed === undefined ? {} : { reviewed: entities.reviewed }),
        ...(/多少|几[张片]|how many/i.test(text) ? { countOnly: true } : {}),
      })
    case 'draftPlc':
      return call(tool, { text, ...(memory.plcDraft === undefined ? {} : { change: !isNewRequest(text) }) })
    default:
      return lacks('tag')
  }
}

function ordersOf(entities: Entities, first: string): PlannedCall[] {
  const orders = entities.orders.length > 1 ? entities.orders.slice(0, MOST_PARTS) : [first]
  return orders.map(order => ({ name: 'getOrder', arguments: { order } }))
}

/** A request that says what it wants from the start, not only what should differ. */
const isNewRequest = (text: string) =>
  /(?:新|重新|另)(?:写|编|生成|起草)|\bplc\b.{0,20}(?:程序|program|code)|(?:write|draft|generate|create) (?:a|an|me|new)\b/i.test(
    text,
  ) && !/改|change|instead/i.test(text)

function focusIn(text: string): { focus?: string } {
  if (
    /(?:good|良品).{0,25}(?:reject|fail|判废|剔除|误判)|reject.{0,20}good|过杀|误杀|overkill|over-kill|false reject/i.test(
      text,
    )
  )
    return { focus: 'overkill' }
  if (/漏检|误判|escape/i.test(text)) return { focus: 'escape' }
  if (/不良率|合格率|defect rate|pass rate|yield/i.test(text)) return {}
  return /缺陷|pareto|帕累托|defects?/i.test(text) ? { focus: 'classes' } : {}
}

function stateIn(text: string): string | undefined {
  if (/进行中|在制|正在|running|in progress/i.test(text)) return 'running'
  if (/挂起|暂停|on hold|\bheld\b/i.test(text)) return 'held'
  if (/已完成|完工|finished|completed|\bdone\b/i.test(text)) return 'done'
  if (/已下达|released/i.test(text)) return 'released'
  return /已计划|planned/i.test(text) ? 'planned' : undefined
}

function whatIfCall(entities: Entities, clock: PlantClock): Understood {
  const { text, orders, product, quantity, duration, equipment, time } = entities
  if (RUSH.test(text)) {
    const due = time === undefined ? {} : { due: iso(time.kind === 'instant' ? time.t : time.to) }
    if (orders[0] !== undefined) return call('whatIf', { kind: 'rush_order', order: orders[0], ...due })
    if (entities.unknownOrders[0] !== undefined)
      return call('whatIf', { kind: 'rush_order', order: entities.unknownOrders[0], ...due })
    if (product === undefined) return lacks('product')
    return call('whatIf', { kind: 'rush_order', product, ...(quantity === undefined ? {} : { quantity }), ...due })
  }
  if (equipment.length === 0)
    return /重新排产|重排|重新计划|replan|reschedule|plan again/i.test(text)
      ? call('whatIf', { kind: 'replan' })
      : lacks('equipment')
  const [unit, other] = equipment
  if (unit === undefined || (other !== undefined && other.level === unit.level))
    return lacks(
      'equipment',
      equipment.map(({ name, id }) => `${name[entities.lang]} (${id})`),
    )
  const hours = duration === undefined ? spanHours(entities, clock.now) : duration / HOUR
  if (hours === undefined) return lacks('hours')
  const named = time === undefined ? clock.now : time.kind === 'instant' ? time.t : time.from
  // What lies behind cannot be planned any more: then it is from now on.
  const from = Math.max(named, clock.now)
  return call('whatIf', { kind: 'machine_down', equipment: unit.id, hours, from: iso(from) })
}

/** "down tomorrow", "14 点到 18 点停机": the length of the span named; what lies behind is not counted. */
function spanHours({ time }: Entities, now: number): number | undefined {
  if (time?.kind !== 'span' || time.to <= time.from) return undefined
  const from = time.to > now ? Math.max(time.from, now) : time.from
  return Math.max(0.5, Math.round(((time.to - from) / HOUR) * 2) / 2)
}
