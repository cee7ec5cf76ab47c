/** Follows a command from its reply to its outcome: the device's answer may come later over the stream. */
import type { CommandResult } from '@millwright/contract'
import { useEffect, useState } from 'react'
import { useLive } from './live-provider.tsx'

export function useOutcome(reply: CommandResult | undefined): CommandResult | undefined {
  const { stream } = useLive()
  const [later, setLater] = useState<ReadonlyMap<string, CommandResult>>(new Map())
  useEffect(
    () =>
      stream.onMessage(message => {
        if (message.type === 'command_result')
          setLater(before => new Map([...before, [message.result.id, message.result] as const].slice(-20)))
      }),
    [stream],
  )
  if (reply === undefined) return undefined
  return reply.status === 'sent' ? (later.get(reply.id) ?? reply) : reply
}
