/** When a file of a capture folder may be read, pure: it does not carry a temporary name, its size has stood still, and its image is whole. */
import type { Completeness } from './image-complete.ts'

export interface FileFacts {
  readonly name: string
  readonly size: number
  /** ms. */
  readonly modified: number
}

export interface Watched {
  readonly facts: FileFacts
  /** Since when the facts have not changed, ms. */
  readonly since: number
  /** When the file was first there, ms; of one that lay there before the first look, when it was last written. */
  readonly firstSeen: number
}

const IMAGE = /\.(png|jpe?g|bmp|tiff?|webp)$/i
/** How cameras, browsers and copy tools name what they are still writing. */
const TEMPORARY = /^[.~]|\.(tmp|part|partial|crdownload|filepart|temp|writing)(\.|$)|~$/i

export const isCandidate = (name: string): boolean => IMAGE.test(name) && !TEMPORARY.test(name)

export interface Looked {
  readonly watched: Map<string, Watched>
  /** Settled, in order of time then name. */
  readonly settled: readonly Watched[]
}

/**
 * Compares a look into the folder with the last one, if there was one. A file is settled when neither size nor time has changed for
 * `settleMs`; a file last written long ago by the disk's own clock is settled at once (10,000 that were there already).
 */
export function lookAgain(
  before: ReadonlyMap<string, Watched> | undefined,
  seen: readonly FileFacts[],
  now: number,
  settleMs: number,
): Looked {
  const watched = new Map<string, Watched>()
  const settled: Watched[] = []
  for (const facts of seen) {
    const last = before?.get(facts.name)
    const same = last !== undefined && last.facts.size === facts.size && last.facts.modified === facts.modified
    const firstSeen = last?.firstSeen ?? (before === undefined ? Math.min(facts.modified, now) : now)
    const entry = { facts, since: same ? last.since : now, firstSeen }
    watched.set(facts.name, entry)
    if (facts.size > 0 && (now - entry.since >= settleMs || isOld(facts, now, settleMs))) settled.push(entry)
  }
  settled.sort(byTime)
  return { watched, settled }
}

export const byTime = ({ facts: a }: Watched, { facts: b }: Watched): number =>
  a.modified - b.modified || (a.name < b.name ? -1 : 1)

/** A format that does not say where it ends must have stood still for so many times longer. */
const UNKNOWN_FACTOR = 5

/** Whether a settled file is taken, or waited for. After `incompleteMs` of standing still it is taken as it is, and judged as broken. */
export function mayTake(
  { facts, since }: Watched,
  completeness: Completeness,
  now: number,
  settleMs: number,
  incompleteMs: number,
): boolean {
  switch (completeness) {
    case 'complete':
      return true
    case 'unknown':
      return now - since >= Math.min(UNKNOWN_FACTOR * settleMs, incompleteMs) || isOld(facts, now, settleMs)
    case 'incomplete':
      return now - since >= incompleteMs
  }
}

const isOld = ({ modified }: FileFacts, now: number, settleMs: number): boolean =>
  now - modified > Math.max(10_000, 10 * settleMs)
