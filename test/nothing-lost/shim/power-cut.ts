/**
 * What a power cut leaves of a process's files, after the process was killed: changes that were never synced are gone, or
 * some of them, page by page, as disks do it. Names follow in order, as a journaling file system keeps them; a sync of the
 * file itself makes its name durable too (ext4, xfs, btrfs).
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Change, readJournal } from './journal.ts'

export interface PowerCut {
  /** Folder that the shim watched. */
  readonly root: string
  /** Folder of its journal. */
  readonly journal: string
  /** all: nothing unsynced survives; some: each page and each name by chance. */
  readonly loses: 'all' | 'some'
  readonly random: () => number
}

export interface Lost {
  /** Writes and truncates, and pages of them that are gone. */
  readonly writes: number
  readonly pages: number
  /** Creations, renames and removals undone. */
  readonly names: number
}

type Data = Extract<Change, { kind: 'write' | 'truncate' }>
type Name = Extract<Change, { kind: 'create' | 'rename' | 'unlink' }>

const PAGE = 4096

export function cutPower({ root, journal, loses, random }: PowerCut): Lost {
  const changes = readJournal(join(journal, 'journal'))
  const lastSync = new Map<string, number>()
  for (const [index, change] of changes.entries()) if (change.kind === 'sync') lastSync.set(change.file, index)
  const durable = (file: string | undefined, index: number) => file !== undefined && (lastSync.get(file) ?? -1) > index

  const data = new Map<string, Data[]>()
  const names: Name[] = []
  for (const [index, change] of changes.entries()) {
    if (change.kind === 'sync' || durable(change.file, index)) continue
    if ('old' in change) {
      const known = data.get(change.file)
      if (known === undefined) data.set(change.file, [change])
      else known.push(change)
    } else if (!foldersOf(change).some(folder => durable(idOf(folder), index))) names.push(change)
  }

  const paths = new Map<string, string>()
  for (const folder of [root, journal]) walk(folder, (path, id) => paths.set(id, path))
  let pages = 0
  let writes = 0
  for (const [file, undone] of data) {
    const path = paths.get(file)
    if (path === undefined) continue
    writes += undone.length
    pages += undo(path, undone, loses === 'some' ? random : () => 1)
  }
  const kept = loses === 'some' ? Math.floor(random() * (names.length + 1)) : 0
  for (const name of names.slice(kept).reverse()) undoName(name)
  for (const name of readdirSync(journal)) rmSync(join(journal, name), { force: true })
  return { writes, pages, names: names.length - kept }
}

const foldersOf = (name: Name): string[] => (name.kind === 'rename' ? [dirname(name.to)] : [dirname(name.path)])

function idOf(path: string): string | undefined {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? undefined : `${found.dev}:${found.ino}`
}

function walk(folder: string, seen: (path: string, id: string) => void): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) walk(path, seen)
    else {
      const id = idOf(path)
      if (id !== undefined) seen(path, id)
    }
  }
}

/** Takes the changes back, newest first, then lets pages survive where `chance` gives less than a half. */
function undo(path: string, undone: readonly Data[], chance: () => number): number {
  const file = openSync(path, 'r+')
  try {
    const after = new Map<number, Buffer>()
    const end = fstatSync(file).size
    for (const { offset, size, old, kind } of undone) {
      const until =
        kind === 'truncate' ? Math.max(size, end) : Math.max(offset + old.length, Math.min(end, offset + PAGE))
      for (let page = Math.floor(offset / PAGE); page * PAGE < Math.min(until, end); page += 1) {
        if (after.has(page) || chance() >= 0.5) continue
        const bytes = Buffer.alloc(Math.min(PAGE, end - page * PAGE))
        readSync(file, bytes, 0, bytes.length, page * PAGE)
        after.set(page, bytes)
      }
    }
    const pages = new Set<number>()
    for (const { offset, size, old } of [...undone].reverse()) {
      if (old.length > 0) writeSync(file, old, 0, old.length, offset)
      ftruncateSync(file, size)
      pages.add(Math.floor(offset / PAGE))
    }
    for (const [page, bytes] of after) writeSync(file, bytes, 0, bytes.length, page * PAGE)
    return pages.size
  } finally {
    closeSync(file)
  }
}

function undoName(name: Name): void {
  switch (name.kind) {
    case 'create':
      if (idOf(name.path) === name.file) rmSync(name.path)
      return
    case 'rename':
      if (idOf(name.to) !== name.file) return
      renameSync(name.to, name.from)
      if (name.kept !== '' && existsSync(name.kept)) renameSync(name.kept, name.to)
      return
    case 'unlink':
      if (!existsSync(name.path) && existsSync(name.kept)) renameSync(name.kept, name.path)
  }
}
