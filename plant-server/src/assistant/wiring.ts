/**
 * Quality and assistant on a running plant server: services over its parts, the handlers of their routes, and the executor that
 * saves a PLC program when its proposal is approved.
 */
import { type Problem, ProblemError, parser } from '@millwright/contract'
import { Type } from 'typebox'
import type { SomeHandlers } from '../http/handlers.ts'
import { createAssistantHandlers } from '../http/routes/assistant.ts'
import { createKnowledgeHandlers } from '../http/routes/knowledge.ts'
import { createLotHandlers } from '../http/routes/lots.ts'
import { createPlcHandlers } from '../http/routes/plc.ts'
import { createQualityHandlers } from '../http/routes/quality.ts'
import { createLibrary } from '../knowledge/library.ts'
import type { Parts } from '../parts.ts'
import { createQualityFigures } from '../quality/figures.ts'
import { createReviewer } from '../quality/review.ts'
import { typesetInWorker } from '../reports/pdf.ts'
import { createReports } from '../reports/reports.ts'
import type { Shop } from '../schedule/index.ts'
import { createPlanningRecords } from '../stores/planning-records.ts'
import { createPlcProgramRecords } from '../stores/plc-programs.ts'
import { createQualityRecords } from '../stores/quality-records.ts'
import { createAssistant } from './assistant.ts'
import { createConversations } from './conversations.ts'
import { createHttpLlm } from './http-llm.ts'
import { createOrderPort } from './order-port.ts'
import { createWorkshop } from './plc/workshop.ts'
import type { Plant, PlcDrafter } from './ports.ts'
import { plcWords } from './words/knowledge.ts'
import { say } from './words/say.ts'

type Names =
  | 'reviewInspection'
  | 'qualitySummary'
  | 'listLots'
  | 'reportModel'
  | 'reportFile'
  | 'listKnowledge'
  | 'getKnowledge'
  | 'ask'
  | 'listTools'
  | 'listPlcPrograms'
  | 'savePlcProgram'
  | 'draftPlc'

const SavePayload = parser(Type.Object({ name: Type.String(), st: Type.String(), specification: Type.Unknown() }))

export function wireQualityAndAssistant(
  parts: Pick<
    Parts,
    | 'config'
    | 'timeZone'
    | 'clock'
    | 'newId'
    | 'db'
    | 'readings'
    | 'images'
    | 'audit'
    | 'tags'
    | 'live'
    | 'agents'
    | 'alarms'
    | 'loops'
    | 'hub'
    | 'proposals'
    | 'planning'
    | 'knowledge'
  >,
  deps: {
    readonly plc: PlcDrafter
    readonly onProblem?: (problem: Problem) => void
  },
): SomeHandlers<Names> {
  const { clock, timeZone, audit, hub, newId, proposals } = parts
  const inspections = createQualityRecords(parts.db)
  const orders = createPlanningRecords<Shop>(parts.db)
  const orderOf = async (lot: string) => {
    const order = (await orders.orders()).find(({ id }) => lot.startsWith(`${id}-`))
    return order === undefined ? undefined : { order: order.id, product: order.product }
  }
  const figures = createQualityFigures({ inspections, clock, timeZone, orderOf })
  const reviewer = createReviewer({ inspections, audit, hub, clock })
  const library = createLibrary(parts.knowledge)
  for (const fault of library.faults) deps.onProblem?.(fault)
  const workshop = createWorkshop({
    drafter: deps.plc,
    records: createPlcProgramRecords(parts.db),
    audit,
    clock,
    newId,
  })
  proposals.registerExecutor('save_plc_program', async (payload, caller, reason) => {
    const parsed = SavePayload.parse(payload, 'proposal')
    if (!parsed.ok) throw new ProblemError(parsed.fault[0]!)
    const { name, version } = await workshop.save({ ...parsed.value, reason }, caller, true)
    return { zh: say(plcWords.saved, 'zh', { name, version }), en: say(plcWords.saved, 'en', { name, version }) }
  })

  const reports = createReports({
    inspections,
    thumbnails: {
      jpeg: async (sha256, width) => {
        try {
          return (await parts.images.get(sha256, width))?.content
        } catch (error) {
          // A picture that cannot be decoded leaves a gap in the report, not a report unwritten.
          if (error instanceof ProblemError) return undefined
          throw error
        }
      },
    },
    pdf: typesetInWorker,
    clock,
    timeZone,
    orderOf,
  })

  const plant: Plant = {
    orders: createOrderPort({ ...parts.planning, records: orders }),
    tags: {
      definitions: async () => parts.tags.all(),
      latest: async tag => parts.live.get(tag),
      async valueAt(tag, at) {
        const found = await parts.readings.valueAt(tag, at)
        if (found === undefined) return null
        const [t, value, quality] = found
        return { tag, t, value, quality, stale: false }
      },
      history: async (tag, from, to) => ({
        tag,
        unit: parts.tags.get(tag)?.unit ?? '',
        points: await parts.readings.raw(tag, from, to),
      }),
    },
    alarms: {
      active: () => parts.alarms.standing(),
      journal: (from, to) => parts.alarms.journalBetween(from, to),
    },
    loops: {
      loops: () => parts.loops.all(),
      forecast: async loop => (await parts.loops.forecast(loop)) ?? null,
    },
    agents: { agents: async () => parts.agents.all() },
    figures,
    inspections,
    library,
    plc: deps.plc,
    proposals: { propose: (draft, caller) => proposals.create({ ...draft, createdBy: caller.name }) },
  }
  const { llm } = parts.config
  const assistant = createAssistant({
    plant,
    clock,
    timeZone,
    conversations: createConversations(),
    stopwatch: () => performance.now(),
    ...(llm === undefined ? {} : { llm: createHttpLlm(llm) }),
    ...(deps.onProblem === undefined ? {} : { onProblem: deps.onProblem }),
  })

  return {
    ...createQualityHandlers({ reviewer, figures }),
    ...createLotHandlers({ figures, reports }),
    ...createKnowledgeHandlers(library),
    ...createAssistantHandlers(assistant),
    ...createPlcHandlers(workshop),
  }
}
