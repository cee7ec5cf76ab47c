/** A disk that is full, or breaks, under a running outbox. */
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ManualClock, manualClock } from '@millwright/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Aside } from './database.ts'
import { ROOMY, readings } from './outbox.suite.ts'
import { type EdgeStore, openStore, type StoreOptions } from './store.ts'
import { OutboxFull } from './waiting-room.ts'

let folder: string
let clock: ManualClock
let store: EdgeStore
let faults: string[]
let well: number
let asides: Aside[]
let dropped: number

const open = (more: Partial<StoreOptions> = {}) => {
  store = openStore({
    folder,
    clock,
    ...ROOMY,
    commitMs: 100,
    onFault: error => void faults.push(error.message),
    onWell: () => {
      well += 1
    },
    onDamaged: aside => void asides.push(aside),
    ...more,
  })
  store.outbox.onDropped(count => {
    dropped += count
  })
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mw-full-'))
  clock = manualClock()
  ;[faults, well, asides, dropped] = [[], 0, [], 0]
  open()
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** No page more than there are: what a full disk means to SQLite. */
const fill = () => store.limitPages(store.pages())
const room = () => store.limitPages(1_000_000)
/** Half a megabyte of values. */
const big = (from: number) => readings(from, 6000)

describe('a full disk', () => {
  it('is said once, and its end too; what waited is stored', async () => {
    fill()
    const appended = [store.outbox.append(big(1)), store.outbox.append(big(2))]
    await clock.advance(5000)
    expect([faults.length, well]).toEqual([1, 0])
    room()
    await clock.advance(500)
    expect(await Promise.all(appended)).toHaveLength(2)
    expect([faults.length, well, dropped]).toEqual([1, 1, 0])
  })

  it('what is confirmed makes room for what comes', async () => {
    const first = await added(big(1))
    fill()
    const second = store.outbox.append(big(2))
    await clock.advance(500)
    expect(faults).toHaveLength(1)
    store.outbox.confirm([[first, first]], [])
    await clock.advance(500)
    expect(await second).toBe(first + 1)
    expect(well).toBe(1)
    expect(store.outbox.read(0, 10).map(({ seq }) => seq)).toEqual([first + 1])
  })

  it('when much waits, new data takes the place of the oldest on the disk, counted', async () => {
    for (let index = 0; index < 30; index += 1) await added(big(index))
    fill()
    const appended = Array.from({ length: 40 }, (_, index) => store.outbox.append(big(100 + index)))
    for (let round = 0; round < 20; round += 1) await clock.advance(200)
    await Promise.all(appended.slice(0, 5))
    expect(dropped).toBeGreaterThanOrEqual(6000)
    expect(dropped % 6000).toBe(0)
    const left = store.outbox.read(0, 100)
    const seqs = left.map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    expect(store.outbox.stats().dropped).toBe(dropped)
    room()
    await clock.advance(500)
    await Promise.all(appended)
    expect(store.outbox.read(0, 100).at(-1)).toMatchObject({ seq: store.outbox.lastSequence() })
  })

  it('that stays full with nothing to give up holds a bounded amount in memory, then drops the oldest, counted', async () => {
    fill()
    const results = Array.from({ length: 60 }, (_, index) =>
      store.outbox.append(big(index)).catch((error: Error) => error),
    )
    for (let round = 0; round < 10; round += 1) await clock.advance(200)
    const first = await results[0]
    expect(first).toBeInstanceOf(OutboxFull)
    expect(dropped).toBeGreaterThan(0)
    room()
    await clock.advance(500)
    const all = await Promise.all(results)
    const lost = all.filter(each => each instanceof OutboxFull)
    expect(lost.length * 6000).toBe(dropped)
    // The oldest went: what is left is the newer end, whole.
    expect(all.slice(lost.length).every(each => typeof each === 'number')).toBe(true)
    await store.close()
    open()
    expect(store.outbox.stats().dropped).toBe(dropped)
  })

  it('does not keep others from their counters; what was refused is written later', async () => {
    fill()
    void store.outbox.append(big(1)).catch(() => {})
    expect(() => store.counters.set('bdSeq', 7)).not.toThrow()
    expect(store.counters.get('bdSeq')).toBe(7)
    room()
    store.counters.add('bdSeq', 1)
    await store.close()
    open()
    expect(store.counters.get('bdSeq')).toBe(8)
  })

  it('the reserve is taken once, and holds new data when nothing more can grow', async () => {
    await store.close()
    open({ reserveBytes: 2 ** 22 })
    fill()
    const seq = store.outbox.append(big(1))
    await store.outbox.flush()
    expect(await seq).toBeGreaterThan(0)
    expect(faults).toEqual([])
    const pages = store.pages()
    await store.close()
    open({ reserveBytes: 2 ** 22 })
    expect(store.pages()).toBeLessThan(pages + 10)
  })
})

describe('a damaged file', () => {
  const file = () => join(folder, 'edge.sqlite')
  /** Overwrites pages in the middle, as a disk does that lost them. */
  const tear = (from: number, count: number) => {
    const opened = openSync(file(), 'r+')
    writeSync(opened, Buffer.alloc(4096 * count, 0xa5), 0, 4096 * count, from * 4096)
    closeSync(opened)
  }

  it('found at the start is put aside by name; what can be read of it goes on, numbers never repeat', async () => {
    const seqs: number[] = []
    for (let index = 0; index < 400; index += 1) seqs.push(await added(readings(index, 40)))
    await store.close()
    const pages = statSync(file()).size / 4096
    tear(Math.floor(pages / 2), 3)
    open()
    expect(store.damaged?.file).toMatch(/edge\.sqlite\.damaged-\d+$/)
    expect(readdirSync(folder).some(name => name.includes('.damaged-'))).toBe(true)
    const left = store.outbox.read(0, 1000)
    expect(left.length).toBe(store.damaged?.salvaged)
    expect(left.length).toBeGreaterThan(200)
    expect(left.length).toBeLessThan(400)
    for (const item of left) expect(item).toMatchObject(readings(seqs.indexOf(item.seq), 40))
    expect(await added(readings(1))).toBe(seqs.at(-1)! + 1)
  })

  it('met while running is put aside too, and the agent goes on', async () => {
    for (let index = 0; index < 150; index += 1) await added(readings(index, 600))
    const last = store.outbox.lastSequence()
    await store.close()
    // Read anew from the disk, page by page: the cache would hide the damage.
    open()
    const pages = statSync(file()).size / 4096
    tear(Math.floor(pages / 4), Math.floor(pages / 2))
    const left = store.outbox.read(0, 1000)
    expect(asides).toHaveLength(1)
    expect(left.length).toBe(asides[0]!.salvaged)
    const next = store.outbox.append(readings(1))
    await store.outbox.flush()
    expect(await next).toBeGreaterThan(last)
  })

  it('with nothing left of it and a clock that was set back, numbers still never repeat', async () => {
    const before = await added(readings(1))
    await store.close()
    for (const name of readdirSync(folder)) if (name.startsWith('edge.sqlite')) rmSync(join(folder, name))
    writeFileSync(file(), 'nothing that SQLite knows as a database'.repeat(200))
    clock = manualClock(1000)
    open()
    expect(store.damaged?.salvaged).toBe(0)
    expect(await added(readings(2))).toBeGreaterThan(before)
    expect(Number(readFileSync(join(folder, 'sequence'), 'utf8'))).toBeGreaterThan(before)
  })
})

async function added(item: ReturnType<typeof readings>): Promise<number> {
  const seq = store.outbox.append(item)
  await store.outbox.flush()
  return seq
}
