/**
 * The sample plant in this process: orders planned by the real scheduler, the real proposals and services over records in
 * memory, made-up signals. Fixed date and seed; no port is opened.
 */
import {
  type AgentStatus,
  type Alarm,
  type AlarmJournalEntry,
  type Forecast,
  type Loop,
  manualClock,
  type TagDefinition,
} from '@millwright/contract'
import { HOUR, MINUTE } from '../../domain/quality/plant-day.ts'
import { createLibrary } from '../../knowledge/library.ts'
import { createOrderBook } from '../../mes/order-book.ts'
import { createPlanningDesk } from '../../mes/planning-desk.ts'
import type { Audit, Hub } from '../../ports.ts'
import { createActionProposals } from '../../proposals/action-proposals.ts'
import { createQualityFigures } from '../../quality/figures.ts'
import { memoryInspections } from '../../quality/memory-inspections.ts'
import { createScheduler, type Shop } from '../../schedule/index.ts'
import { createActionProposalRecords } from '../../stores/action-proposals.ts'
import { createPlanningRecords } from '../../stores/planning-records.ts'
import { openRecords } from '../../stores/records.ts'
import { createOrderPort } from '../order-port.ts'
import type { Plant, PlcDrafter } from '../ports.ts'
import { sampleInspections } from './sample-quality.ts'
import { sampleTags } from './sample-tags.ts'
import { historyOf, sampleAt, signalAt } from './signals.ts'

/** Tuesday 2025-11-25, 09:30 in the sample plant. */
export const DEMO_NOW = Date.UTC(2025, 10, 25, 1, 30)
export const DEMO_ZONE = 'Asia/Shanghai'
/** Time for the first plan and for each what-if, s. */
const PLAN_SECONDS = 1

export interface DemoFiles {
  /** Plant file with orders. */
  readonly orders: string
  /** Configurations of agents, whose tags the plant has. */
  readonly agents: readonly string[]
  /** Knowledge documents by file name. */
  readonly knowledge: ReadonlyMap<string, string>
}

export interface DemoPlant {
  readonly plant: Plant
  readonly clock: ReturnType<typeof manualClock>
  readonly timeZone: string
  close(): Promise<void>
}

const system = { name: 'system', role: 'administrator' } as const

export async function createDemoPlant(
  files: DemoFiles,
  deps: { plc: PlcDrafter; stopwatch: () => number },
): Promise<DemoPlant> {
  const clock = manualClock(DEMO_NOW)
  const store = openRecords(':memory:')
  const audit: Audit = { record: async entry => ({ ...entry, seq: 0, t: DEMO_NOW, person: '', role: '', hash: '' }) }
  const hub: Hub = { publish: () => {} }
  let count = 0
  const newId = (prefix: string) => {
    count += 1
    return `${prefix}-demo-${count}`
  }
  const proposals = createActionProposals({ records: createActionProposalRecords(store.db), audit, hub, clock, newId })
  const records = createPlanningRecords<Shop>(store.db)
  const scheduler = createScheduler({ clock: { ...clock, now: deps.stopwatch } })
  const planning = { records, scheduler, proposals, audit, hub, clock, newId, timeZone: DEMO_ZONE }
  const desk = createPlanningDesk(planning)
  await desk.importPlant(files.orders, system, 'sample plant')
  // Planned when a question first needs it: most do not.
  let planned: Promise<unknown> | undefined
  const ensurePlan = () => {
    planned ??= desk.ensurePlan(PLAN_SECONDS)
    return planned
  }
  const orders = createOrderBook(planning)
  const inspections = memoryInspections(sampleInspections(DEMO_NOW, DEMO_ZONE, await orders.runs()))
  const tags = files.agents.flatMap((text, i) => sampleTags(text, `agent ${i}`))
  const find = (tag: string) => tags.find(entry => entry.tag === tag)

  const port = createOrderPort({
    orders,
    records,
    desk: { whatIf: (change, caller) => desk.whatIf(change, caller, PLAN_SECONDS) },
  })

  const plant: Plant = {
    orders: {
      ...port,
      getOrder: async id => ensurePlan().then(() => port.getOrder(id)),
      listOrders: async () => ensurePlan().then(() => port.listOrders()),
      currentPlan: async () => ensurePlan().then(() => port.currentPlan()),
      whatIf: async (change, caller) => ensurePlan().then(() => port.whatIf(change, caller)),
    },
    tags: {
      definitions: async () => tags,
      latest: async tag => live(find(tag), DEMO_NOW) ?? undefined,
      valueAt: async (tag, t) => live(find(tag), Math.min(t, DEMO_NOW)),
      history: async (tag, from, to) => {
        const definition = find(tag)
        const points = definition === undefined ? [] : historyOf(definition, from, Math.min(to, DEMO_NOW))
        return { tag, unit: definition?.unit ?? '', points }
      },
    },
    alarms: { active: async () => [sampleAlarm], journal: async (from, to) => sampleJournal(from, to) },
    loops: { loops: async () => [sampleLoop], forecast: async () => sampleForecast },
    agents: { agents: async () => agentsOf(tags) },
    figures: createQualityFigures({ inspections, clock, timeZone: DEMO_ZONE }),
    inspections,
    library: createLibrary(files.knowledge),
    plc: deps.plc,
    proposals: { propose: (draft, caller) => proposals.create({ ...draft, createdBy: caller.name }) },
  }
  return {
    plant,
    clock,
    timeZone: DEMO_ZONE,
    async close() {
      await scheduler.close()
      await store.close()
    },
  }
}

function live(definition: TagDefinition | undefined, t: number) {
  if (definition === undefined) return null
  const at = sampleAt(t)
  return { tag: definition.tag, t: at, value: signalAt(definition, at), quality: 'good' as const, stale: false }
}

const moistureHigh = { zh: '烘丝出口水分偏高', en: 'Dryer outlet moisture high' }
const sampleAlarm: Alarm = {
  alarm: 'primary/plc/Dryer.MoistureHigh',
  agent: 'primary',
  tag: 'primary/dryer/outlet_moisture',
  equipment: 'PRI-DRY-1',
  priority: 'medium',
  state: 'unack',
  message: moistureHigh,
  limit: 13,
  raisedAt: DEMO_NOW - 12 * MINUTE,
  changedAt: DEMO_NOW - 12 * MINUTE,
}

/** Raised every seven hours before now. */
function sampleJournal(from: number, to: number): AlarmJournalEntry[] {
  return Array.from({ length: 24 }, (_, i) => DEMO_NOW - 12 * MINUTE - i * 7 * HOUR)
    .filter(t => t >= from && t < to)
    .map((t, i) => ({ id: 1000 - i, alarm: sampleAlarm.alarm, t, from: 'normal', to: 'unack', message: moistureHigh }))
}

const sampleLoop: Loop = {
  loop: 'primary/dryer-moisture',
  agent: 'primary',
  target: 'primary/dryer/outlet_moisture',
  output: 'primary/dryer/steam_pressure_setpoint',
  level: 'advise',
  setpoint: 12.5,
  low: 12,
  high: 13,
  guard: { low: 1, high: 6, maxStep: 0.5 },
}

const sampleForecast: Forecast = {
  loop: sampleLoop.loop,
  target: sampleLoop.target,
  t: DEMO_NOW,
  model: 'dryer-moisture@sample',
  state: 'trusted',
  points: [1, 2, 3].map(i => ({ t: DEMO_NOW + i * MINUTE, y: 12.6 + i * 0.05, lo: 12.4, hi: 12.9 + i * 0.05 })),
  contributions: [],
  reasons: [],
}

function agentsOf(tags: readonly TagDefinition[]): AgentStatus[] {
  return [...Map.groupBy(tags, tag => tag.agent)].map(([agent, own]) => ({
    agent,
    online: true,
    since: DEMO_NOW - 8 * HOUR,
    lastSeen: DEMO_NOW,
    tags: own.length,
    devices: [...new Set(own.map(tag => tag.device))].map(device => ({ device, online: true })),
    outboxPending: 0,
    outboxDropped: 0,
    gaps: 0,
  }))
}
