import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, describe, expect, it } from 'vitest'
import { openDuckDbReadings } from './duckdb-readings.ts'
import { historianSuite } from './historian/historian.suite.ts'

const openIn = (folder: string) => openDuckDbReadings(join(folder, 'history.duckdb'))
historianSuite('DuckDB', openIn, {
  async readParquet(path) {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    return (await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`)).getRowObjects()
  },
})

const CHILD = fileURLToPath(new URL('./testing/append-until-killed.ts', import.meta.url))
const ROWS = 20

describe('DuckDB historian under SIGKILL', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'mw-kill-'))
    folders.push(folder)
    return folder
  }

  /** Lets a child append from sequence `from` on; kills it after `lines` confirmations; the last confirmed sequence. */
  async function appendAndKill(folder: string, from: number, lines: number): Promise<number> {
    const child = spawn(process.execPath, [CHILD, folder, String(from), String(ROWS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let confirmed = from - 1
    let seen = 0
    for await (const line of createInterface({ input: child.stdout })) {
      confirmed = Number(line)
      seen += 1
      if (seen === lines) child.kill('SIGKILL')
    }
    return confirmed
  }

  it('holds exactly what is marked, and everything that was confirmed, after each of five kills', async () => {
    const folder = newFolder()
    let next = 0
    for (const lines of [1, 3, 8, 20, 45]) {
      const confirmed = await appendAndKill(folder, next, lines)
      expect(confirmed).toBeGreaterThan(next)
      const store = await openIn(folder)
      for (let sequence = 0; sequence <= confirmed; sequence += 1) expect(store.isStored('a', sequence)).toBe(true)
      let marked = 0
      while (store.isStored('a', marked)) marked += 1
      expect(marked).toBeGreaterThan(confirmed)
      expect(await store.count()).toBe(marked * ROWS)
      expect(await store.raw('a/tag', 0, 9e15)).toHaveLength(marked * ROWS)
      await store.close()
      // Like an agent that never heard the last confirmations: it sends some again.
      next = Math.max(0, confirmed - 5)
    }
  })

  it('opens with a torn write-ahead log and keeps whole transactions only', async () => {
    const folder = newFolder()
    await appendAndKill(folder, 0, 25)
    const file = join(folder, 'history.duckdb')
    expect(existsSync(`${file}.wal`)).toBe(true)
    const wal = readFileSync(`${file}.wal`)
    for (const share of [0.99, 0.7, 0.31]) {
      const torn = newFolder()
      copyFileSync(file, join(torn, 'history.duckdb'))
      writeFileSync(join(torn, 'history.duckdb.wal'), wal.subarray(0, Math.floor(wal.length * share)))
      const store = await openIn(torn)
      let marked = 0
      while (store.isStored('a', marked)) marked += 1
      expect(marked).toBeGreaterThan(0)
      expect(await store.count()).toBe(marked * ROWS)
      await store.append([
        { agent: 'a', sequence: marked, readings: [{ tag: 'a/tag', t: 1, value: 1, quality: 'good' }] },
      ])
      await store.close()
    }
  })
})
