/** What leaves the outbox, inside a commit: what is confirmed, what is rejected, and the oldest when it is full or aged. */
import type { Rejection } from './outbox.ts'
import type { SequenceSet } from './sequence-set.ts'
import type { createStatements, Head } from './statements.ts'

/** What the server said since the last commit. */
export interface Told {
  readonly stored: SequenceSet
  readonly rejected: Rejection[]
}

/** Changes of a commit, applied to the counts once it is durable. */
export interface Change {
  bytes: number
  pending: number
  /** Values and events dropped. */
  lost: number
  /** Images that an item has given up. */
  readonly freed: string[]
}

export interface Bounds {
  readonly maxBytes: number
  /** Items older than this, ms since 1970, go. */
  readonly oldest: number
}

/** Set aside for a person to look at; older ones go, their count stays. */
const QUARANTINE_ROWS = 1000
/** Items dropped in one commit at most, so that no commit holds the agent up for long. */
const MOST_DROPPED = 5000
const PAGE = 500

export function createForgetting(sql: ReturnType<typeof createStatements>) {
  const dropUpTo = (heads: readonly Head[], change: Change) => {
    const last = heads.at(-1)
    if (last === undefined) return
    for (const { count, bytes, image } of heads) {
      change.lost += count
      change.bytes -= bytes
      change.pending -= 1
      if (image !== null) change.freed.push(image)
    }
    sql.removeBetween.run(heads[0]!.seq, last.seq)
  }

  /** Oldest first, for as long as `goes` says so; `bytes` are those of the items before it. */
  const dropWhile = (goes: (head: Head, bytes: number) => boolean, change: Change) => {
    let after = -1
    let bytes = 0
    const heads: Head[] = []
    for (;;) {
      const page = sql.oldest(after, PAGE)
      for (const head of page) {
        if (heads.length >= MOST_DROPPED || !goes(head, bytes)) return dropUpTo(heads, change)
        heads.push(head)
        bytes += head.bytes
        after = head.seq
      }
      if (page.length < PAGE) return dropUpTo(heads, change)
    }
  }

  return {
    apply({ stored, rejected }: Told, now: number, change: Change) {
      for (const { seq, code, message } of rejected) {
        const row = sql.bySeq(seq)
        if (row === undefined) continue
        sql.quarantine.run(seq, row.kind, row.body, code, message, now)
        sql.remove.run(seq)
        change.bytes -= row.bytes
        change.pending -= 1
        if (row.image !== null) change.freed.push(row.image)
      }
      if (rejected.length > 0) sql.trimQuarantine.run(QUARANTINE_ROWS)
      for (const [from, to] of stored.ranges()) {
        change.freed.push(...sql.imagesBetween(from, to))
        const { count, bytes } = sql.sizeBetween(from, to)
        sql.removeBetween.run(from, to)
        change.bytes -= bytes
        change.pending -= count
      }
    },
    /** Down to 95 % of the bound where it is passed, so that a full outbox does not drop at every commit. */
    trim(total: number, { maxBytes, oldest }: Bounds, change: Change) {
      const now = total + change.bytes
      const over = now > maxBytes ? now - maxBytes * 0.95 : 0
      dropWhile((head, dropped) => head.t < oldest || dropped < over, change)
    },
    /** Room for as many bytes, where the disk gives none. */
    makeRoom: (bytes: number, change: Change) => dropWhile((_, dropped) => dropped < bytes, change),
  }
}
