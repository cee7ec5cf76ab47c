/** When a file of a capture folder may be read, pure: its size has stood still, and it does not carry a temporary name. */

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
}

const IMAGE = /\.(png|jpe?g|bmp|tiff?|webp)$/i
/** How cameras, browsers and copy tools name what they are still writing. */
const TEMPORARY = /^[.~]|\.(tmp|part|partial|crdownload|filepart|temp|writing)(\.|$)|~$/i

export const isCandidate = (name: string): boolean => IMAGE.test(name) && !TEMPORARY.test(name)

export interface Looked {
  readonly watched: ReadonlyMap<string, Watched>
  /** Complete, in order of time then name. */
  readonly complete: readonly FileFacts[]
}

/**
 * Compares a look into the folder with the last one. A file is complete when neither size nor time has changed for
 * `settleMs`; a file last written long ago by the disk's own clock is complete at once (10,000 that were there already).
 */
export function lookAgain(
  before: ReadonlyMap<string, Watched>,
  seen: readonly FileFacts[],
  now: number,
  settleMs: number,
): Looked {
  const watched = new Map<string, Watched>()
  const complete: FileFacts[] = []
  for (const facts of seen) {
    const last = before.get(facts.name)
    const same = last !== undefined && last.facts.size === facts.size && last.facts.modified === facts.modified
    const since = same ? last.since : now
    watched.set(facts.name, { facts, since })
    const old = now - facts.modified > Math.max(10_000, 10 * settleMs)
    if (facts.size > 0 && (now - since >= settleMs || old)) complete.push(facts)
  }
  complete.sort((a, b) => a.modified - b.modified || (a.name < b.name ? -1 : 1))
  return { watched, complete }
}
