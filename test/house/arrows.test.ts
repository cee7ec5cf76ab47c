import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const folders: string[] = []

/** Runs the arrows check of this house over a small planted one; returns the rules that it names. */
function violated(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mw-arrows-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const tops = new Set(Object.keys(files).map(name => name.split('/')[0]!))
  const rooms = [...tops].filter(name => name !== 'node_modules')
  const args = [cruiser, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', ...rooms]
  let out: string
  try {
    out = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch (error) {
    out = (error as { stdout: string }).stdout
  }
  const { summary } = JSON.parse(out) as { summary: { totalCruised: number; violations: { rule: { name: string } }[] } }
  expect(summary.totalCruised, 'the check reads TypeScript').toBeGreaterThan(1)
  return summary.violations.map(each => each.rule.name)
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const index = {
  'plant-server/src/index.ts': 'export const a: number = 1\n',
  'edge-agent/src/index.ts': 'export {}\n',
  'plant-server/contract/src/index.ts': 'export const c = 1\n',
}

describe('arrows', () => {
  it('a house in order passes', () => {
    expect(
      violated({
        ...index,
        'edge-agent/src/x.ts':
          "import { c } from '../../plant-server/contract/src/index.ts'\nexport const x: number = c\n",
      }),
    ).toEqual([])
  })
  it('an edge agent that imports the plant server fails', () => {
    const planted = {
      'edge-agent/src/x.ts': "import { a } from '../../plant-server/src/index.ts'\nexport const x: number = a\n",
    }
    expect(violated({ ...index, ...planted })).toContain('arrows-of-edge')
  })
  it('a library whose code lies in dist/ has its one importer too', () => {
    const planted = {
      'node_modules/aedes/package.json':
        '{"name":"aedes","version":"1.0.0","type":"module","exports":"./dist/index.js"}',
      'node_modules/aedes/dist/index.js': 'export const broker = 1\n',
      'plant-server/src/mes/x.ts': "import { broker } from 'aedes'\nexport const x: number = broker\n",
      'plant-server/src/broker/x.ts': "import { broker } from 'aedes'\nexport const x: number = broker\n",
    }
    expect(violated({ ...index, ...planted })).toEqual(['one-importer-of-aedes'])
  })
  it('a type alone counts as an arrow', () => {
    const planted = {
      'plant-server/src/index.ts': 'export type A = number\n',
      'plc-codegen/src/x.ts': "import type { A } from '../../plant-server/src/index.ts'\nexport const x: A = 1\n",
    }
    expect(violated({ ...index, ...planted })).toContain('arrows-of-plc')
  })
  it('domain code that imports an adapter fails', () => {
    const planted = {
      'plant-server/src/stores/s.ts': 'export const s = 1\n',
      'plant-server/src/domain/d.ts': "import { s } from '../stores/s.ts'\nexport const d = s\n",
    }
    expect(violated({ ...index, ...planted })).toContain('domain-is-pure')
  })
  it('entering a room past its index fails', () => {
    const planted = {
      'plant-server/src/other.ts': 'export const o = 1\n',
      'test/x.ts': "import { o } from '../plant-server/src/other.ts'\nexport const x = o\n",
    }
    expect(violated({ ...index, ...planted })).toContain('enter-plant-server-by-the-index')
  })
  it('a cycle fails', () => {
    const planted = {
      'hmi/src/a.ts': "import { b } from './b.ts'\nexport const a = (): unknown => b\n",
      'hmi/src/b.ts': "import { a } from './a.ts'\nexport const b = (): unknown => a\n",
    }
    expect(violated({ ...index, ...planted })).toContain('no-cycles')
  })
})
