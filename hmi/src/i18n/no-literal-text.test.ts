import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

/** Text for people stands in catalogues only: no words between tags, in labels, and no Chinese in any code. */
const src = join(dirname(fileURLToPath(import.meta.url)), '..')
const isCatalogue = (file: string) => /(^|\/)text\.ts$|^i18n\/(zh|en)\.ts$/.test(file)
const files = globSync('**/*.{ts,tsx}', { cwd: src }).filter(file => !isCatalogue(file) && !/\.test\.tsx?$/.test(file))

const SPOKEN = new Set([
  'label',
  'title',
  'placeholder',
  'description',
  'aria-label',
  'alt',
  'summary',
  'confirm',
  'nothingFoundMessage',
])
/** Symbols of units are the same in every language (ISO 80000). */
const UNITS = /\b(px|ms|kg|mm)\b/g
const WORD = { test: (text: string) => /\p{L}{2,}/u.test(text.replaceAll(UNITS, '')) }
const HAN = /\p{Script=Han}/u

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Places of literal text in a source. */
function literalText(file: string, code: string): string[] {
  const found: string[] = []
  const at = (node: Node) => `${file}:${code.slice(0, node.start).split('\n').length}`
  const visit = (node: Node): void => {
    if (node.type === 'JSXText' && WORD.test(String(node.value))) found.push(`${at(node)} ${String(node.value).trim()}`)
    if (node.type === 'JSXAttribute') {
      const name = (node.name as { name?: unknown }).name
      const value = node.value as Node | null
      if (typeof name === 'string' && SPOKEN.has(name) && value?.type === 'Literal' && WORD.test(String(value.value)))
        found.push(`${at(node)} ${name}="${String(value.value)}"`)
    }
    if (node.type === 'Literal' && typeof node.value === 'string' && HAN.test(node.value))
      found.push(`${at(node)} ${node.value}`)
    if (node.type === 'TemplateElement' && HAN.test(JSON.stringify(node.value))) found.push(`${at(node)} template`)
    for (const child of Object.values(node)) {
      if (Array.isArray(child)) for (const item of child) isNode(item) && visit(item)
      else if (isNode(child)) visit(child)
    }
  }
  visit(parseSync(file, code).program as unknown as Node)
  return found
}

test('literal words between tags, in labels and in Chinese are found', () => {
  const code =
    'const a = <p title="Save it">Hello {x}</p>; const b = `中`; const c = "文"; const d = <i className="big">…</i>'
  expect(literalText('x.tsx', code)).toHaveLength(4)
})

test('no source holds text for people outside a catalogue', () => {
  expect(files.length).toBeGreaterThan(60)
  expect(files.flatMap(file => literalText(file, readFileSync(join(src, file), 'utf8')))).toEqual([])
})
