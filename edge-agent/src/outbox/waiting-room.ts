/** Items on their way to the disk, in order, bounded: while the disk cannot be written the oldest of them go first. */
import type { CaptureMark, NewItem } from './outbox.ts'

export interface Waiting {
  readonly item: NewItem
  readonly mark: CaptureMark | undefined
  /** The item's body as it will be stored. */
  readonly text: string
  readonly resolve: (seq: number) => void
  readonly reject: (error: Error) => void
}

/** The item was dropped before it was durable: the disk could not be written for too long. */
export class OutboxFull extends Error {}

export interface WaitingRoom {
  readonly length: number
  readonly bytes: number
  add(entry: Waiting): void
  /** The first ones, at most so many; they stay until `done`. */
  first(most: number, mostBytes: number): readonly Waiting[]
  done(count: number): void
  /** Does one of them name this image? */
  needs(sha256: string): boolean
  /** Drops the oldest down to the bound; gives the number of values and events lost. */
  trim(mostBytes: number): number
}

const sizeOf = ({ text }: Waiting) => text.length + 64

export function createWaitingRoom(): WaitingRoom {
  let entries: Waiting[] = []
  let bytes = 0
  const remove = (count: number): readonly Waiting[] => {
    const gone = entries.slice(0, count)
    entries = entries.slice(count)
    for (const entry of gone) bytes -= sizeOf(entry)
    return gone
  }
  return {
    get length() {
      return entries.length
    },
    get bytes() {
      return bytes
    },
    add(entry) {
      entries.push(entry)
      bytes += sizeOf(entry)
    },
    first(most, mostBytes) {
      let size = 0
      let count = 0
      while (count < Math.min(most, entries.length)) {
        size += sizeOf(entries[count]!)
        if (count > 0 && size > mostBytes) break
        count += 1
      }
      return entries.slice(0, count)
    },
    done: count => void remove(count),
    needs: sha256 => entries.some(({ item }) => item.kind === 'inspection' && item.body.sha256 === sha256),
    trim(mostBytes) {
      let over = bytes - mostBytes
      let count = 0
      while (over > 0 && count < entries.length) {
        over -= sizeOf(entries[count]!)
        count += 1
      }
      const gone = remove(count)
      for (const { reject } of gone) reject(new OutboxFull('the outbox could not be written: dropped as the oldest'))
      return gone.reduce((lost, { item }) => lost + countOf(item), 0)
    },
  }
}

/** Values of an item of readings; an event counts as one. */
export const countOf = (item: NewItem): number => (item.kind === 'readings' ? item.body.length : 1)
