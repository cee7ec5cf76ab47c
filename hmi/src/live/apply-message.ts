/** What a message of the stream does to what was read by HTTP. */
import type { AgentStatus, Alarm, Loop, RouteName, ServerMessage } from '@millwright/contract'
import type { QueryClient } from '@tanstack/react-query'
import { keyOf } from '../lib/query.ts'

const upsert = <T>(list: readonly T[] | undefined, item: T, same: (other: T) => boolean): T[] | undefined => {
  if (list === undefined) return undefined
  return list.some(same) ? list.map(other => (same(other) ? item : other)) : [item, ...list]
}

/** The alarm list after a change; a normal alarm leaves it unless it is set aside. */
export const withAlarm = (list: readonly Alarm[] | undefined, alarm: Alarm): Alarm[] | undefined =>
  alarm.state === 'normal' && alarm.shelved !== true
    ? list?.filter(other => other.alarm !== alarm.alarm)
    : upsert(list, alarm, other => other.alarm === alarm.alarm)

/** Rows to read again for a message, soon but together. */
export function rowsTouchedBy(message: ServerMessage): readonly RouteName[] {
  switch (message.type) {
    case 'hello':
    case 'resumed':
    case 'values':
    case 'forecast':
    case 'loop':
    case 'agent':
      return []
    case 'alarm':
      return ['alarmJournal']
    case 'inspection':
      return ['listInspections', 'getInspection', 'qualitySummary', 'listLots', 'reportModel']
    case 'proposal':
      return ['listSetpointProposals']
    case 'command_result':
      return ['listCommands', 'listAudit']
    case 'action_proposal':
      return ['listActionProposals']
    case 'plan':
      return ['currentPlan', 'getPlan', 'listOrders', 'getOrder']
  }
}

/** Puts into the cache what the message holds whole. */
export function patchCache(cache: QueryClient, message: ServerMessage): void {
  switch (message.type) {
    case 'alarm':
      cache.setQueryData(keyOf('listAlarms'), (list: Alarm[] | undefined) => withAlarm(list, message.alarm))
      return
    case 'forecast':
      cache.setQueryData(keyOf('latestForecast', { params: { id: message.forecast.loop } }), message.forecast)
      return
    case 'loop':
      cache.setQueryData(keyOf('listLoops'), (list: Loop[] | undefined) =>
        upsert(list, message.loop, other => other.loop === message.loop.loop),
      )
      return
    case 'agent': {
      const before = cache.getQueryData<AgentStatus[]>(keyOf('listAgents'))
      const known = before?.find(other => other.agent === message.agent.agent)
      cache.setQueryData(keyOf('listAgents'), (list: AgentStatus[] | undefined) =>
        upsert(list, message.agent, other => other.agent === message.agent.agent),
      )
      // A new birth certificate brings other tags.
      if (known?.tags !== message.agent.tags) void cache.invalidateQueries({ queryKey: ['listTags'] })
      return
    }
    case 'inspection':
      cache.setQueryData(keyOf('getInspection', { params: { id: message.inspection.id } }), message.inspection)
      return
    case 'hello':
    case 'resumed':
    case 'values':
    case 'proposal':
    case 'command_result':
    case 'action_proposal':
    case 'plan':
      return
  }
}
