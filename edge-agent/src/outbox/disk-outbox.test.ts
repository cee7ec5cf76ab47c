import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { manualClock, ProblemError, systemClock } from '@millwright/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxSuite, ROOMY, readings } from './outbox.suite.ts'
import type { NewItem } from './outbox.ts'
import { type EdgeStore, openStore } from './store.ts'

const options = { ...ROOMY, commitMs: 100, onFault: () => {} }

outboxSuite('outbox on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-outbox-'))
  let store: EdgeStore | undefined
  return {
    open(clock, limits) {
      store = openStore({ folder, clock, ...options, ...limits })
      const { outbox, close } = store
      return { ...outbox, close }
    },
    destroy: () => rmSync(folder, { recursive: true, force: true }),
  }
})

const inspectionOf = (sha256: string, name: string): NewItem => ({
  kind: 'inspection',
  body: {
    id: `AOI-1:${sha256}:${name}`,
    station: 'AOI-1',
    t: 1,
    sha256,
    bytes: 3,
    mediaType: 'image/png',
    line: { image: name, verdict: 'review', error: { code: 'MW-1021', message: 'x' }, defects: [], score: null },
  },
})

describe('on a disk', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mw-store-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('kill -9 while writing loses nothing that was said to be durable, repeats nothing that was confirmed', async () => {
    const durable = new Set<number>()
    const confirming = new Set<number>()
    const confirmed = new Set<number>()
    for (let round = 0; round < 4; round += 1) {
      const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'testing', 'outbox-writer.ts'), folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const lines = createInterface(child.stdout)
      let seen = 0
      for await (const line of lines) {
        const said = JSON.parse(line) as { durable?: number; confirming?: number; confirmed?: number }
        if (said.durable !== undefined) durable.add(said.durable)
        if (said.confirming !== undefined) confirming.add(said.confirming)
        if (said.confirmed !== undefined) confirmed.add(said.confirmed)
        seen += 1
        // Killed at another place of its work each round.
        if (seen === 60 + round * 37) child.kill('SIGKILL')
      }
    }
    const store = openStore({ folder, clock: systemClock, ...options })
    const left = store.outbox.read(0, 100_000)
    await store.close()
    const seqs = new Set(left.map(({ seq }) => seq))
    expect(durable.size).toBeGreaterThan(100)
    expect([...durable].filter(seq => !seqs.has(seq) && !confirming.has(seq))).toEqual([])
    expect([...confirmed].filter(seq => seqs.has(seq))).toEqual([])
    // Each item is whole: its readings say which one it is.
    for (const item of left)
      expect(item.kind === 'readings' && item.body.every(({ value }) => value !== undefined)).toBe(true)
  }, 60_000)

  it('a second agent on the same folder is refused', async () => {
    const store = openStore({ folder, clock: systemClock, ...options })
    try {
      openStore({ folder, clock: systemClock, ...options })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError)
      expect((error as ProblemError).problem).toMatchObject({ code: 'MW-0105', values: { pid: String(process.pid) } })
    } finally {
      await store.close()
    }
  })

  it('a damaged database is put aside, and a new one begins with higher numbers', async () => {
    const clock = manualClock()
    const first = openStore({ folder, clock, ...options })
    const seq = first.outbox.append(readings(1))
    await first.outbox.flush()
    await first.close()
    writeFileSync(join(folder, 'edge.sqlite'), 'not a database, but long enough to be looked at as one'.repeat(40))
    await clock.advance(5000)
    const second = openStore({ folder, clock, ...options })
    expect(second.damaged?.file).toMatch(/edge\.sqlite\.damaged-/)
    expect(readdirSync(folder).some(name => name.startsWith('edge.sqlite.damaged-'))).toBe(true)
    const next = second.outbox.append(readings(2))
    await second.outbox.flush()
    expect(await next).toBeGreaterThan(await seq)
    await second.close()
  })

  it('the time last alive moves on even when nothing happens', async () => {
    const clock = manualClock()
    const first = openStore({ folder, clock, ...options })
    await clock.advance(7000)
    const alive = clock.now()
    await first.close()
    await clock.advance(60_000)
    const second = openStore({ folder, clock, ...options })
    expect(second.lastAlive).toBeGreaterThan(alive - 1500)
    expect(second.lastAlive).toBeLessThanOrEqual(alive)
    await second.close()
  })

  it('a commit that the disk refuses keeps what waits, and says so', async () => {
    const clock = manualClock()
    const faults: string[] = []
    const store = openStore({ folder, clock, ...options, onFault: error => void faults.push(error.message) })
    // The quota of pages stands for a full disk: SQLITE_FULL.
    store.limitPages(store.pages())
    const appended = Array.from({ length: 40 }, (_, index) => store.outbox.append(readings(index, 200)))
    await store.outbox.flush()
    expect(faults.join()).toMatch(/full/)
    expect(store.outbox.stats().pending).toBe(40)
    store.limitPages(1_000_000)
    await store.outbox.flush()
    expect(new Set(await Promise.all(appended)).size).toBe(40)
    expect(store.outbox.read(0, 100)).toHaveLength(40)
    await store.close()
  })

  it('a command is begun once, also after a restart; what was begun and not answered is known', async () => {
    const first = openStore({ folder, clock: systemClock, ...options })
    expect(first.commands.begin('c1', 1)).toBe(true)
    expect(first.commands.begin('c2', 2)).toBe(true)
    first.commands.answered('c1')
    await first.close()
    const second = openStore({ folder, clock: systemClock, ...options })
    expect(second.commands.begin('c1', 3)).toBe(false)
    expect(second.commands.unanswered()).toEqual(['c2'])
    await second.close()
  })

  it('an image put for an item to come is not taken away with an earlier one that shares it', async () => {
    const store = openStore({ folder, clock: manualClock(), ...options })
    const sha256 = store.images.put(new Uint8Array([1, 2, 3]))
    const first = store.outbox.append(inspectionOf(sha256, 'a.png'))
    await store.outbox.flush()
    // The same picture under another name is being inspected while the first is confirmed.
    store.images.put(new Uint8Array([1, 2, 3]))
    store.outbox.confirm([[await first, await first]], [])
    await store.outbox.flush()
    expect(store.images.has(sha256)).toBe(true)
    const second = store.outbox.append(inspectionOf(sha256, 'b.png'))
    await store.outbox.flush()
    store.outbox.confirm([[await second, await second]], [])
    await store.outbox.flush()
    expect(store.images.has(sha256)).toBe(false)
    await store.close()
  })

  it('an image is kept until no item needs it', async () => {
    const clock = manualClock()
    const store = openStore({ folder, clock, ...options })
    const sha256 = store.images.put(new Uint8Array([1, 2, 3]))
    expect(store.images.put(new Uint8Array([1, 2, 3]))).toBe(sha256)
    const item = (name: string) => store.outbox.append(inspectionOf(sha256, name))
    const both = [item('a.png'), item('b.png')]
    await store.outbox.flush()
    const [a, b] = await Promise.all(both)
    store.outbox.confirm([[a!, a!]], [])
    await store.outbox.flush()
    expect(store.images.has(sha256)).toBe(true)
    store.outbox.confirm([[b!, b!]], [])
    await store.outbox.flush()
    expect(store.images.has(sha256)).toBe(false)
    await store.close()
  })
})
