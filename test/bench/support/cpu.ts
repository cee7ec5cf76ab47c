/** CPU time of a process, by Linux' /proc. */
import { readFileSync } from 'node:fs'

/** The kernel counts in hundredths (USER_HZ), whatever its own clock is. */
const TICKS = 100

/** User and system time so far of the process itself, s. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name may hold spaces and brackets: the fields follow its last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}
