import type { Unit } from './program.ts'

/** The whole memory of a running unit at one moment. */
export interface Snapshot {
  readonly now: number
  readonly roots: readonly unknown[]
  readonly memory: readonly [string, unknown][]
}

const rootsOf = (unit: Unit): unknown[][] => [unit.frame(), unit.places, unit.program.machine.globals]

/** Copies the memory; references keep pointing at the same places. */
export function takeSnapshot(unit: Unit): Snapshot {
  return {
    now: unit.program.machine.now,
    roots: rootsOf(unit).map(copy),
    memory: [...unit.program.memory],
  }
}

/** Puts a copy back in place, so that every reference stays true. */
export function restore(unit: Unit, snapshot: Snapshot): void {
  const { machine, memory } = unit.program
  machine.now = snapshot.now
  rootsOf(unit).forEach((root, i) => {
    putBack(root, snapshot.roots[i] as unknown[])
  })
  memory.clear()
  for (const [key, value] of snapshot.memory) memory.set(key, value)
}

/** What standard blocks keep hidden is a plain object of plain values; what a frame is of, and references, are not copied. */
const isState = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !('pou' in value) && !('frame' in value)

function copy(value: unknown): unknown {
  if (Array.isArray(value)) {
    const made = new Array(value.length)
    for (let i = 0; i < value.length; i += 1) {
      const each = value[i]
      made[i] = typeof each === 'object' && each !== null ? copy(each) : each
    }
    return made
  }
  return isState(value) ? { ...value } : value
}

function putBack(target: unknown[], saved: unknown[]): void {
  for (let i = 0; i < saved.length; i += 1) {
    const value = saved[i]
    const held = target[i]
    if (Array.isArray(value) && Array.isArray(held)) putBack(held, value)
    else if (isState(value) && isState(held)) Object.assign(held, value)
    else target[i] = value
  }
}
