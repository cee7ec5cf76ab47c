/** The tools of the assistant, and the one way to run them: rights first, then arguments, then the tool. */
import { describe, type Problem, ProblemError, type ToolCall } from '@millwright/contract'
import { Value } from 'typebox/value'
import type { Caller } from '../../http/handlers.ts'
import { draftPlc } from './draft-plc.ts'
import { getForecast } from './get-forecast.ts'
import { getLot } from './get-lot.ts'
import { getMachineLoad } from './get-machine-load.ts'
import { getOrder } from './get-order.ts'
import { getQualitySummary } from './get-quality-summary.ts'
import { getTagHistory } from './get-tag-history.ts'
import { getTagValue } from './get-tag-value.ts'
import { listAgents } from './list-agents.ts'
import { listAlarms } from './list-alarms.ts'
import { listInspections } from './list-inspections.ts'
import { listLateOrders } from './list-late-orders.ts'
import { listOrders } from './list-orders.ts'
import { listTags } from './list-tags.ts'
import { searchKnowledge } from './search-knowledge.ts'
import type { Tool, ToolContext, ToolOutcome } from './tool.ts'
import { whatIf } from './what-if.ts'

export const tools: readonly Tool[] = [
  getOrder,
  listOrders,
  listLateOrders,
  getMachineLoad,
  whatIf,
  getTagValue,
  getTagHistory,
  listTags,
  getForecast,
  listAlarms,
  getQualitySummary,
  getLot,
  listInspections,
  searchKnowledge,
  draftPlc,
  listAgents,
]

export const toolNamed = (name: string): Tool | undefined => tools.find(tool => tool.name === name)

export const mayUse = (tool: Tool, caller: Caller): boolean =>
  caller.role !== 'agent' && tool.roles.includes(caller.role)

export type ToolRun =
  | { readonly ok: true; readonly call: ToolCall; readonly tool: Tool; readonly outcome: ToolOutcome<unknown> }
  | { readonly ok: false; readonly call: ToolCall; readonly problem: Problem }

/** Runs a tool with the rights of the asker. Never throws: what goes wrong is a problem with a code. */
export async function runTool(name: string, args: Record<string, unknown>, context: ToolContext): Promise<ToolRun> {
  const fail = (problem: Problem): ToolRun => ({
    ok: false,
    problem,
    call: { name, arguments: args, ok: false, result: { code: problem.code, message: describe(problem) } },
  })
  const tool = toolNamed(name)
  if (tool === undefined) return fail({ code: 'MW-2004', values: { what: 'tool', id: name } })
  if (!mayUse(tool, context.caller))
    return fail({ code: 'MW-5005', values: { tool: name, roles: tool.roles.join(', ') } })
  if (!Value.Check(tool.schema, args)) {
    const detail = [...Value.Errors(tool.schema, args)]
      .map(fault => `${fault.instancePath} ${fault.message}`)
      .join('; ')
    return fail({ code: 'MW-5007', values: { tool: name, detail } })
  }
  try {
    const outcome = await tool.run(args, context)
    return { ok: true, tool, outcome, call: { name, arguments: args, ok: true, result: outcome.result } }
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem)
    return fail({ code: 'MW-0103', values: { detail: error instanceof Error ? error.message : String(error) } })
  }
}

/** Tools for the tools page and the language model: those the asker may use. */
export const toolsFor = (caller: Caller): readonly Tool[] => tools.filter(tool => mayUse(tool, caller))
