/**
 * A bound that no sequence given so far has passed, in a file of its own: should the database be lost and the clock stand
 * in the past, the next sequence is still one that never was.
 */
import { readFileSync } from 'node:fs'
import { writeDurably } from './durable-file.ts'

export interface SequenceReserve {
  /** 0 where there is none. */
  readonly bound: number
  /** Called before sequences up to `last` are given. */
  cover(last: number): void
}

/** So many sequences per write of the file. */
const STEP = 1_000_000

export function openSequenceReserve(file: string): SequenceReserve {
  let bound = read(file)
  return {
    get bound() {
      return bound
    },
    cover(last) {
      if (last <= bound) return
      const next = last + STEP
      try {
        writeDurably(file, String(next))
        bound = next
      } catch {
        // A full disk: the database holds the number too, and this is tried again with the next ones.
      }
    },
  }
}

function read(file: string): number {
  try {
    const bound = Number(readFileSync(file, 'utf8'))
    return Number.isSafeInteger(bound) && bound > 0 ? bound : 0
  } catch {
    return 0
  }
}
