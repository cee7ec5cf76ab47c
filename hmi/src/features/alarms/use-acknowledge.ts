/** Acknowledges at the source; the new state comes back over the stream. */
import type { Alarm } from '@millwright/contract'
import { useChange } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'

export function useAcknowledge() {
  const may = useMay('acknowledgeAlarm')
  const change = useChange('acknowledgeAlarm')
  return {
    may,
    error: change.error,
    reply: change.data,
    pending: (alarm: Alarm) => change.isPending && change.variables?.body.alarm === alarm.alarm,
    acknowledge: (alarm: Alarm) => change.mutate({ body: { alarm: alarm.alarm } }),
  }
}
