/** What goes wrong, at random but repeatable: parts die, the network fails, disks fill. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Network, Relay } from '../resilience/relay.ts'
import type { Part } from './part.ts'

export interface FaultDeps {
  readonly parts: readonly Part[]
  readonly relays: readonly Relay[]
  /** Parts whose disk is filled now and then. */
  readonly disks: readonly Part[]
  readonly kills: number
  /** Mean time between two kills, ms. */
  readonly everyMs: number
  readonly random: () => number
  readonly say: (text: string) => void
}

export interface FaultCounts {
  readonly kills: number
  readonly cuts: Readonly<Record<Exclude<Network, 'whole'>, number>>
  readonly fullDisks: number
}

const CUTS = ['cut', 'dropping', 'closed'] as const
/** So long at least and at most, ms: whole between two cuts, cut, room between two full disks, full. */
const WHOLE = [4000, 12_000] as const
const CUT = [500, 5000] as const
const ROOM = [10_000, 25_000] as const
const FULL = [2000, 7000] as const

/** Resolves when all kills are done and everything works again. */
export async function sowFaults(deps: FaultDeps): Promise<FaultCounts> {
  const { parts, relays, disks, random, say } = deps
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const between = ([low, high]: readonly [number, number]) => low + random() * (high - low)
  const over = new AbortController()
  const rest = (ms: number) => pause(ms, undefined, { signal: over.signal }).catch(() => {})
  const cuts = { cut: 0, dropping: 0, closed: 0 }
  let fullDisks = 0

  const network = async () => {
    while (!over.signal.aborted) {
      await rest(between(WHOLE))
      if (over.signal.aborted) return
      const kind = pick(CUTS)
      cuts[kind] += 1
      // One road or all of them.
      const chosen = random() < 0.5 ? relays : [pick(relays)]
      for (const relay of chosen) relay.set(kind)
      await rest(between(CUT))
      for (const relay of chosen) relay.set('whole')
    }
  }
  const disk = async () => {
    while (disks.length > 0 && !over.signal.aborted) {
      await rest(between(ROOM))
      if (over.signal.aborted) return
      const part = pick(disks)
      fullDisks += 1
      part.full(true)
      await rest(between(FULL))
      part.full(false)
    }
  }
  const kill = async () => {
    const killed = () => parts.reduce((sum, part) => sum + part.kills, 0)
    const under: Promise<void>[] = []
    while (killed() < deps.kills) {
      await pause(deps.everyMs * (0.3 + random() * 1.4))
      // Mostly one that works: a part that is killed at its start each time would prove little.
      const working = parts.filter(part => part.ready())
      const part = pick(working.length > 0 && random() < 0.8 ? working : parts)
      under.push(part.kill())
      if (killed() % 20 === 0) say(`${killed()} kills`)
    }
    await Promise.all(under)
    over.abort()
  }
  await Promise.all([network(), disk(), kill()])
  for (const relay of relays) relay.set('whole')
  for (const part of disks) part.full(false)
  return { kills: parts.reduce((sum, part) => sum + part.kills, 0), cuts, fullDisks }
}
