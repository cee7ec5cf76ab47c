/** The shim's journal, read after its process is gone; see unsynced.c for its form. */
import { existsSync, readFileSync } from 'node:fs'

export type Change =
  /** Bytes written at `offset` where `old` stood; the file had `size` bytes. */
  | { readonly kind: 'write' | 'truncate'; readonly file: string; offset: number; size: number; old: Buffer }
  /** File or folder synced. */
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'create'; readonly file: string; readonly path: string }
  | {
      readonly kind: 'rename'
      readonly file: string
      readonly from: string
      readonly to: string
      readonly kept: string
    }
  | { readonly kind: 'unlink'; readonly file: string; readonly path: string; readonly kept: string }

/** In the order in which they happened; a last record cut short by the kill is left out, as its change never came. */
export function readJournal(path: string): Change[] {
  if (!existsSync(path)) return []
  const bytes = readFileSync(path)
  const changes: Change[] = []
  let at = 0
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at)
    if (end < 0) break
    const [type, device, inode, offset, size, length] = bytes.toString('latin1', at, end).split(' ')
    const from = end + 1
    const to = from + Number(length)
    if (length === undefined || to > bytes.length) break
    const change = decode(type!, `${device}:${inode}`, Number(offset), Number(size), bytes.subarray(from, to))
    if (change === undefined) throw new Error(`the journal holds a record of type ${type} at ${at}`)
    changes.push(change)
    at = to
  }
  return changes
}

function decode(type: string, file: string, offset: number, size: number, rest: Buffer): Change | undefined {
  const [first = '', second = '', third = ''] = type === 'w' || type === 't' ? [] : rest.toString('utf8').split('\0')
  switch (type) {
    case 'w':
      return { kind: 'write', file, offset, size, old: rest }
    case 't':
      return { kind: 'truncate', file, offset, size, old: rest }
    case 's':
      return { kind: 'sync', file }
    case 'c':
      return { kind: 'create', file, path: first }
    case 'r':
      return { kind: 'rename', file, from: first, to: second, kept: third }
    case 'u':
      return { kind: 'unlink', file, path: first, kept: second }
    default:
      return undefined
  }
}
