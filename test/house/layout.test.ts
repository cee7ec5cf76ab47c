import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const SKIP = new Set(['node_modules', 'dist', '.git', 'data', 'out', '.venv'])

function* walk(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    if (SKIP.has(name)) continue
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* walk(path)
    else yield relative(root, path).replaceAll('\\', '/')
  }
}
const files = [...walk(root)]
const text = (file: string) => readFileSync(join(root, file), 'utf8')

describe('the house', () => {
  it('has the fixed rooms at the top, dotfiles and tool configuration beside them', () => {
    const rooms = ['edge-agent', 'fixtures', 'hmi', 'models', 'plant-server', 'plc-codegen', 'test']
    const folders = readdirSync(root).filter(
      name => statSync(join(root, name)).isDirectory() && !name.startsWith('.') && !SKIP.has(name),
    )
    expect(folders.sort()).toEqual(rooms)
  })
  it('keeps each source file below 400 lines', () => {
    const long = files
      .filter(file => /\.(ts|tsx|mjs|py)$/.test(file))
      .map(file => [file, text(file).split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 400)
    expect(long).toEqual([])
  })
  it('has no file names with spaces and no renamed or dead tests', () => {
    expect(files.filter(file => / |\.test\.(txt|bak)|_test\.ts/.test(file))).toEqual([])
  })
  it('numbers decision records uniquely within a room', () => {
    const seen = new Map<string, string>()
    const twice: string[] = []
    for (const file of files) {
      const match = /^(.*\/docs\/adr)\/(\d{4})-[a-z0-9-]+\.md$/.exec(file)
      if (match === null) continue
      const key = `${match[1]} ${match[2]}`
      if (seen.has(key)) twice.push(file)
      seen.set(key, file)
    }
    expect(seen.size).toBeGreaterThan(5)
    expect(twice).toEqual([])
  })
  it('gives the three command lines the same door', () => {
    const doors = ['edge-agent/bin/mw-edge.mjs', 'plant-server/bin/mw-plant.mjs', 'plc-codegen/bin/mw-plc.mjs'].map(
      text,
    )
    expect(new Set(doors).size).toBe(1)
  })
  it('keeps time and chance out of domain code', () => {
    const found = files
      .filter(file => /\/domain\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
      .flatMap(file => {
        const hit = /\bDate\.now\(|new Date\(\)|\bsetTimeout\(|\bsetInterval\(|Math\.random\(|performance\.now\(/.exec(
          text(file),
        )
        return hit === null ? [] : [`${file}: ${hit[0]}`]
      })
    expect(found).toEqual([])
  })
  it('commits nothing of the shared data and no large file', () => {
    const large = files.filter(file => statSync(join(root, file)).size > 12 * 1024 * 1024)
    expect(large).toEqual([])
  })
})
