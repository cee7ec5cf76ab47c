/** The present as the page shows it, moved on every `everyMs`. */
import { systemClock } from '@millwright/contract'
import { useEffect, useState } from 'react'

export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(() => systemClock.now())
  useEffect(() => systemClock.every(everyMs, () => setNow(systemClock.now())), [everyMs])
  return now
}
