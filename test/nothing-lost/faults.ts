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
  /** How long a part that works is left in peace on average, ms. */
  readonly lifeMs: number
  readonly random: () => number
  readonly say: (text: string) => void
}

export interface FaultCounts {
  readonly cuts: Readonly<Record<Exclude<Network, 'whole'>, number>>
  readonly fullDisks: number
}

const CUTS = ['cut', 'dropping', 'closed'] as const
/** A part that does not become ready is killed all the same, ms. */
const MOST_START_MS = 15_000
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
      const from = Date.now()
      await rest(between(FULL))
      part.full(false)
      say(`the disk of ${part.name} was full from ${from} to ${Date.now()}`)
    }
  }
  let killed = 0
  /** One part, again and again: mostly while it works, sometimes while it is still starting. */
  const killAgain = async (part: Part) => {
    while (killed < deps.kills) {
      const patient = random() < 0.8
      const until = performance.now() + MOST_START_MS
      while (patient && !part.ready() && performance.now() < until && killed < deps.kills) await pause(50)
      await pause(deps.lifeMs * 2 * random())
      if (killed >= deps.kills) return
      killed += 1
      if (killed % 20 === 0) say(`${killed} kills`)
      await part.kill()
    }
  }
  const kill = async () => {
    await Promise.all(parts.map(killAgain))
    over.abort()
  }
  await Promise.all([network(), disk(), kill()])
  for (const relay of relays) relay.set('whole')
  for (const part of disks) part.full(false)
  return { cuts, fullDisks }
}
