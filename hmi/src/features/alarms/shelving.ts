/** Shelving and confirmation at the source; the new state comes back over the stream. */
import type { Alarm, CommandResult } from '@millwright/contract'
import { useState } from 'react'
import { useLocal } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'

export const UNTIL_NORMAL = 'until-normal'
/** Body of the request for a span of the dialog: minutes as text, or until the alarm returns. */
export const secondsOf = (span: string): { seconds?: number } =>
  span === UNTIL_NORMAL ? {} : { seconds: Number(span) * 60 }

/** Why the device said no, if it did. */
export function useRefusal() {
  const local = useLocal()
  const [text, setText] = useState<string>()
  return {
    text: text === undefined ? undefined : new Error(text),
    /** True where the result is a refusal, which then stands in `text`. */
    take({ status, text: said, code }: CommandResult): boolean {
      const refused = status === 'refused' || status === 'failed'
      setText(refused ? (said === undefined ? (code ?? status) : local(said)) : undefined)
      return refused
    },
  }
}

export function useShelving() {
  const may = useMay('shelveAlarm')
  const refusal = useRefusal()
  const unshelve = useChange('unshelveAlarm', result => void refusal.take(result))
  const confirm = useChange('confirmAlarm', result => void refusal.take(result))
  const runs = (change: typeof unshelve, alarm: Alarm) =>
    change.isPending && change.variables?.body.alarm === alarm.alarm
  return {
    may,
    error: unshelve.error ?? confirm.error ?? refusal.text ?? null,
    pending: (alarm: Alarm) => runs(unshelve, alarm) || runs(confirm as typeof unshelve, alarm),
    unshelve: (alarm: Alarm) => unshelve.mutate({ body: { alarm: alarm.alarm } }),
    confirm: (alarm: Alarm) => confirm.mutate({ body: { alarm: alarm.alarm } }),
  }
}
