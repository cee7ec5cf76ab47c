import type { Machine } from '../model.ts'

/** The opening times of all machines, for the solver. Behind its last window a machine counts as open. */
export interface Calendars {
  /** The moment when `work` of open time has gone by since `from`; `from` itself for no work. */
  afterWork(machine: number, from: number, work: number): number
  /** Earliest start, not before `from`, of work that may pause while the machine is closed; or may not. */
  earliestStart(machine: number, from: number, duration: number, interruptible: boolean): number
}

export function createCalendars(machines: readonly Machine[]): Calendars {
  const always = machines.map(machine => machine.open === null)
  const starts = machines.map(machine => Int32Array.from(machine.open ?? [], window => window.start))
  const ends = machines.map(machine => Int32Array.from(machine.open ?? [], window => window.end))

  /** Index of the first window that ends after `time`. */
  function windowAt(machineEnds: Int32Array, time: number): number {
    let low = 0
    let high = machineEnds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (machineEnds[middle]! > time) high = middle
      else low = middle + 1
    }
    return low
  }

  function afterWork(machine: number, from: number, work: number): number {
    if (work === 0 || always[machine]) return from + work
    const opens = starts[machine]!
    const closes = ends[machine]!
    let left = work
    let time = from
    for (let i = windowAt(closes, from); i < closes.length; i += 1) {
      if (opens[i]! > time) time = opens[i]!
      const room = closes[i]! - time
      if (left <= room) return time + left
      left -= room
      time = closes[i]!
    }
    return time + left
  }

  function earliestStart(machine: number, from: number, duration: number, interruptible: boolean): number {
    if (duration === 0 || always[machine]) return from
    const opens = starts[machine]!
    const closes = ends[machine]!
    let time = from
    for (let i = windowAt(closes, from); i < closes.length; i += 1) {
      if (opens[i]! > time) time = opens[i]!
      if (interruptible || time + duration <= closes[i]!) return time
      time = closes[i]!
    }
    return time
  }

  return { afterWork, earliestStart }
}
